"""Mail by a provider's API, as the remedy of findings about mail."""

from analyzer.model.evidence import Fact
from analyzer.rules.base import Context, add_missing
from analyzer.tables import load_table

REMEDY = "a provider's API with django-anymail among the requirements and the provider's key in a variable"
SENDER = (
    "A provider takes mail from addresses of a domain that is verified there alone: what the code sends from "
    "(from_email, DEFAULT_FROM_EMAIL, SERVER_EMAIL) has to be one."
)
LINES = (
    'EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"',
    'ANYMAIL = {"MAILGUN_API_KEY": os.environ["MAILGUN_API_KEY"]}',
    "doctor emit",
)
"""Two lines of the settings; the app spec asks for the key from then on."""

SENDS_NONE = "nothing of the project is known to send mail through Django"


def sends_mail(ctx: Context) -> bool:
    """Whether code of the project sends mail by Django, an app of a package does, or Django to the administrators."""
    uses, apps = ctx.facts.code_uses, ctx.facts.django.installed_apps
    if uses.get("sends_mail") or uses.get("resets_passwords") or not isinstance(apps, Fact):
        return True
    admins = ctx.setting("ADMINS")
    names = {name.partition(".apps.")[0] for name in apps.value} | set(apps.value)
    packages = set(load_table("analyzer.rules", "mail_apps")["apps"])
    return bool(names & packages) or (admins is not None and admins.configured not in ((), None))


def by_provider(ctx: Context) -> tuple[str, ...]:
    """The commands that add the package, where nothing has it yet, and the lines."""
    return (*add_missing(ctx, "django-anymail[mailgun]"), *LINES)
