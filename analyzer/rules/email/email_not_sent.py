"""A mail backend for development in the settings of production."""

from collections.abc import Collection

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, switches
from analyzer.rules.mail_provider import LINES, REMEDY, SENDER, SENDS_NONE, by_provider, sends_mail
from analyzer.rules.services import in_app_spec

_BACKENDS = {
    "django.core.mail.backends.console.EmailBackend": "writes mail to the log, where everybody with access to it reads "
    "links to reset passwords",
    "django.core.mail.backends.filebased.EmailBackend": "writes mail into a folder of the container, where nobody sees "
    "it and which is lost with it",
    "django.core.mail.backends.locmem.EmailBackend": "keeps mail in memory and sends nothing",
    "django.core.mail.backends.dummy.EmailBackend": "throws mail away",
}

_MAIL = lazy_pattern(
    r"(?:^|_)EMAIL_(?:HOST|BACKEND|URL|SENDING_STRATEGY)$|ENABLE_EMAIL|SMTP|MAILGUN|SENDGRID|POSTMARK|MAILJET"
)
"""Variables that may lead to another backend where they are set."""

_SERVER = lazy_pattern(r"(?:MAIL|SMTP)\w*_(?:HOST|SERVER)$")
"""Of those, the ones that by their name are the address of a server of SMTP."""


def check(ctx: Context) -> RuleOutcome:
    """As it is without a variable that says otherwise."""
    backend, setting = ctx.facts.django.email_backend, ctx.setting("EMAIL_BACKEND")
    if not isinstance(backend, Fact) or setting is None:
        return not_applicable("the settings leave the mail backend to Django, or it could not be told")
    if backend.value not in _BACKENDS:
        return passed(f"mail goes through {backend.value}", *backend.evidence[:1])
    if set(setting.env) & ctx.given_variables:
        return passed("a variable of the app names another backend", *backend.evidence[:1])
    if not sends_mail(ctx):
        return not_applicable(SENDS_NONE)
    others = [one.name for one in ctx.facts.environment if _MAIL.search(one.name)]
    deciding = setting.env or switches(ctx, "EMAIL_BACKEND")
    names = deciding or tuple(others)
    server = tuple(one for one in deciding if _SERVER.search(one))
    unless = f"unless {' or '.join(names[:3])} leads to another one, " if names else ""
    return fail(
        f"EMAIL_BACKEND of production is {backend.value}; {unless}it {_BACKENDS[backend.value]}.",
        *backend.evidence[:1],
        certainty=Certainty.CERTAIN if setting.env or not names else Certainty.LIKELY,
        severity=Severity.ADVICE if names else None,
        remediation=_read_already(names, server),
        commands=(in_app_spec(server[0], "smtp.example.org"), "doctor emit") if server else by_provider(ctx),
    )


def _read_already(names: Collection[str], server: Collection[str]) -> str | None:
    """Where a server's address is among the variables that lead to another backend, values are all that is missing."""
    if not server:
        return None
    others = [one for one in sorted(names) if one not in server]
    listed = " and ".join([*server, *others])
    return (
        f"Give {listed} values in the app spec, and the variables of port, login and TLS with them: the settings send "
        f"by SMTP then. Take a submission port (587, or what the provider offers beside it), and try it from a console "
        f"of the app. {SENDER}"
    )


rule = Rule(
    info=RuleInfo(
        id="email-not-sent",
        title="Mail is not sent in production",
        severity=Severity.RISK,
        category=Category.EMAIL,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Password resets, invitations and mail to the administrators are made, and nobody gets "
            "them. Nothing fails, so that it is noticed late."
        ),
        remediation=f"Name a backend that sends: that of {REMEDY}, or SMTP on a submission port. {SENDER}",
        commands=LINES,
        references=(
            "https://docs.djangoproject.com/en/stable/topics/email/#email-backends",
            "https://anymail.dev/en/stable/quickstart/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "import os\n\nfrom shop.defaults import *\n\n"
                        'if os.environ.get("SHOP_MAIL_USER") is None:\n'
                        '    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"\n'
                    )
                },
                line=6,
            ),
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"\n'
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nEMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"\n'
                    )
                }
            ),
        ),
    ),
    check=check,
)
