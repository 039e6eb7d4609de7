"""Packages that a patch needs: at hand already, or one more line in a requirements file."""

from collections.abc import Callable

from analyzer.model.evidence import Fact, RepoPath
from analyzer.model.facts import ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.patches.splices import Splice
from analyzer.tables import load_table

_OLDEST = lazy_pattern(r"(?:^|>=|~=|==)\s*(\d{1,4})(?:\.(\d{1,4}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A change of a requirements file."""

    path: RepoPath
    splice: Splice


def django_release(facts: ProjectFacts) -> tuple[int, int] | None:
    """The first two numbers of the project's Django, or of the oldest that it accepts; None where neither is known."""
    version = facts.dependencies.django_version
    found = _OLDEST.search(version.value or "") if isinstance(version, Fact) else None
    return None if found is None else (int(found[1]), int(found[2] or 0))


def additions(
    facts: ProjectFacts, packages: tuple[str, ...], text_of: Callable[[RepoPath], str | None]
) -> tuple[Addition, ...] | None:
    """What has to be added so that the packages are installed, nothing where they are.

    None where a line does not do it: a lock file would have to be made anew, or hashes be known.

    Args:
        packages: canonical names.
        text_of: the text of a file as it is.
    """
    missing = [name for name in packages if not facts.dependencies.has(name)]
    if not missing:
        return ()
    install = facts.dependencies.install
    if install.lock is not None or install.hashes or not install.requirements:
        return None
    path = install.requirements[-1]
    text = text_of(path)
    if text is None or text.rstrip().endswith("\\"):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = "".join(f"{_line(facts, name)}{newline}" for name in missing)
    begin = "" if not text or text.endswith("\n") else newline
    return (Addition(path=path, splice=Splice(start=len(text), end=len(text), text=begin + lines)),)


def _line(facts: ProjectFacts, name: str) -> str:
    """The requirement, in a release that the project's Django takes."""
    table, release = load_table("analyzer.patches", "requirements"), django_release(facts)
    rows = [row for row in table["older"] if row["name"] == name]
    older = (row["line"] for row in rows if release is not None and release < tuple(row["before"]))
    line: str = next(older, table["requirement"][name])
    return line
