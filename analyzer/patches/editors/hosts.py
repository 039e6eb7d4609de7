"""ALLOWED_HOSTS and CSRF_TRUSTED_ORIGINS from variables, whose default is what the settings have now."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.environment_style import EnvironmentStyle
from analyzer.patches.settings_file import Assignment, SettingsFile

LOCAL_HOSTS = ("localhost", "127.0.0.1")
"""What Django itself accepts for an empty list while DEBUG is on."""
LOCAL_ORIGINS = ("http://localhost:8000",)


def allowed_hosts(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """The hosts of now stay accepted where the variable is not set."""
    found = file.assignment("ALLOWED_HOSTS", place.line)
    hosts = _literal(found, LOCAL_HOSTS)
    if found is None or hosts is None:
        return None
    reading = EnvironmentStyle(file).words("ALLOWED_HOSTS", hosts)
    return edit(file.replace(found.value, reading.text), reading=reading)


def trusted_origins(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """In the place of the list, or behind ALLOWED_HOSTS where there is none."""
    style = EnvironmentStyle(file)
    found = file.assignment("CSRF_TRUSTED_ORIGINS", place.line)
    if found is not None:
        origins = _literal(found, LOCAL_ORIGINS)
        if origins is None:
            return None
        reading = style.words("CSRF_TRUSTED_ORIGINS", origins)
        return edit(file.replace(found.value, reading.text), reading=reading)
    hosts = file.assignment("ALLOWED_HOSTS", place.line)
    if hosts is None or "CSRF_TRUSTED_ORIGINS" in facts.django.settings:
        return None
    reading = style.words("CSRF_TRUSTED_ORIGINS", LOCAL_ORIGINS)
    return edit(file.after(hosts.statement, [f"CSRF_TRUSTED_ORIGINS = {reading.text}"]), reading=reading)


def _literal(found: Assignment | None, empty: tuple[str, ...]) -> tuple[str, ...] | None:
    """The texts of a list, those of `empty` for an empty one; None where a variable could not give them."""
    texts = None if found is None else found.texts()
    if texts is None or any("," in one or '"' in one for one in texts):
        return None
    return texts or empty
