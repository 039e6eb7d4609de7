"""What Paketo's and Google's buildpacks do with a folder, asked of the programs that build.py makes."""

import json
import subprocess
import tomllib
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.oracles.programs.build import source

_STACKS = {"google-22": "google.22", "google-24": "google.24"}
# Groups with members of other languages, and members that look at no file of the source, are left out.
_LANGUAGES = ("config.", "nodejs.", "python.")
_OTHER = ("firebase", "turborepo")
_ALWAYS = ("utils.label-image", "utils.devsync")
_STARTERS = ("config.entrypoint", "python.missing-entrypoint")


class Program:
    """A process that answers each line with a line."""

    def __init__(self, *command: str | Path) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def ask(self, **job: Any) -> dict[str, Any]:
        """The answer to a job."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def ask_paketo(programs: Path, folder: Path) -> dict[str, Any]:
    """The answer of the composite buildpack; `processes` are those of the Procfile alone."""
    files = (source(programs, name) / "buildpack.toml" for name in ("paketo", "cpython"))
    with Program(programs / "bin" / "paketo", "detect", *files) as program:
        found = program.ask(dir=str(folder))
    if not found["group"]:
        return {"detected": False, "error": found["error"]}
    answer: dict[str, Any] = {"detected": True, "group": found["group"]}
    if "cpython" in found["group"]:
        python = found["python"]
        answer["python"] = {"requested": python["requested"] or None, "resolved": python["resolved"] or None}
        answer["python"]["error"] = python["error"] or None
    if found["processes"] is not None:
        answer["procfile"] = found["processes"]
    return answer


def ask_google(programs: Path, name: str, folder: Path) -> dict[str, Any]:
    """The answer of a builder, as far as its groups of Python and Node.js go."""
    with Program(programs / "bin" / "google") as program:
        found = program.ask(dir=str(folder), stack=_STACKS[name])
    with Program(programs / "bin" / "paketo", "resolve") as lifecycle:
        resolved = lifecycle.ask(order=_order(programs, name), runs=found["runs"])
    if not resolved["group"]:
        return {"detected": False, "error": resolved["error"]}
    answer = {"detected": True, "group": resolved["group"]}
    if "python.runtime" in resolved["group"]:
        answer["python"] = {"requested": found["version"] or None, "error": found["version_error"] or None}
    for starter in _STARTERS:
        if starter in resolved["group"]:
            started = found["starts"][starter]
            answer["start"] = {"error": started["error"] or None, "processes": started["processes"]}
    return answer


def _order(programs: Path, name: str) -> list[list[str]]:
    """The groups of the builder; a name with "?" is optional."""
    builder = source(programs, "google") / "builders" / "gcp" / "base" / f"{_STACKS[name]}.builder.toml"
    order = []
    for row in tomllib.loads(builder.read_text(encoding="utf-8"))["order"]:
        members = [(member["id"].removeprefix("google."), member.get("optional", False)) for member in row["group"]]
        members = [(name, optional) for name, optional in members if name not in _ALWAYS]
        if all(name.startswith(_LANGUAGES) and not any(word in name for word in _OTHER) for name, _ in members):
            order.append([f"{name}?" if optional else name for name, optional in members])
    return order
