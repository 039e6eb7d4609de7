"""A module that raises on a branch that the scan cannot decide."""

from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

GUARD = """
import os
DEBUG = os.environ.get("DEBUG", "") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", None)
if not DEBUG and SECRET_KEY in [None, "change me"]:
    raise ValueError("change the SECRET_KEY")
"""


def test_only_the_variable_without_which_it_raises_is_required(repository: MakeRepository) -> None:
    assert list(evaluate(repository, GUARD).environment.required) == ["SECRET_KEY"]


def test_the_other_branch_is_the_one_taken(repository: MakeRepository) -> None:
    text = "import os\nif os.environ['MODE'] == 'a':\n    VALUE = 1\nelse:\n    raise ValueError('no such mode')\n"
    settings = evaluate(repository, text)
    assert plain(settings, "VALUE") == 1
    assert list(settings.environment.required) == ["MODE"]


def test_a_decided_branch_that_raises_does_not_end_the_module(repository: MakeRepository) -> None:
    text = "import os\nif 'MODE' not in os.environ:\n    raise ValueError('MODE')\nVALUE = 1\n"
    settings = evaluate(repository, text)
    assert plain(settings, "VALUE") == 1
    assert list(settings.environment.required) == ["MODE"]
