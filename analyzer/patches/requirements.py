"""Packages that a patch needs: at hand already, or one more line in a requirements file."""

from collections.abc import Callable

from analyzer.model.evidence import Fact, RepoPath
from analyzer.model.facts import ProjectFacts
from analyzer.model.quick_dataclass import dataclass
from analyzer.patches.splices import Splice
from analyzer.tables import load_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A change of a requirements file."""

    path: RepoPath
    splice: Splice


def django_release(facts: ProjectFacts) -> tuple[int, ...] | None:
    """The first two numbers of the project's Django; those that are none are left out, and None without a version."""
    version = facts.dependencies.django_version
    text = version.value if isinstance(version, Fact) else None
    return None if text is None else tuple(int(part) for part in text.split(".")[:2] if part.isdigit())


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
    table = load_table("analyzer.patches", "requirements")["requirement"]
    lines = "".join(f"{table[name]}{newline}" for name in missing)
    begin = "" if not text or text.endswith("\n") else newline
    return (Addition(path=path, splice=Splice(start=len(text), end=len(text), text=begin + lines)),)
