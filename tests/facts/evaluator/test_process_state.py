"""What settings ask of the process that loads them: loaded modules, the settings object, `in` on readers."""

import pytest

from analyzer.model.facts import Unknown
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain


def test_no_server_has_loaded_a_test_runner(repository: MakeRepository) -> None:
    settings = evaluate(repository, "import sys\nA = 'pytest' in sys.modules\nB = 'gevent' in sys.modules\n")
    assert plain(settings, "A") is False
    assert isinstance(plain(settings, "B"), Unknown)


def test_the_settings_object_while_the_settings_load(repository: MakeRepository) -> None:
    text = "A = {'x': 1}\nfrom django.conf import settings\nB = settings.A\nB['x'] = 2\nC = settings.USE_TZ\n"
    settings = evaluate(repository, f"{text}D = settings.LATER\nLATER = 1\n")
    assert plain(settings, "A") == {"x": 2}
    assert plain(settings, "C") is True
    assert isinstance(plain(settings, "D"), Unknown)


@pytest.mark.parametrize("reader", ["import environ\nenv = environ.Env()", "import os\nenv = os.environ"])
def test_membership_of_a_reader_is_a_read_without_need(repository: MakeRepository, reader: str) -> None:
    settings = evaluate(repository, f"{reader}\nif 'SOCKET' in env:\n    A = env['SOCKET']\nelse:\n    A = 'none'\n")
    assert plain(settings, "A") == "none"
    assert list(settings.environment.reads) == ["SOCKET"]
    assert settings.environment.required == {}


def test_a_client_made_of_no_url(repository: MakeRepository) -> None:
    text = "import os, redis\nURL = os.environ.get('REDIS_URL')\nclient = redis.Redis.from_url(URL, db=0)\n"
    assert list(evaluate(repository, text).environment.required) == ["REDIS_URL"]


def test_a_client_made_of_a_default_url(repository: MakeRepository) -> None:
    text = "import os, redis\nredis.from_url(os.environ.get('REDIS_URL', 'redis://localhost'))\n"
    assert evaluate(repository, text).environment.required == {}
