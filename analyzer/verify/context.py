"""What a build gets to see: the files that the platform's clone would have, less those that .dockerignore names."""

import io
import secrets
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from docker.utils.build import create_archive, exclude_paths

from analyzer.model.errors import UsageError
from analyzer.model.evidence import RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.limits import Limits
from analyzer.snapshot.repository import RepositorySnapshot

DOCKERFILE = ".doctor-verify.Dockerfile"
"""Name of the Dockerfile inside the context, whose own may lie outside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext:
    """The files of a build.

    `left_out` are files of the folder that git ignores, so that no clone has them.
    """

    root: Path
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    dockerfile: str
    """Text of the Dockerfile."""

    @property
    def lost(self) -> tuple[str, ...]:
        """What no clone has, a folder of which nothing is left as one ("media/")."""
        kept = {folder for name in self.files for folder in (name, *_folders_above(name))}
        return tuple(
            dict.fromkeys(
                next((f"{above}/" for above in _folders_above(name) if above not in kept), name)
                for name in self.left_out
            )
        )

    def archive(self, changed: str | None = None) -> IO[bytes]:
        """The context as a tar file, open for reading.

        Args:
            changed: a Python file that gets one line more, as if somebody had edited it: another one every time, or a
                second run would find the edited file in the cache.
        """
        extra = [(DOCKERFILE, self.dockerfile)]
        if changed is None:
            return _archive(self.root, self.files, extra)
        edited = (self.root / changed).read_bytes() + f"\n# {secrets.token_hex(8)}\n".encode()
        archive = _archive(self.root, tuple(name for name in self.files if name != changed), extra)
        return _with_file(archive, changed, edited)


def read_context(root: Path, source_dir: RepoPath, dockerfile: RepoPath) -> BuildContext:
    """The context of the Dockerfile, both relative to the repository.

    Raises UsageError where one of them is missing or cannot be read.
    """
    folder = root / source_dir
    if not folder.is_dir():
        raise UsageError(f"source_dir {source_dir}: the repository has no such folder")
    place = root / dockerfile
    try:
        text = place.read_text("utf-8")
    except FileNotFoundError:
        raise UsageError(f"there is no {dockerfile}; doctor emit writes one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{dockerfile} cannot be read: {error}") from None
    seen = exclude_paths(str(folder), _ignore_patterns(place, folder), dockerfile=DOCKERFILE)
    kept = seen if (known := _clone(root, source_dir, seen)) is None else {name for name in seen if name in known}
    return BuildContext(
        root=folder,
        files=tuple(sorted(name for name in kept if not _is_git(name))),
        left_out=tuple(sorted(n for n in seen.difference(kept) if not _is_git(n) and not (folder / n).is_dir())),
        dockerfile=text,
    )


def _ignore_patterns(dockerfile: Path, folder: Path) -> list[str]:
    """The lines of `NAME.dockerignore` beside the Dockerfile, else of `.dockerignore`; comments left out."""
    for place in (dockerfile.with_name(f"{dockerfile.name}.dockerignore"), folder / ".dockerignore"):
        if place.is_file():
            lines = place.read_text("utf-8", "replace").splitlines()
            return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return []


def _clone(root: Path, source_dir: RepoPath, seen: Iterable[str]) -> set[str] | None:
    """What a clone has of `seen`, both relative to `source_dir`: files that git tracks or does not ignore, and the
    folders above them. None without a git repository.
    """
    if not (root / ".git").exists():
        return None
    repository = RepositorySnapshot.open(root, Limits(), generated=True)
    prefix = "" if source_dir == "." else f"{source_dir}/"
    shown = set(repository.under(source_dir))
    # A snapshot leaves out packages of others and caches, which some commit, and links to folders.
    found = {
        name
        for name in seen
        if (path := prefix + name) in shown or repository.is_tracked(path) or _is_folder_link(root / path)
    }
    return found.union(*map(_folders_above, found))


def _is_folder_link(place: Path) -> bool:
    return place.is_symlink() and place.is_dir()


def _folders_above(name: str) -> list[str]:
    """The folders that a file is in, the outermost first."""
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _is_git(name: str) -> bool:
    return name == ".git" or name.startswith(".git/")


def _archive(root: Path, files: tuple[str, ...], extra: list[tuple[str, str]]) -> IO[bytes]:
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    create_archive(str(root), files=list(files), fileobj=target, extra_files=extra)
    return target


def _with_file(archive: IO[bytes], name: str, content: bytes) -> IO[bytes]:
    archive.seek(0)
    with tarfile.open(fileobj=archive, mode="a:") as tar:
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(content), 0o644
        tar.addfile(info, io.BytesIO(content))
    archive.seek(0)
    return archive
