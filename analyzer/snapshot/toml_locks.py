"""Lock files in TOML (uv.lock, poetry.lock, pdm.lock, pylock.toml), parsed once for all who ask for them.

The hashes and addresses of files make most of such a file, and nobody asks for them: their lines are blanked before it
is parsed, which is five times faster and keeps the line numbers.
"""

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import ParseFailure, TomlDocument, parse_toml
from analyzer.snapshot.repository import RepositorySnapshot

_FILE_LINE = lazy_pattern(r"[ \t]+\{ ?(?:url|file|name|size|hash)\b")
_HASH = lazy_pattern(r"\bhash(?:es)? ?=")


def read_toml_lock(repo: RepositorySnapshot, path: RepoPath) -> TomlDocument | ParseFailure | None:
    """The lock file without the entries of its lists of files; None when there is none, or it is no text."""
    return repo.once("lock in TOML", path, lambda: _read(repo, path))


def _read(repo: RepositorySnapshot, path: RepoPath) -> TomlDocument | ParseFailure | None:
    text = repo.text(path)
    if text is None:
        return None
    return parse_toml(path, "\n".join("" if _names_file(line) else line for line in text.split("\n")))


def _names_file(line: str) -> bool:
    """Whether a line is one whole entry of a list of files with their hashes."""
    return bool(_FILE_LINE.match(line) and line.rstrip().endswith(("}", "},")) and _HASH.search(line))
