"""A request for a Python version and how strongly it decides."""

from enum import IntEnum

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import PythonVersionFact
from analyzer.model.quick_dataclass import dataclass


class Strength(IntEnum):
    """How strongly a declaration decides, the strongest first.

    Files that exist to pin the interpreter of a deployment come first: platforms and installers obey them
    (runtime.txt before .python-version, as the buildpack of Heroku and App Platform does), then the variable of a
    platform file, then the image that the project itself runs. Pins of tools come next: they name the Python of the
    developers. Ranges say what the code supports, not what runs it, so any pin goes before them. A development image
    comes after them. Hints (CI, tox, classifiers) are listed and never decide: they name every version that is
    tested, not one that is wanted.
    """

    RUNTIME_TXT = 0
    PYTHON_VERSION = 1
    PLATFORM = 2
    IMAGE = 3
    PIPFILE_LOCK = 4
    PIPFILE = 5
    TOOL = 6
    CONDA = 7
    RANGE = 8
    DEVELOPMENT_IMAGE = 9
    HINT = 10


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one line asks for; `distance` is the number of folders between manage.py and the file."""

    strength: Strength
    distance: int
    fact: PythonVersionFact


def declaration(
    strength: Strength, spec: str, source: str, path: RepoPath, line: int, note: str, distance: int = 0
) -> Declaration:
    """A declaration from its parts; `spec` is "3.12", "3.12.4" or a PEP 440 specifier."""
    evidence = Evidence(path=path, line=line, note=note)
    return Declaration(strength, distance, PythonVersionFact(spec=spec, source=source, evidence=evidence))
