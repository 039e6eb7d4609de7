"""Commands of findings about secrets name what the project has."""

from pathlib import Path

import pytest

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of

KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("path", "severity", "certainty"),
    [
        ("deploy/server.key", Severity.RISK, Certainty.CERTAIN),
        ("tools/web/server.key", Severity.ADVICE, Certainty.LIKELY),
        ("devices/server.key", Severity.RISK, Certainty.CERTAIN),
    ],
)
def test_a_key_of_laptops_matters_less(tmp_path: Path, path: str, severity: Severity, certainty: Certainty) -> None:
    (found,) = findings_of(report_of(tmp_path, {path: KEY}), "private-key-committed")
    assert (found.severity, found.certainty, found.commands) == (severity, certainty, (f"git rm --cached {path}",))


def test_the_variable_of_the_key(tmp_path: Path) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\n"
        'SECRET_KEY = os.environ.get("SHOP_SECRET", "u8w-n3v9t-2yq4h7-0x6kz-5jd1c-r8m")\n'
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "secret-key-default")
    assert found.commands == ('SECRET_KEY = os.environ["SHOP_SECRET"]',)


def test_a_key_that_is_drawn_where_no_file_has_one(tmp_path: Path) -> None:
    settings = (
        "import configparser\n\nfrom shop.defaults import *\nfrom django.utils.crypto import get_random_string\n\n"
        "config = configparser.ConfigParser()\nconfig.read('/etc/shop.ini')\n"
        "if config.has_option('site', 'secret'):\n    SECRET_KEY = config.get('site', 'secret')\n"
        "else:\n    SECRET_KEY = get_random_string(50)\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "secret-key-random")
    assert [one.line for one in found.evidence] == [11]


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("django.contrib.gis.db.backends.postgis", 'config(engine="django.contrib.gis.db.backends.postgis", '),
        ("django.db.backends.postgresql", "config(conn_max_age=60, "),
    ],
)
def test_geodjango_keeps_its_engine(tmp_path: Path, engine: str, words: str) -> None:
    settings = (
        "from shop.defaults import *\n\nDATABASES = {'default': {'ENGINE': '%s', 'NAME': 'shop', 'USER': 'shop',\n"
        "    'PASSWORD': 'kV7qhT2mZp94', 'HOST': 'db.example.org'}}\n"
    )
    report = report_of(tmp_path, {"shop/settings.py": settings % engine})
    (found,) = findings_of(report, "database-password-in-code")
    assert [words in command for command in found.commands] == [True]


@pytest.mark.parametrize(
    ("seconds", "words", "command"),
    [
        ("int(os.environ.get('HSTS', '0'))", "without the variable HSTS", "[tool.doctor.environment.HSTS]"),
        ("0", "SECURE_HSTS_SECONDS is not set", "SECURE_HSTS_SECONDS = 3600"),
    ],
)
def test_the_variable_of_hsts(tmp_path: Path, seconds: str, words: str, command: str) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\nSECURE_SSL_REDIRECT = True\n"
        f"SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\nSECURE_HSTS_SECONDS = {seconds}\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "hsts-missing")
    assert found.evidence[0].line == 7
    assert words in found.message
    assert found.commands[0].startswith(command)
