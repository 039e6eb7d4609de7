"""Paths and files as the evaluated program sees them: only the repository, through the snapshot.

A `.env` file counts as absent: it belongs to one machine, and neither the image nor the platform should have it.
"""

from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from analyzer.facts.evaluator.signals import Raised
from analyzer.facts.evaluator.values import (
    Extern,
    FromEnv,
    Instance,
    Names,
    PartialText,
    Unresolved,
    Value,
    all_env,
    unresolved,
)
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.paths import join

if TYPE_CHECKING:
    from analyzer.facts.evaluator.interpreter import Interpreter

VIRTUAL_ROOT = "/checkout/of/the/repository"
"""Where the evaluated program believes that the repository lies; facts make such paths relative again."""


def normalise(path: str) -> str:
    """`..` and `.` removed, as far as the text allows (POSIX)."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] not in ("", ".."):
            parts.pop()
        elif part == ".." and parts == [""]:
            continue
        elif part not in ("", ".") or not parts:
            parts.append(part)
    return "/".join(parts) or ("/" if path.startswith("/") else ".")


def repository_path(interp: "Interpreter", path: str) -> RepoPath | None:
    """The repository path that a path (absolute, or relative to the working directory) names; None outside."""
    text = normalise(path)
    if text == VIRTUAL_ROOT:
        return "."
    if text.startswith(VIRTUAL_ROOT + "/"):
        return join(".", text[len(VIRTUAL_ROOT) + 1 :])
    if text.startswith("/"):
        return None
    return join(interp.roots[0] if interp.roots else ".", text)


def _is_environment_file(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return name.startswith(".env") or name.endswith(".env")


def exists(interp: "Interpreter", path: str, kind: str = "any") -> bool:
    """Whether a file or folder of that path is in the repository (`kind`: any, file, folder)."""
    if kind != "folder" and _is_written(interp, path):
        return True
    inside = repository_path(interp, path)
    if inside is None or _is_environment_file(inside):
        return False
    is_file, is_folder = interp.repo.is_file(inside), inside == "." or interp.repo.is_dir(inside)
    return {"file": is_file, "folder": is_folder}.get(kind, is_file or is_folder)


def read_text(interp: "Interpreter", path: str) -> str:
    """The text of a file of the repository.

    Raises:
        Raised: FileNotFoundError, where the repository has no such file.
    """
    inside = repository_path(interp, path)
    text = interp.repo.text(inside) if inside is not None and not _is_environment_file(inside) else None
    if text is None:
        raise Raised(
            "FileNotFoundError",
            f"{inside or path}{ABSENT}",
            at=interp.where,
            bases=("OSError", "IOError"),
        )
    return text


ABSENT = " is not in the repository"
"""End of the message of a FileNotFoundError; the path stands before it."""
_WRITTEN = "a file that the program itself writes"


def note_written(interp: "Interpreter", path: str) -> None:
    """Remember that the program writes a file: from then on it exists, with a content that the scan cannot tell."""
    interp.state.setdefault("written files", set()).add(normalise(path))


def _is_written(interp: "Interpreter", path: str) -> bool:
    return normalise(path) in interp.state.get("written files", ())


class OpenFile:
    """A file opened for reading."""

    def __init__(self, interp: "Interpreter", path: str) -> None:
        self.interp = interp
        self.path = path
        self.text = read_text(interp, path)

    def attribute(self, interp: "Interpreter", name: str) -> Value | None:
        """`read`, `readlines`, `close`; None for what is not modelled."""
        from analyzer.facts.evaluator.values import Native

        results = {
            "read": lambda: Value(self.text),
            "readline": lambda: Value(self.text.split("\n", 1)[0]),
            "readlines": lambda: Value([Value(line + "\n") for line in self.text.splitlines()]),
            "close": lambda: Value(None),
        }
        if name not in results:
            return None
        return Value(Native(f"file.{name}", lambda interp, args, kwargs: results[name]()))


def open_file(interp: "Interpreter", args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`open(path)`; writing is never modelled.

    Raises:
        Raised: FileNotFoundError, where the repository has no such file.
    """
    if not args:
        return unresolved("a file")
    path, mode = args[0], (args[1] if len(args) > 1 else kwargs.get("mode", Value("r")))
    if not isinstance(path.data, str | PurePosixPath) or not isinstance(mode.data, str):
        return unresolved("a file whose name the scan cannot tell", path)
    if set(mode.data) & set("wax+"):
        note_written(interp, str(path.data))
    if _is_written(interp, str(path.data)):
        return unresolved(_WRITTEN, path)
    return Value(Instance(Extern("io.TextIOWrapper"), payload=OpenFile(interp, str(path.data))), path.env)


def path_text(value: Value) -> str | None:
    """A path of any kind (text, pathlib, django-environ's `Path`) as text; None when it is not known."""
    if isinstance(value.data, str | PurePosixPath):
        return str(value.data)
    path = getattr(getattr(value.data, "payload", None), "path", None)
    return str(path) if isinstance(path, PurePosixPath) else None


def as_path(value: Value) -> Value:
    """`Path(value)`"""
    match value.data:
        case str():
            return Value(PurePosixPath(value.data), value.env)
        case PurePosixPath() | FromEnv() | PartialText():
            return value
        case Instance() if (text := path_text(value)) is not None:
            return Value(PurePosixPath(text), value.env)
        case _:
            return Value(Unresolved("a path that the scan cannot tell", "text"), all_env(value))


def path_method(
    interp: "Interpreter", path: PurePosixPath, name: str, args: list[Value], kwargs: dict[str, Value], env: Names
) -> Value:
    """A method of `pathlib.Path`, and those that only `unipath.Path` and `path.Path` have.

    Raises:
        Raised: FileNotFoundError for reading what is not in the repository.
    """
    match name:
        case "resolve" | "absolute" | "expanduser" | "abspath" | "realpath":
            text = normalise(str(path))
            if not text.startswith("/"):
                text = normalise(f"{VIRTUAL_ROOT}/{interp.roots[0] if interp.roots else '.'}/{text}")
            return Value(PurePosixPath(text), env)
        case "ancestor" if args and isinstance(args[0].data, int) and args[0].data >= 0:
            return Value(next(islice((path, *path.parents), args[0].data, None), PurePosixPath("/")), env)
        case "dirname":
            return Value(path.parent, env)
        case "joinpath" | "child":
            result: Value = Value(path, env)
            for part in args:
                if not isinstance(part.data, str | PurePosixPath) or not isinstance(result.data, PurePosixPath):
                    return Value(Unresolved("a path that the scan cannot tell", "text"), env | all_env(part))
                result = Value(result.data / part.data, result.env | part.env)
            return result
        case "exists" | "is_file" | "is_dir":
            kind = {"exists": "any", "is_file": "file", "is_dir": "folder"}[name]
            return Value(exists(interp, str(path), kind), env)
        case "write_text" | "write_bytes":
            note_written(interp, str(path))
            return Value(None)
        case "read_text" | "read_bytes" if _is_written(interp, str(path)):
            return Value(Unresolved(_WRITTEN, "text"), env)
        case "read_text" | "read_bytes":
            text = read_text(interp, str(path))
            return Value(text if name == "read_text" else text.encode(), env)
        case "open":
            return open_file(interp, [Value(path, env), *args], kwargs)
        case "mkdir" | "touch" | "unlink" | "chmod":
            return Value(None)
        case "glob" | "iterdir" | "rglob":
            return Value(Unresolved("a listing of files", "list"), env)
    try:
        arguments = [str(a.data) for a in args]
        if name in ("as_posix", "__str__"):
            return Value(str(path), env)
        if name == "relative_to":
            return Value(path.relative_to(*arguments), env)
        if name in ("with_name", "with_suffix"):
            return Value(getattr(path, name)(*arguments), env)
        if name == "is_absolute":
            return Value(path.is_absolute(), env)
    except ValueError as error:
        raise Raised("ValueError", str(error), env, interp.where) from None
    return Value(Unresolved(f"result of Path.{name}()"), env)
