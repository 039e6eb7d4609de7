"""Values in a Dockerfile, quoted so that no builder reads anything into them.

Source: the Dockerfile reference, "Environment replacement" and the shell and exec forms. The shell is dash.
"""

import json
import shlex
from collections.abc import Iterable, Mapping

from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.render.annotations import one_line

_PLAIN_PATH = lazy_pattern(r"[\w./@+-][\w./@+~-]*")
_PLAIN_VALUE = lazy_pattern(r"[\w./:@%+,*-]+")
LONGEST_LINE = 100


def env_value(value: str) -> str:
    """The value of `ENV name=value`, or of an ARG's default."""
    text = one_line(value)
    if _PLAIN_VALUE.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$") + '"'


def copy_arguments(sources: Iterable[RepoPath], destination: str) -> str:
    """What follows COPY; the list form where a path holds a blank or a quote."""
    paths = [*(_literal(source) for source in sources), destination.replace("$", "\\$")]
    if all(_PLAIN_PATH.fullmatch(path.replace("\\$", "").replace("[[]", "")) for path in paths):
        return " ".join(paths)
    return json.dumps(paths, ensure_ascii=False)


def _literal(path: RepoPath) -> str:
    """A path that COPY takes by the letter: its own wildcards in brackets, its dollars escaped."""
    return "".join("[[]" if c == "[" else f"[{c}]" if c in "*?" else c for c in path).replace("$", "\\$")


def folders_of(paths: Iterable[RepoPath], folders: Iterable[RepoPath] = ()) -> Mapping[str, list[RepoPath]]:
    """Paths by the folder that COPY puts them into ("./", "requirements/"), the order kept; a folder keeps its name."""
    whole = set(folders)
    grouped: dict[str, list[RepoPath]] = {}
    for path in paths:
        if path in whole:
            grouped.setdefault(f"./{path}/", []).append(f"{path}/")
        else:
            folder = path.rpartition("/")[0]
            grouped.setdefault(f"./{folder}/" if folder else "./", []).append(path)
    return grouped


def assignments(variables: Mapping[str, str]) -> list[str]:
    """Variables in front of a shell command, quoted, sorted by name."""
    return [f"{name}={shlex.quote(one_line(value))}" for name, value in sorted(variables.items())]


def run_command(command: str, variables: Mapping[str, str]) -> str:
    """What follows RUN: the command with its variables, on one line where that is short enough."""
    parts = [*assignments(variables), one_line(command)]
    line = " ".join(parts)
    return line if len(line) <= LONGEST_LINE else " \\\n    ".join(parts)


def with_caches(command: str, folders: Iterable[str], sharing: str = "") -> str:
    """What follows RUN: the command with the folders that BuildKit keeps between builds.

    Args:
        sharing: what two builds at once do with a folder ("locked": one waits); "" is what BuildKit does by itself.
    """
    option = f",sharing={sharing}" if sharing else ""
    return " \\\n    ".join([*(f"--mount=type=cache,target={folder}{option}" for folder in folders), command])


def exec_form(command: str) -> str:
    """A shell command as CMD or ENTRYPOINT takes it; `exec` lets the program get the signals."""
    return json.dumps(["sh", "-c", f"exec {one_line(command)}"], ensure_ascii=False)
