"""Variables that decide which value a function, a condition or a membership test gives."""

import pytest

from analyzer.facts.evaluator.values import all_env
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

STRTOBOOL = (
    "import os\n"
    "def to_bool(text):\n"
    "    text = text.lower()\n"
    "    if text in ('1', 'true'):\n"
    "        return 1\n"
    "    elif text in ('0', 'false'):\n"
    "        return 0\n"
    "    raise ValueError(text)\n"
    "SETTING = bool(to_bool(os.environ.get('SECURE') or 'False'))\n"
)
ABSENT = (
    "import os\n"
    "def number(name, default):\n"
    "    if name not in os.environ:\n"
    "        return default\n"
    "    return int(os.environ[name])\n"
    "SETTING = number('LIMIT', 1800)\n"
)
CAUGHT = (
    "import os\n"
    "def text(name, default):\n"
    "    try:\n"
    "        return os.environ[name]\n"
    "    except KeyError:\n"
    "        return default\n"
    "SETTING = text('FOLDER', '/data')\n"
)
MATCHED = (
    "import os\n"
    "def kind(name):\n"
    "    match os.environ.get(name, 'a'):\n"
    "        case 'a':\n"
    "            return 1\n"
    "        case _:\n"
    "            return 2\n"
    "SETTING = kind('KIND')\n"
)
MEMBER = "import os\nSETTING = os.environ['FOLDER'] if 'FOLDER' in os.environ else '/data'\n"


@pytest.mark.parametrize(
    ("text", "value", "variable"),
    [
        (STRTOBOOL, False, "SECURE"),
        (ABSENT, 1800, "LIMIT"),
        (CAUGHT, "/data", "FOLDER"),
        (MATCHED, 1, "KIND"),
        (MEMBER, "/data", "FOLDER"),
    ],
)
def test_what_decides_a_value_has_a_say_in_it(
    repository: MakeRepository, text: str, value: object, variable: str
) -> None:
    settings = evaluate(repository, text)
    assert plain(settings, "SETTING") == value
    assert all_env(settings.namespace.values["SETTING"]) == {variable}


def test_a_condition_that_returns_nothing_has_none(repository: MakeRepository) -> None:
    text = (
        "import os\n"
        "def number():\n"
        "    if os.environ.get('VERBOSE'):\n"
        "        print('asked')\n"
        "    return 5\n"
        "SETTING = number()\n"
    )
    settings = evaluate(repository, text)
    assert plain(settings, "SETTING") == 5
    assert all_env(settings.namespace.values["SETTING"]) == frozenset()
