"""DEBUG off unless a variable says otherwise."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts
from analyzer.patches.edit import Edit, edit
from analyzer.patches.environment_style import EnvironmentStyle
from analyzer.patches.settings_file import SettingsFile


def debug(place: Evidence, file: SettingsFile, facts: ProjectFacts) -> Edit | None:
    """The variable is the one that the setting has now, DEBUG where it has none."""
    found = file.assignment("DEBUG", place.line)
    if found is None:
        return None
    setting = facts.django.settings.get("DEBUG")
    names = setting.env if setting is not None else ()
    reading = EnvironmentStyle(file).truth(names[0] if len(names) == 1 else "DEBUG")
    return edit(file.replace(found.value, reading.text), reading=reading)
