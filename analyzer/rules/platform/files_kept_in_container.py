"""Files of search indexes and backups are as short-lived as the container."""

from collections.abc import Iterator, Mapping

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed, plain_value


def check(ctx: Context) -> RuleOutcome:
    """What the settings keep in folders; uploads, logs, databases and caches have rules of their own."""
    found = fail_all((*_indexes(ctx), *_backups(ctx)))
    return found or passed("no search index or backup is kept in files")


def _indexes(ctx: Context) -> Iterator[Problem]:
    setting = ctx.setting("HAYSTACK_CONNECTIONS")
    value = plain_value(setting)
    if setting is None or not isinstance(value, Mapping):
        return
    for alias, entry in value.items():
        engine = entry.get("ENGINE") if isinstance(entry, Mapping) else None
        if isinstance(engine, str) and ("whoosh" in engine or "xapian" in engine):
            yield Problem(
                message=f"The search index HAYSTACK_CONNECTIONS[{alias!r}] is kept in files: after each deployment a "
                "search finds nothing until somebody runs rebuild_index, in each container.",
                evidence=setting.place(alias, "ENGINE"),
            )


def _backups(ctx: Context) -> Iterator[Problem]:
    apps = ctx.facts.django.installed_apps
    if not isinstance(apps, Fact) or "dbbackup" not in apps.value:
        return
    setting = ctx.setting("DBBACKUP_STORAGE")
    value = plain_value(setting)
    if (setting is None and ctx.setting("STORAGES") is None) or (isinstance(value, str) and "FileSystem" in value):
        yield Problem(
            message="django-dbbackup writes its backups to a folder of the container, which a deployment deletes.",
            evidence=setting.evidence if setting is not None else apps.evidence,
        )


rule = Rule(
    info=RuleInfo(
        id="files-kept-in-container",
        title="Files are kept on the disk of a container",
        severity=Severity.RISK,
        category=Category.PLATFORM,
        area=Area.DATA,
        effort=Effort.HOURS,
        rationale=(
            "The disk of a container starts empty with each deployment and each restart, has at most 4 "
            "GiB, and no other container sees it. Whatever is written there and needed later is lost."
        ),
        remediation="Keep indexes in PostgreSQL or a search service, and backups in Spaces.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
            "https://django-haystack.readthedocs.io/en/latest/backend_support.html",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "HAYSTACK_CONNECTIONS = {\n"
                        '    "default": {\n'
                        '        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",\n'
                        '        "PATH": BASE_DIR / "index",\n'
                        "    }\n"
                        "}\n"
                    ),
                },
                line=5,
            ),
        ),
        good=(good({}),),
    ),
    check=check,
)
