"""Mail by a provider's API, as the remedy of findings about mail."""

from analyzer.rules.base import Context, add_missing

REMEDY = "a provider's API with django-anymail among the requirements and the provider's key in a variable"
LINES = (
    'EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"',
    'ANYMAIL = {"MAILGUN_API_KEY": os.environ["MAILGUN_API_KEY"]}',
    "doctor emit",
)
"""Two lines of the settings; the app spec asks for the key from then on."""


def by_provider(ctx: Context) -> tuple[str, ...]:
    """The commands that add the package, where nothing has it yet, and the lines."""
    return (*add_missing(ctx, "django-anymail[mailgun]"), *LINES)
