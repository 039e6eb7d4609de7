"""SMTP, of which App Platform offers no ports of its own and providers block some."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed
from analyzer.rules.mail_provider import LINES, REMEDY, SENDER, SENDS_NONE, by_provider, sends_mail

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_DJANGO = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_BACKEND", "EMAIL_USE_", "EMAIL_TIMEOUT", "EMAIL_SSL_", "EMAIL_SUBJECT_")
"""Beginnings of Django's own settings about its server."""
_FROM = ("DEFAULT_FROM_EMAIL", "SERVER_EMAIL")
_LOCAL = ("localhost", "127.0.0.1", "0.0.0.0")


def check(ctx: Context) -> RuleOutcome:
    """Only where the project names a mail server of its own, or the port."""
    backend = ctx.facts.django.email_backend
    host, port = ctx.setting("EMAIL_HOST"), ctx.setting("EMAIL_PORT")
    if not isinstance(backend, Fact) or backend.value != _SMTP or host is None:
        return passed("no mail server is named for SMTP")
    if not sends_mail(ctx):
        return not_applicable(SENDS_NONE)
    number = 25 if port is None else port.configured
    place = (port or host).evidence[0]
    if host.configured in _LOCAL:
        return fail(
            f"Mail goes to {host.configured}{_unless(host.env)}: the container has no mail server, so that sending "
            "fails.",
            host.evidence[0],
            severity=Severity.ADVICE if host.env else Severity.RISK,
            remediation=_remedy(ctx, host),
            commands=by_provider(ctx),
        )
    variables = port.env if port is not None else ()
    server = f" to {host.configured}" if isinstance(host.configured, str) and host.configured else ""
    if number in (25, "25"):
        return fail(
            f"Mail goes{server} by SMTP on port 25{_unless(variables)}, which DigitalOcean blocks: each mail waits "
            "until it fails.",
            place,
            certainty=Certainty.LIKELY,
            severity=Severity.ADVICE if variables else Severity.RISK,
            remediation=_remedy(ctx, host),
            commands=by_provider(ctx),
        )
    named = f"port {number}" if isinstance(number, int | str) and number else "a port that is given from outside"
    return fail(
        f"Mail goes{server} by SMTP on {named}{_unless((*host.env, *variables))}. The platform's limits list SMTP "
        "ports as not available: whether this one is open has to be tried before the move.",
        place,
        certainty=Certainty.LIKELY,
        remediation=_remedy(ctx, host),
        commands=by_provider(ctx),
    )


def _remedy(ctx: Context, host: Setting) -> str | None:
    """With the settings of the project that its mail server decides as well, which a provider's backend leaves off."""
    user = ctx.setting("EMAIL_HOST_USER")
    variables = {*host.env, *(user.env if user is not None else ())}
    settings = sorted(ctx.facts.django.settings.items())
    deciding = (name for name, one in settings if variables & set(one.env) and name not in _FROM)
    names = [name for name in deciding if not name.startswith(_DJANGO)][:3]
    if not names:
        return None
    more = f"The variables of the server decide {' and '.join(names)} as well: see what becomes of that."
    return f"{rule.info.remediation} {more}"


def _unless(variables: tuple[str, ...]) -> str:
    return f", unless {' or '.join(sorted(variables))} says otherwise" if variables else ""


rule = Rule(
    info=RuleInfo(
        id="email-by-smtp",
        title="Mail goes out by SMTP",
        severity=Severity.ADVICE,
        category=Category.EMAIL,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "DigitalOcean blocks port 25, and the limits of App Platform say that SMTP ports are not "
            "available. A blocked connection does not fail at once: the request that sends the mail "
            "waits, and its worker with it."
        ),
        remediation=f"Send through {REMEDY}, or try the submission port from a console of the app first. {SENDER}",
        commands=LINES,
        references=(
            "https://docs.digitalocean.com/support/why-is-smtp-blocked/",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
            "https://anymail.dev/en/stable/quickstart/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nEMAIL_HOST = "smtp.example.org"\nEMAIL_PORT = 25\n'
                    )
                },
                line=4,
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
