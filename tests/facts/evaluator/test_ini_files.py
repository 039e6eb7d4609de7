"""`configparser` in settings."""

import pytest

from analyzer.model.facts import Unknown
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

LAYERS = """
import configparser, os
config = configparser.RawConfigParser()
config.read_dict({"site": {"Debug": False, "static": "/static/", "limit": 10}, "database": {"backend": "sqlite3"}})
config.read(["/etc/app.cfg", "app.cfg"])
config.read_dict({"database": {"backend": os.environ["BACKEND"]}} if "BACKEND" in os.environ else {})
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("config.getboolean('site', 'debug')", False),
        ("config.get('site', 'static')", "/static/"),
        ("config.getint('site', 'limit') * 2", 20),
        ("'django.db.backends.' + config.get('database', 'backend')", "django.db.backends.sqlite3"),
        ("config.get('site', 'name', fallback='x')", "x"),
        ("config.sections()", ("site", "database")),
        ("dict(config.items('database'))", {"backend": "sqlite3"}),
        ("config['site']['static']", "/static/"),
        ("'site' in config", True),
        ("config.has_option('site', 'static')", True),
    ],
)
def test_what_a_mapping_says(repository: MakeRepository, expression: str, expected: object) -> None:
    settings = evaluate(repository, f"{LAYERS}VALUE = {expression}\n")
    assert plain(settings, "VALUE") == expected


@pytest.mark.parametrize(
    "expression", ["config.get('site', 'name')", "config['other']", "config.has_section('other')", "'other' in config"]
)
def test_what_only_an_absent_file_says(repository: MakeRepository, expression: str) -> None:
    settings = evaluate(repository, f"{LAYERS}VALUE = {expression}\n")
    assert isinstance(plain(settings, "VALUE"), Unknown)


def test_a_file_of_the_repository(repository: MakeRepository) -> None:
    text = "import configparser\nc = configparser.ConfigParser()\nREAD = c.read('app.ini')\nHOST = c['db']['host']\n"
    settings = evaluate(repository, text, {"app.ini": "[db]\nhost = db.internal\n"})
    assert (plain(settings, "READ"), plain(settings, "HOST")) == (("app.ini",), "db.internal")


def test_an_option_that_is_nowhere_raises(repository: MakeRepository) -> None:
    text = (
        "import configparser\nc = configparser.ConfigParser()\nc.read_dict({'a': {'b': 1}})\n"
        "try:\n    X = c.get('a', 'z')\nexcept configparser.NoOptionError:\n    X = 'absent'\n"
        "try:\n    Y = c.get('z', 'z')\nexcept configparser.NoOptionError:\n    Y = 'no'\n"
        "except configparser.Error:\n    Y = 'no section'\n"
    )
    settings = evaluate(repository, text)
    assert (plain(settings, "X"), plain(settings, "Y")) == ("absent", "no section")
