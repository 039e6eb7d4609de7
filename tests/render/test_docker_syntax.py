"""Nothing of a repository can get out of its place in a Dockerfile."""

import json
import shlex
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.render.docker_syntax import (
    assignments,
    copy_arguments,
    env_value,
    exec_form,
    folders_of,
    run_command,
    with_caches,
)


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("1", "1"),
        ("C.UTF-8", "C.UTF-8"),
        ("", '""'),
        ("a b", '"a b"'),
        ("$HOME", '"\\$HOME"'),
        ('say "x" \\', '"say \\"x\\" \\\\"'),
        ("a\nRUN b", '"a RUN b"'),
    ],
)
def test_env_values(value: str, quoted: str) -> None:
    assert env_value(value) == quoted


@pytest.mark.parametrize(
    ("sources", "target", "arguments"),
    [
        (["a.txt", "b.txt"], "./", "a.txt b.txt ./"),
        (["a b.txt"], "./", '["a b.txt", "./"]'),
        (["$x/[1]*.txt"], "./$x/", '["\\\\$x/[[]1][*].txt", "./\\\\$x/"]'),
        (['"'], "./", '["\\"", "./"]'),
    ],
)
def test_copy_arguments(sources: list[str], target: str, arguments: str) -> None:
    assert copy_arguments(sources, target) == arguments


def test_folders_of() -> None:
    paths = ["a.txt", "requirements/base.txt", "b.txt", "requirements/prod.txt", "libs/core"]
    assert folders_of(paths, ["libs/core"]) == {
        "./": ["a.txt", "b.txt"],
        "./requirements/": ["requirements/base.txt", "requirements/prod.txt"],
        "./libs/core/": ["libs/core/"],
    }


@settings(deadline=None, max_examples=30)
@given(value=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=20))
def test_the_shell_gets_the_value_back(value: str) -> None:
    value = value.strip()
    line = f'{assignments({"X": value})[0]}; printf %s "$X"'
    assert subprocess.run(["sh", "-c", line], capture_output=True, check=True).stdout.decode() == value


def test_run_command_breaks_long_lines() -> None:
    assert run_command("python x", {"B": "2", "A": "a b"}) == "A='a b' B=2 python x"
    long = run_command("python manage.py collectstatic --noinput", {f"VARIABLE_{n}": "build-only" for n in range(5)})
    assert long.count(" \\\n    ") == 5
    assert shlex.split(long.replace("\\\n", "")) == [
        *(f"VARIABLE_{n}=build-only" for n in range(5)),
        *["python", "manage.py", "collectstatic", "--noinput"],
    ]


def test_folders_that_are_kept_between_builds() -> None:
    assert with_caches("pip install x", []) == "pip install x"
    assert with_caches("apt-get update", ["/a", "/b"], sharing="locked") == (
        "--mount=type=cache,target=/a,sharing=locked \\\n    --mount=type=cache,target=/b,sharing=locked \\\n"
        "    apt-get update"
    )


def test_exec_form() -> None:
    form = exec_form('gunicorn "a" --bind 0.0.0.0:${PORT:-8080}\n')
    assert json.loads(form) == ["sh", "-c", 'exec gunicorn "a" --bind 0.0.0.0:${PORT:-8080}']
