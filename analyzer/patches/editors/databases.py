"""DATABASES from the URL that the platform gives, the present database where there is none."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.environment_style import EnvironmentStyle
from analyzer.patches.requirements import django_release
from analyzer.patches.settings_file import SettingsFile, entry_of, text_of
from analyzer.rules.database_packages import checks_connections
from analyzer.tables import load_table

_SQLITE = "django.db.backends.sqlite3"
_VARIABLE = "DATABASE_URL"


def database_url(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """The default database where it is SQLite; its file stays the default for development."""
    found = file.assignment("DATABASES", place.line)
    default = None if found is None else found.entry("default")
    name = entry_of(default, "NAME")
    engine = entry_of(default, "ENGINE")
    if default is None or name is None or engine is None or text_of(engine) != _SQLITE:
        return None
    style = EnvironmentStyle(file)
    present = _sqlite_url(file.code(name), text_of(name))
    reading = style.database(_VARIABLE, present)
    if reading is not None:
        return edit(file.replace(default, reading.text), reading=reading, packages=_drivers(facts))
    checked = ", conn_health_checks=True" if checks_connections(facts) else ""
    text = f"dj_database_url.config(default={present}, conn_max_age=60{checked})"
    imports = file.importing("dj_database_url")
    return edit(file.replace(default, text), *imports, packages=("dj-database-url", *_drivers(facts)))


def _sqlite_url(code: str, text: str | None) -> str:
    """Source of the URL of a database's file: `code` is that of its NAME, `text` what it is where that is plain."""
    if text is not None and '"' not in text:
        return f'"sqlite:///{text}"'
    is_text = code.startswith(("str(", "os.path.join("))
    return f'"sqlite:///" + {code}' if is_text else f'"sqlite:///" + str({code})'


def _drivers(facts: ProjectFacts) -> tuple[str, ...]:
    """The package for PostgreSQL, none where there is one: Django takes psycopg 3 since 4.2."""
    known = load_table("analyzer.patches", "requirements")["postgresql"]
    if any(facts.dependencies.has(name) for name in known["drivers"]):
        return ()
    release = django_release(facts)
    older = release is not None and release < tuple(known["psycopg_since"])
    return ("psycopg2-binary",) if older else ("psycopg",)
