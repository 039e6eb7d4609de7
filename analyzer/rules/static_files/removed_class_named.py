"""A storage, middleware or wrapper that the installed release of its package no longer has."""

from collections.abc import Iterator, Mapping

from packaging.version import Version

from analyzer.model.evidence import Answer, Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.version_bounds import is_before
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed, plain_value
from analyzer.tables import load_table

_BUILD = "collectstatic ends with ImportError"
_BOOT = "the web process ends with ImportError before it listens"
_UPLOAD = "the first request that saves or links an upload ends with ImportError"
_TAKE_OUT = "Take it out of {place}."
_WSGI = "Take it out of {place}; the middleware of WhiteNoise serves the files."
_MIDDLEWARE = '    "whitenoise.middleware.WhiteNoiseMiddleware",  # in MIDDLEWARE, after SecurityMiddleware'


def check(ctx: Context) -> RuleOutcome:
    """By the locked or pinned release, or the newest that the requirements allow."""
    found = fail_all(
        _problem(ctx, row, place, where, effect)
        for name, place, where, effect in _named(ctx)
        if (row := _rows().get(name)) is not None and _is_gone(ctx, row)
    )
    return found or passed("the installed packages have the classes that the settings name")


def _rows() -> Mapping[str, Mapping[str, str]]:
    return {row["name"]: row for row in load_table("analyzer.rules", "removed_classes")["removed"]}


def _named(ctx: Context) -> Iterator[tuple[str, Evidence, str, str]]:
    """-> (dotted name, its line, the setting or file that has it, what comes of it)."""
    django = ctx.facts.django
    for alias, setting, answer, effect in (
        ("staticfiles", "STATICFILES_STORAGE", django.static.storage, _BUILD),
        ("default", "DEFAULT_FILE_STORAGE", django.media.storage, _UPLOAD),
    ):
        name = _text(answer)
        storages = ctx.setting("STORAGES")
        in_storages = storages is not None and ctx.setting(setting) is None
        place = storages.place(alias, "BACKEND") if storages is not None and in_storages else answer.evidence
        if name and place:
            yield django.storage_classes.get(name, name), place[0], "STORAGES" if in_storages else setting, effect
    middleware = ctx.setting("MIDDLEWARE")
    for entry in django.middleware.value if isinstance(django.middleware, Fact) else ():
        if middleware is not None:
            yield entry, middleware.place(entry)[0], "MIDDLEWARE", _BOOT
    for row in _rows().values():
        for use in ctx.facts.code_uses.get(row["imported"], ()) if "imported" in row else ():
            if _is_served(ctx, use):
                yield row["name"], use, use.path, _BOOT


def _text(answer: Answer[str | None]) -> str:
    return (answer.value or "") if isinstance(answer, Fact) else ""


def _is_served(ctx: Context, place: Evidence) -> bool:
    """Whether the emitted command starts the module that the file is."""
    module = ".".join(place.path.removesuffix(".py").split("/")[-2:])
    return any(word.partition(":")[0] == module for word in ctx.plan.image.command.value.split())


def _is_gone(ctx: Context, row: Mapping[str, str]) -> bool:
    """Whether production installs a release without it; what is not installed is a finding of its own."""
    package = ctx.facts.dependencies.get(row["distribution"])
    if package is None or package.group is not None or package.vcs is not None:
        return False
    wanted = package.locked or package.specifier
    return not (wanted and is_before(wanted, Version(row["version"])))


def _problem(ctx: Context, row: Mapping[str, str], place: Evidence, where: str, effect: str) -> Problem:
    package = ctx.facts.dependencies.get(row["distribution"])
    release = package.locked or package.specifier.removeprefix("==") if package is not None else ""
    installs = f"production installs {release}" if release[:1].isdigit() else "production installs a newer one"
    instead, imported = row["instead"], "imported" in row
    commands: tuple[str, ...]
    if instead:
        key = '"BACKEND":' if where == "STORAGES" else f"{where} ="
        remediation, commands = f"Name {instead} in its place.", (f'{key} "{instead}"',)
    else:
        has = "whitenoise.middleware.WhiteNoiseMiddleware" in str(plain_value(ctx.setting("MIDDLEWARE")))
        remediation = (_WSGI if imported else _TAKE_OUT).format(place=where)
        commands = (_MIDDLEWARE,) if imported and not has else ()
    return Problem(
        message=f"{row['distribution']} has no {row['name']} since {row['version']}, and {installs}: {effect}.",
        evidence=(place, *((package.evidence,) if package is not None else ())),
        severity=Severity.RISK if effect == _UPLOAD else Severity.BLOCKER,
        remediation=remediation,
        commands=commands,
    )


rule = Rule(
    info=RuleInfo(
        id="removed-class-named",
        title="A class is gone from the package that had it",
        severity=Severity.BLOCKER,
        category=Category.STATIC_FILES,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "Settings name storages and middleware as text, so that nothing is said until Django imports them: the "
            "storage of static files when they are collected in the build, middleware and what wsgi.py imports when "
            "the server starts."
        ),
        remediation="Name the class that has taken its place.",
        commands=('STATICFILES_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"',),
        references=(
            "https://whitenoise.readthedocs.io/en/stable/changelog.html",
            "https://docs.djangoproject.com/en/stable/internals/deprecation/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\n"
                        'STATICFILES_STORAGE = "whitenoise.django.GzipManifestStaticFilesStorage"\n'
                        "del STORAGES\n"
                    ),
                    "requirements.txt": (
                        "dj-database-url==1.3.0\n"
                        "django==3.1.7\n"
                        "gunicorn==23.0.0\n"
                        "psycopg2-binary==2.9.9\n"
                        "redis==4.3.4\n"
                        "whitenoise==5.2.0\n"
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\n"
                        'STATICFILES_STORAGE = "whitenoise.django.GzipManifestStaticFilesStorage"\n'
                        "del STORAGES\n"
                    ),
                    "requirements.txt": (
                        "dj-database-url==1.3.0\n"
                        "django==2.2.28\n"
                        "gunicorn==20.1.0\n"
                        "psycopg2-binary==2.9.9\n"
                        "redis==4.3.4\n"
                        "whitenoise==3.3.1\n"
                    ),
                }
            ),
        ),
    ),
    check=check,
)
