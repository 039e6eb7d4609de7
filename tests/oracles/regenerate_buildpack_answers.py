"""Ask the real buildpacks about the folders of fixtures/, and write down what they answer.

usage: python -m tests.oracles.regenerate_buildpack_answers PROGRAMS [--only WORD]

PROGRAMS is a folder with the programs of the buildpacks. To make it:

1. Clone the repositories that tests/oracles/programs/sources.toml names, from GitHub, into one folder CLONES, each as
   OWNER+NAME. The commits are named there; nothing has to be checked out.
2. `python -m tests.oracles.programs.build CLONES PROGRAMS`, which needs Linux, git, Go, Cargo and localedef.

Run it with the packages of the extra `oracle` installed: the settings of the fixtures import them when collectstatic is
run. Django runs code of the fixtures; every program runs on a copy, and the scripts and binaries without a network.

The answers for fixtures/NAME/repo are in fixtures/NAME/expected/oracle.json, those for shows and near_miss of a failure
mode beside its expected.toml; `answers` has the folder, and each folder in it that has a manage.py, then the buildpack.
"""

import argparse
import json
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.oracles.programs import go_programs, heroku_classic, heroku_cnb
from tests.oracles.programs.build import SOURCES

FIXTURES = Path(__file__).parents[2] / "fixtures"
CATALOGUE = FIXTURES / "buildpack_failures"
FILE = "oracle.json"
ASKED = ("heroku-classic-v322", "heroku-classic", "heroku-cnb", "heroku-procfile", "paketo", "lifecycle", "google")
"""The programs that are named beside the answers; the components of Paketo's buildpack are in sources.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A folder that is built, its name in the file of answers, and that file."""

    folder: Path
    name: str
    file: Path


def cases() -> Iterator[Case]:
    """Every folder that the buildpacks are asked about, those of one file one after the other."""
    for root in sorted(FIXTURES.glob("*/repo")):
        yield from _cases(root, root.parent / "expected" / FILE)
    for mode in sorted(path for path in CATALOGUE.iterdir() if path.is_dir()):
        for name in ("shows", "near_miss"):
            yield from _cases(mode / name, mode / FILE)


def ask(programs: Path, folder: Path) -> dict[str, Any]:
    """Buildpack -> its answer for a folder."""
    with tempfile.TemporaryDirectory() as temporary:

        def copy(name: str) -> Path:
            target = Path(temporary).resolve() / name
            shutil.copytree(folder, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
            return target

        answers = {
            name: heroku_classic.ask(programs, name, copy(name)) for name in ("heroku-classic-v322", "heroku-classic")
        }
        answers["heroku-cnb"] = heroku_cnb.ask(programs, copy("heroku-cnb"))
        answers["paketo"] = go_programs.ask_paketo(programs, copy("paketo"))
        for name in ("google-22", "google-24"):
            answers[name] = go_programs.ask_google(programs, name, copy(name))
        return answers


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=Path, metavar="PROGRAMS")
    parser.add_argument("--only", default="", metavar="WORD", help="only files whose path has this in it")
    options = parser.parse_args()
    programs = {name: {key: str(value) for key, value in SOURCES[name].items()} for name in ASKED}
    programs["collectstatic"] = {"django": version("django"), "python": platform.python_version()}
    for file, group in groupby(cases(), key=lambda case: case.file):
        path = file.relative_to(FIXTURES).as_posix()
        if options.only in path:
            answers = {case.name: ask(options.programs.resolve(), case.folder) for case in group}
            document = {"made": date.today().isoformat(), "programs": programs, "answers": answers}
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            print(path)


def _cases(root: Path, file: Path) -> Iterator[Case]:
    yield Case(folder=root, name=root.name, file=file)
    for folder in sorted({path.parent for path in root.rglob("manage.py")} - {root}):
        yield Case(folder=folder, name=f"{root.name}/{folder.relative_to(root).as_posix()}", file=file)


if __name__ == "__main__":
    main()
