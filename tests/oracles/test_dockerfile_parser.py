"""Dockerfiles are read as BuildKit's own parser reads them: those of the fixtures, and changed copies of them.

The parser is built where Go is installed and its modules can be had.
"""

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from analyzer.facts.existing.instructions import parse_instructions
from tests.fuzz.mutations import mutate

PROGRAM = Path(__file__).parent / "programs" / "dockerfile"
FIXTURES = Path(__file__).parents[2] / "fixtures"
CHANGED = 600
FILES = [path for path in sorted(FIXTURES.rglob("*Dockerfile*")) if path.is_file()]
FLAGS = """FROM scratch AS one
RUN --mount=type=cache,target="/var/cache/apt",sharing=locked --network='none' a
COPY --from=one --chown=1:1 --chmod="06\\44" a b
RUN -- --mount=x
RUN --security=insecure
COPY --"from"=one a b
ADD --keep-git-dir=true\ta b
RUN --mount=a\\ b c
RUN --mount="a c
"""

Instruction = tuple[str, int, list[str], bool, list[str]]


@pytest.fixture(scope="module")
def buildkit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """BuildKit's parser, as a program."""
    go = shutil.which("go")
    if go is None:
        pytest.skip("Go is not installed")
    program = tmp_path_factory.mktemp("buildkit") / "parse"
    done = subprocess.run([go, "build", "-o", program, "."], cwd=PROGRAM, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"BuildKit's parser cannot be built: {done.stderr.strip()[-300:]}")
    return program


def ask(program: Path, paths: list[Path]) -> list[list[Instruction] | None]:
    """The instructions of each file; None of those that are refused."""
    names = "".join(f"{path}\n" for path in paths)
    done = subprocess.run([program], input=names, capture_output=True, text=True, check=True)
    return [
        None if found is None else [_theirs(one) for one in found]
        for found in map(json.loads, done.stdout.splitlines())
    ]


def _theirs(one: dict[str, Any]) -> Instruction:
    return one["keyword"].lower(), one["line"], one["flags"], one["json"], one["heredocs"]


def ours(text: str) -> list[Instruction]:
    """The same by our parser."""
    found = parse_instructions(text)
    return [(one.keyword.lower(), one.line, list(one.flags), one.json_form, list(one.heredocs)) for one in found]


def usual(instructions: list[Instruction]) -> list[Instruction]:
    """Without what is read differently on purpose: a command within HEALTHCHECK or ONBUILD is not looked into."""
    return [(*one[:3], one[3] and one[0] not in ("healthcheck", "onbuild"), one[4]) for one in instructions]


def test_the_dockerfiles_of_the_fixtures(buildkit: Path) -> None:
    assert len(FILES) > 5
    for path, found in zip(FILES, ask(buildkit, FILES), strict=True):
        if found is not None:
            assert usual(ours(path.read_text())) == usual(found), path


def test_flags(buildkit: Path, tmp_path: Path) -> None:
    path = tmp_path / "Dockerfile"
    path.write_text(FLAGS)
    (found,) = ask(buildkit, [path])
    assert found is not None
    assert ours(FLAGS) == found


def test_changed_copies_of_them(buildkit: Path, tmp_path: Path) -> None:
    rng = random.Random(2026)
    paths = []
    for number in range(CHANGED):
        content = mutate(rng, rng.choice(FILES).read_bytes())
        # It reads flags byte by byte, which garbles other letters; and of a file with a mark our reader takes it away.
        if content.isascii() and content.count(b"\n") < 900:
            paths.append(tmp_path / str(number))
            paths[-1].write_bytes(content)
    compared = 0
    for path, found in zip(paths, ask(buildkit, paths), strict=True):
        if found is not None and all(one[0].isalpha() for one in found):
            compared += 1
            assert usual(ours(path.read_bytes().decode())) == usual(found), path.read_bytes()
    assert compared > CHANGED / 3
