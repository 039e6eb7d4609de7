"""Parts of the repository that are repositories of their own (gitmodules(5))."""

from analyzer.model.evidence import Evidence
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.repository import RepositorySnapshot

FILE = ".gitmodules"
MAX_SUBMODULES = 50
_PATH = lazy_pattern(r"[ \t]*path[ \t]*=[ \t]*(\S.*?)[ \t]*$")


def absent_submodules(repo: RepositorySnapshot) -> tuple[Evidence, ...]:
    """The lines of the submodules of which the tree has no file; the note is the folder."""
    text = repo.text(FILE) if repo.is_file(FILE) else None
    found = [
        Evidence(path=FILE, line=number, note=match[1])
        for number, line in enumerate((text or "").splitlines(), 1)
        if (match := _PATH.match(line)) is not None and not repo.is_dir(match[1].strip("/"))
    ]
    return tuple(found[:MAX_SUBMODULES])
