"""Variables that decide an `if` around an assignment of a setting."""

import pytest

from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A = 1\nif os.environ.get('X'):\n    A = 2\n", {"A": {"X"}}),
        (
            "if os.getenv('X') is None and os.getenv('Y') is None:\n    A = 2\nelse:\n    B = 1\n",
            {"A": "XY", "B": "XY"},
        ),
        ("if os.getenv('X'):\n    if os.getenv('Y'):\n        A = 2\nelif os.getenv('Z'):\n    A = 3\n", {"A": "XZ"}),
        ("if 'X' in os.environ:\n    A = 1\nif os.getenv('Y'):\n    A = 2\n", {"A": "XY"}),
        ("A = 1\nif A:\n    A = 2\n", {}),
        ("def f():\n    if os.getenv('X'):\n        A = 2\nf()\nB = 1\n", {}),
    ],
)
def test_switches(repository: MakeRepository, text: str, expected: dict[str, str | set[str]]) -> None:
    found = evaluate(repository, f"import os\n{text}").environment.switches
    assert found == {name: frozenset(variables) for name, variables in expected.items()}
