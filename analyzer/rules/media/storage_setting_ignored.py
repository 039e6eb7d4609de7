"""Django 5.1 no longer reads the settings that STORAGES has replaced."""

from collections.abc import Mapping

from analyzer.model.evidence import Certainty
from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, django_at_least, fail_all, good, passed, plain_value, switches

_GONE = {
    "DEFAULT_FILE_STORAGE": (
        "django.core.files.storage.FileSystemStorage",
        "uploads go to the disk of the container",
        "default",
    ),
    "STATICFILES_STORAGE": (
        "django.contrib.staticfiles.storage.StaticFilesStorage",
        "static files keep their names and are not compressed",
        "staticfiles",
    ),
}
"""Setting -> Django's default, what comes of it, and the alias in STORAGES."""


def check(ctx: Context) -> RuleOutcome:
    """By the locked, pinned or oldest accepted version of Django."""
    settings = [setting for name in _GONE if (setting := ctx.setting(name)) is not None]
    if not settings:
        return passed("no setting that STORAGES has replaced is used")
    if not django_at_least(ctx.facts, (5, 1)):
        return passed("the project's Django still reads them", *settings[0].evidence)
    names = switches(ctx, "STORAGES")
    unless = f", unless {' or '.join(names)} leads to STORAGES" if names else ""
    found = fail_all(
        Problem(
            message=f"{setting.name} is {setting.configured}, which Django 5.1 and later do not read: "
            f"{_GONE[setting.name][1]}{unless}.",
            evidence=setting.evidence,
            severity=Severity.ADVICE if setting.name == "STATICFILES_STORAGE" else None,
            commands=_storages(ctx),
            certainty=Certainty.LIKELY if unless else Certainty.CERTAIN,
        )
        for setting in settings
        if isinstance(setting.configured, str)
        and setting.configured != _default(setting.name)
        and not _repeated(ctx, setting)
    )
    return found or passed("STORAGES says the same", *settings[0].evidence)


def _storages(ctx: Context) -> tuple[str, ...]:
    """What STORAGES has to say: both backends, since it takes the place of both settings."""
    lines = []
    for name, (default, _, alias) in sorted(_GONE.items()):
        value = plain_value(ctx.setting(name))
        lines.append(f'    "{alias}": {{"BACKEND": "{value if isinstance(value, str) else default}"}},')
    return "STORAGES = {", *lines, "}"


def _default(name: str) -> str:
    return _GONE[name][0]


def _repeated(ctx: Context, setting: Setting) -> bool:
    """Whether STORAGES names a backend for the same files."""
    storages = plain_value(ctx.setting("STORAGES"))
    return isinstance(storages, Mapping) and _GONE[setting.name][2] in storages


rule = Rule(
    info=RuleInfo(
        id="storage-setting-ignored",
        title="A storage setting that Django no longer reads",
        severity=Severity.RISK,
        category=Category.MEDIA,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "DEFAULT_FILE_STORAGE and STATICFILES_STORAGE were deprecated in Django 4.2 and removed in "
            "5.1. The names are ignored without a word: uploads go to the disk of the container instead "
            "of the store, and static files get no hashes and are not compressed."
        ),
        remediation="Say it in STORAGES.",
        commands=(
            "STORAGES = {",
            '    "default": {"BACKEND": "storages.backends.s3.S3Storage"},',
            '    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},',
            "}",
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/releases/5.1/#features-removed-in-5-1",
            "https://docs.djangoproject.com/en/stable/ref/settings/#storages",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'DEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"\n'
                        "del STORAGES\n"
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nDEFAULT = "storages.backends.s3.S3Storage"\n'),
                }
            ),
        ),
    ),
    check=check,
)
