"""Files that the settings write themselves."""

import pytest

from analyzer.model.facts import Unknown
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

KEY = """
import os
from pathlib import Path
SECRET_KEY = os.environ.get("SECRET_KEY")
if not SECRET_KEY:
"""


@pytest.mark.parametrize(
    "body",
    [
        "    with open('key.txt', 'x') as f:\n        f.write('x')\n    with open('key.txt') as f:\n"
        "        SECRET_KEY = f.read()\n",
        "    path = Path('key.txt')\n    if not path.exists():\n        path.write_text('x')\n"
        "    SECRET_KEY = path.read_text()\n",
    ],
)
def test_content_is_not_known_and_nothing_is_required(repository: MakeRepository, body: str) -> None:
    settings = evaluate(repository, KEY + body)
    assert isinstance(plain(settings, "SECRET_KEY"), Unknown)
    assert settings.environment.required == {}


def test_a_file_that_nobody_writes_is_missed(repository: MakeRepository) -> None:
    settings = evaluate(repository, KEY + "    SECRET_KEY = open('key.txt').read()\n")
    value = plain(settings, "SECRET_KEY")
    assert isinstance(value, Unknown)
    assert "key.txt is not in the repository" in value.reason
