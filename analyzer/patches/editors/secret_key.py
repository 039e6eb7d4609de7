"""SECRET_KEY from a variable."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.environment_style import EnvironmentStyle
from analyzer.patches.settings_file import SettingsFile


def secret_key(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """Without a default: a key that everybody can read is worse than a process that does not start."""
    found = file.assignment("SECRET_KEY", place.line)
    if found is None:
        return None
    reading = EnvironmentStyle(file).required("SECRET_KEY")
    return edit(file.replace(found.value, reading.text), reading=reading)
