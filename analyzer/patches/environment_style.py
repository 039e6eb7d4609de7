"""How a settings file reads variables: the way it already does, or `os.environ`."""

from analyzer.model.quick_dataclass import dataclass
from analyzer.patches.settings_file import SettingsFile
from analyzer.patches.splices import Splice

TRUE = '{"1", "true", "yes", "on"}'
"""What counts as true, of `os.environ`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An expression that reads a variable, and what it needs to be imported."""

    text: str
    imports: tuple[Splice, ...] = ()


class EnvironmentStyle:
    """Expressions that read variables in the style of one file."""

    def __init__(self, file: SettingsFile) -> None:
        self._file = file
        self._environ = _has_environ(file)
        self._decouple = file.imported.get("config") == "decouple.config"

    def required(self, name: str) -> Reading:
        """A text without which the settings do not load."""
        if self._environ:
            return Reading(text=f'env("{name}")')
        if self._decouple:
            return Reading(text=f'config("{name}")')
        return self._os(f'os.environ["{name}"]')

    def optional(self, name: str, default: str) -> Reading:
        """A text.

        Args:
            default: source of the expression that stands for it where the variable is not set.
        """
        if self._environ:
            return Reading(text=f'env("{name}", default={default})')
        if self._decouple:
            return Reading(text=f'config("{name}", default={default})')
        return self._os(f'os.environ.get("{name}", {default})')

    def truth(self, name: str) -> Reading:
        """Whether a variable says yes; no where it is not set."""
        if self._environ:
            return Reading(text=f'env.bool("{name}", default=False)')
        if self._decouple:
            return Reading(text=f'config("{name}", default=False, cast=bool)')
        return self._os(f'os.environ.get("{name}", "").lower() in {TRUE}')

    def words(self, name: str, default: tuple[str, ...]) -> Reading:
        """A list of texts, with commas in between."""
        joined = ",".join(default)
        if self._environ:
            listed = ", ".join(f'"{one}"' for one in default)
            return Reading(text=f'env.list("{name}", default=[{listed}])')
        if self._decouple:
            return Reading(text=f'config("{name}", default="{joined}").split(",")')
        return self._os(f'os.environ.get("{name}", "{joined}").split(",")')

    def database(self, name: str, default: str) -> Reading | None:
        """What DATABASES has for a database's URL; None where that takes another package."""
        if self._environ:
            return Reading(text=f'env.db("{name}", default={default})')
        return None

    def _os(self, text: str) -> Reading:
        return Reading(text=text, imports=self._file.importing("os"))


def _has_environ(file: SettingsFile) -> bool:
    """Whether `env` is an Env of django-environ, which has to be made above of what it is used for."""
    made = file.first("env")
    if made is None or "environ" not in file.imported:
        return False
    return made.first_line <= 60 and file.code(made.value).startswith("environ.")
