"""What the findings about databases say of a variable, an address and a line."""

from pathlib import Path

import pytest

from analyzer.model.finding import Passed, Severity
from analyzer.rules.services import POSTGRESQL, with_settings
from tests.rules.examples import findings_of, outcome_of, report_of


def test_a_database_in_memory_is_no_file(tmp_path: Path) -> None:
    text = 'DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL", "sqlite://:memory:"))}\n'
    (finding,) = findings_of(report_of(tmp_path, with_settings(text)), "sqlite-when-variable-missing")
    assert "SQLite in memory" in finding.message
    assert "container" not in finding.message


@pytest.mark.parametrize(
    ("host", "severity"),
    [
        ("db.example.com", Severity.RISK),
        ("shop.abc.eu-central-1.rds.amazonaws.com", Severity.RISK),
        ("localhost", Severity.BLOCKER),
        ("10.0.0.5", Severity.BLOCKER),
        ("db.shop.internal", Severity.BLOCKER),
    ],
)
def test_a_server_of_the_internet_may_go_on_to_answer(tmp_path: Path, host: str, severity: Severity) -> None:
    text = (
        'DATABASES = {\n    "default": {\n        "ENGINE": "django.db.backends.postgresql",\n'
        f'        "NAME": "shop",\n        "HOST": "{host}",\n    }}\n}}\n'
    )
    (finding,) = findings_of(report_of(tmp_path, with_settings(text)), "database-address-fixed")
    assert finding.severity is severity


def test_options_that_are_there_are_kept(tmp_path: Path) -> None:
    text = (
        f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}        "OPTIONS": {{\n'
        '            "connect_timeout": 5,\n        },\n    }\n}\n'
    )
    (finding,) = findings_of(report_of(tmp_path, with_settings(text)), "database-without-tls")
    assert finding.commands == ('DATABASES["default"]["OPTIONS"]["sslmode"] = "require"',)
    assert finding.evidence[0].line == 13


def test_options_of_a_variable_are_not_known(tmp_path: Path) -> None:
    options = '        "OPTIONS": json.loads(os.environ.get("DB_OPTIONS") or "{}"),\n'
    text = f'import json\nDATABASES = {{\n    "default": {{\n{POSTGRESQL}{options}    }}\n}}\n'
    assert isinstance(outcome_of(report_of(tmp_path, with_settings(text)), "database-without-tls"), Passed)


def test_an_age_stands_where_the_address_is_read(tmp_path: Path) -> None:
    text = (
        f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}    }}\n}}\n'
        "found = dj_database_url.config(conn_max_age=600)\n"
        'DATABASES["default"].update(found)\n'
    )
    (finding,) = findings_of(report_of(tmp_path, with_settings(text)), "connections-unchecked")
    assert finding.evidence[0].line == 15


@pytest.mark.parametrize(
    ("age", "said"), [("600", ""), ('environ.Env().int("CONN_MAX_AGE", default=600)', "CONN_MAX_AGE")]
)
def test_a_variable_of_the_age_is_named(tmp_path: Path, age: str, said: str) -> None:
    entry = (
        "import os\n\nfrom django.core.asgi import get_asgi_application\n\n"
        'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_asgi_application()\n'
    )
    files = {
        **with_settings(f'import environ\nDATABASES = {{"default": dj_database_url.config(conn_max_age={age})}}\n'),
        "Procfile": "web: uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT\n",
        "shop/asgi.py": entry,
        "requirements.txt": "dj-database-url==3.1.0\ndjango==5.2.8\npsycopg[binary]==3.2.13\nredis==7.1.0\n"
        "uvicorn==0.38.0\nwhitenoise==6.11.0\n",
    }
    (finding,) = findings_of(report_of(tmp_path, files), "persistent-connections-under-asgi")
    assert (f"unless the variable {said} says otherwise" in finding.message) is bool(said)
