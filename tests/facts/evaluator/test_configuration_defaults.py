"""Values of django-configurations without a default."""

import pytest

from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ListValue()", ()),
        ("TupleValue()", ()),
        ("DictValue()", {}),
        ("ListValue(['a'])", ("a",)),
        ("ListValue(environ=False)", ()),
        ("Value()", None),
    ],
)
def test_without_the_variable(repository: MakeRepository, value: str, expected: object) -> None:
    text = f"from configurations import Configuration, values\nclass Prod(Configuration):\n    X = values.{value}\n"
    assert plain(evaluate(repository, text), "X") == expected


@pytest.mark.parametrize("name", ["DEBUG", "APP_DEBUG", "DEBUG_VALUE", "DEBUG_MODE"])
def test_a_switch_for_debugging_is_off_where_services_are_configured(repository: MakeRepository, name: str) -> None:
    settings = evaluate(repository, f"import os\nDEBUG = os.environ[{name!r}] == 'True'\n", configured=True)
    assert plain(settings, "DEBUG") is False


def test_other_variables_about_debugging_are_not(repository: MakeRepository) -> None:
    settings = evaluate(repository, "import os\nX = os.environ.get('DEBUG_TOOLBAR_PANEL')\n", configured=True)
    assert plain(settings, "X") is None
