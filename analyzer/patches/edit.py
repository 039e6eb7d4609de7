"""What an editor answers."""

from analyzer.model.quick_dataclass import dataclass
from analyzer.patches.environment_style import Reading
from analyzer.patches.splices import Splice


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Changes of one settings file, and packages (canonical names) that they need."""

    splices: tuple[Splice, ...]
    packages: tuple[str, ...] = ()


def edit(*splices: Splice, reading: Reading | None = None, packages: tuple[str, ...] = ()) -> Edit:
    """Changes, with what the variables that they read need to be imported."""
    return Edit(splices=(*splices, *(reading.imports if reading is not None else ())), packages=packages)
