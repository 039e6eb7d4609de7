"""`raise` without an exception raises again what the `except` clause has caught."""

from analyzer.model.facts import Unknown
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

LOADED = """
import importlib
def load(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise
configuration = load("app.local")
DEBUG = configuration.DEBUG
"""


def test_the_reason_is_the_first_exception(repository: MakeRepository) -> None:
    debug = plain(evaluate(repository, LOADED), "DEBUG")
    assert debug == Unknown(reason="ModuleNotFoundError: No module named 'app.local'")


def test_a_handler_around_it_catches_that_kind(repository: MakeRepository) -> None:
    text = (
        "VALUE = 1\ntry:\n    try:\n        {}['a']\n    except KeyError:\n        raise\nexcept %s:\n    VALUE = 2\n"
    )
    assert plain(evaluate(repository, text % "LookupError"), "VALUE") == 2
    assert plain(evaluate(repository, text % "TypeError"), "VALUE") == 1


def test_without_an_exception_it_is_an_error_of_its_own(repository: MakeRepository) -> None:
    text = "try:\n    raise\nexcept RuntimeError:\n    VALUE = 2\n"
    assert plain(evaluate(repository, text), "VALUE") == 2
