"""The patterns mean what the builders take them for; docker-py, which sends the context, is the witness."""

from pathlib import Path

import pytest
from docker.utils.build import exclude_paths
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.plan.ignore_patterns import Paths, matches

FILES = ("a.py", "env", "b/env", "b/a.py", "b/c/a.pyc", "b/c/.env.x", "envy", "b/x[1]", "a.pyd", "c/b/a.py")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("context")
    for file in FILES:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("")
    return root


def agree(tree: Path, pattern: str) -> None:
    sent = exclude_paths(str(tree), [pattern])
    taken = [file for file in FILES if matches(pattern, file)]
    assert set(FILES) - set(taken) == {file for file in FILES if file in sent}
    assert Paths(FILES).first(pattern) == next(iter(taken), None)


@pytest.mark.parametrize(
    "pattern",
    [
        "a.py",
        "**/a.py",
        "b",
        "b/c",
        "b/c/",
        "**/env",
        "**/env*",
        "*.py",
        "**/*.py[cod]",
        "b/*",
        "b/**",
        "?",
        "b/?/a*",
        "**/.env.*",
    ],
)
def test_patterns_of_every_kind(tree: Path, pattern: str) -> None:
    agree(tree, pattern)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pattern=st.lists(st.sampled_from(["a", "b", "c", "env", ".py", "*", "?", "**/", "/"]), min_size=1).map("".join))
def test_any_pattern(tree: Path, pattern: str) -> None:
    clean = pattern.strip("/").replace("//", "/")
    if clean and "//" not in clean and "***" not in clean and "**" not in clean.replace("**/", ""):
        agree(tree, clean)
