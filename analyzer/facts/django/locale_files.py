"""Translations and GeoDjango: what the image has to build or install for them."""

from collections.abc import Mapping

from analyzer.model.evidence import Answer, Evidence, Fact, Unresolved
from analyzer.model.facts import DatabaseFact, Setting
from analyzer.snapshot.repository import RepositorySnapshot


def needs_compilemessages(repo: RepositorySnapshot, manage_py: str) -> Answer[bool]:
    """Whether `.po` files of the project have no committed `.mo` beside them."""
    sources = [p for p in repo.files if p.endswith(".po") and "/LC_MESSAGES/" in f"/{p}"]
    missing = [p for p in sources if not repo.is_file(p.removesuffix(".po") + ".mo")]
    if missing:
        evidence = tuple(Evidence(path=p, note="no compiled .mo beside it") for p in missing[:3])
        return Fact(value=True, evidence=evidence)
    if sources:
        return Fact(value=False, evidence=(Evidence(path=sources[0], note="its .mo is committed"),))
    return Fact(value=False, evidence=(Evidence(path=manage_py, note="the repository has no .po files"),))


def uses_geodjango(
    settings: Mapping[str, Setting], apps: Answer[tuple[str, ...]], databases: Answer[Mapping[str, DatabaseFact]]
) -> Answer[bool]:
    """Whether `django.contrib.gis` is installed or a database engine is a spatial one."""
    if isinstance(apps, Fact):
        item = next((app for app in apps.value if app.startswith("django.contrib.gis")), None)
        if item is not None:
            return Fact(value=True, evidence=settings["INSTALLED_APPS"].place(item))
    if isinstance(databases, Fact):
        for alias in databases.value.values():
            engine = f"{alias.engine} {alias.configured_engine}"
            if ".gis." in engine or "postgis" in engine or "spatialite" in engine:
                return Fact(value=True, evidence=databases.evidence)
    if isinstance(apps, Unresolved):
        return Unresolved(reason=apps.reason, evidence=apps.evidence)
    return Fact(value=False, evidence=apps.evidence)
