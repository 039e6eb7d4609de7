"""SMTP without EMAIL_TIMEOUT, which holds a worker when the server does not answer."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, switches
from analyzer.rules.mail_provider import SENDS_NONE, sends_mail

_SMTP = "django.core.mail.backends.smtp.EmailBackend"


def check(ctx: Context) -> RuleOutcome:
    """Only where the project names a mail server."""
    backend, host, timeout = ctx.facts.django.email_backend, ctx.setting("EMAIL_HOST"), ctx.setting("EMAIL_TIMEOUT")
    if not isinstance(backend, Fact) or backend.value != _SMTP or host is None:
        return not_applicable("no mail server is named for SMTP")
    if not sends_mail(ctx):
        return not_applicable(SENDS_NONE)
    if timeout is not None and timeout.configured is not None:
        return passed("EMAIL_TIMEOUT is set", *timeout.evidence[:1])
    others = switches(ctx, "EMAIL_BACKEND")
    unless = f", and unless {' or '.join(others)} leads to another backend, mail goes by SMTP" if others else ""
    return fail(
        f"EMAIL_TIMEOUT is not set{unless}: a mail server that does not answer, or a blocked port, holds the process "
        "that sends for as long as the system lets it, a request's worker until the web server kills it.",
        *host.evidence[:1],
        certainty=Certainty.LIKELY if others else Certainty.CERTAIN,
    )


rule = Rule(
    info=RuleInfo(
        id="email-without-timeout",
        title="SMTP waits without an end",
        severity=Severity.ADVICE,
        category=Category.EMAIL,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Without a timeout the connection waits as long as the system lets it, some two minutes. "
            "A worker of gunicorn is killed before, by its own timeout, together with the request "
            "that it was working on."
        ),
        remediation="Set EMAIL_TIMEOUT to some seconds, and send mail from a task queue where there is one.",
        commands=("EMAIL_TIMEOUT = 10",),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#email-timeout",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nEMAIL_HOST = "smtp.example.org"\nEMAIL_PORT = 2525\n'
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'EMAIL_HOST = "smtp.example.org"\n'
                        "EMAIL_PORT = 2525\n"
                        "EMAIL_TIMEOUT = 10\n"
                    )
                }
            ),
        ),
    ),
    check=check,
)
