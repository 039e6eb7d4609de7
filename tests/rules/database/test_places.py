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


@pytest.mark.parametrize(
    ("options", "said", "command"),
    [
        ('"connect_timeout": 5', "has no sslmode: ", '[tool.doctor.environment.PGSSLMODE]\nvalue = "require"'),
        ('"sslmode": "prefer"', "prefer: ", 'DATABASES["default"]["OPTIONS"]["sslmode"] = "require"'),
        (
            '"sslmode": os.environ.get("SHOP_SSLMODE", "prefer")',
            "prefer, unless SHOP_SSLMODE says otherwise: ",
            '[tool.doctor.environment.SHOP_SSLMODE]\nvalue = "require"',
        ),
        (
            '"sslmode": os.environ.get("SHOP_SSLMODE", "disable")',
            "disable, unless SHOP_SSLMODE says otherwise: ",
            '[tool.doctor.environment.SHOP_SSLMODE]\nvalue = "require"',
        ),
    ],
)
def test_encryption_is_asked_for_where_the_settings_are_told(
    tmp_path: Path, options: str, said: str, command: str
) -> None:
    text = (
        f'DATABASES = {{\n    "default": {{\n{POSTGRESQL}        "OPTIONS": {{\n'
        f"            {options},\n        }},\n    }}\n}}\n"
    )
    (finding,) = findings_of(report_of(tmp_path / "before", with_settings(text)), "database-without-tls")
    assert said in finding.message
    assert finding.commands is not None
    assert finding.commands[0] == command
    if command.startswith("["):
        after = {**with_settings(text), "pyproject.toml": f"{command}\n"}
        assert not findings_of(report_of(tmp_path / "after", after), "database-without-tls")


def test_an_age_that_a_variable_gives(tmp_path: Path) -> None:
    text = (
        'DATABASES = {"default": dj_database_url.config()}\n'
        'DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("SHOP_AGE", "60"))\n'
    )
    (finding,) = findings_of(report_of(tmp_path / "before", with_settings(text)), "connections-unchecked")
    assert "for 60 seconds, unless SHOP_AGE says otherwise, and" in finding.message
    zero = {**with_settings(text), "pyproject.toml": '[tool.doctor.environment.SHOP_AGE]\nvalue = "0"\n'}
    assert not findings_of(report_of(tmp_path / "after", zero), "connections-unchecked")


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


def test_a_required_variable_ends_the_finding(tmp_path: Path) -> None:
    text = (
        'DEBUG = os.environ.get("DEBUG") == "1"\n'
        'DATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}\n'
    )
    (finding,) = findings_of(report_of(tmp_path / "before", with_settings(text)), "sqlite-when-variable-missing")
    after = with_settings(f"{text}{finding.commands[0]}\n")
    assert not findings_of(report_of(tmp_path / "after", after), "sqlite-when-variable-missing")


def test_debugging_everywhere_is_ended_first(tmp_path: Path) -> None:
    text = 'DEBUG = True\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}\n'
    (finding,) = findings_of(report_of(tmp_path, with_settings(text)), "sqlite-when-variable-missing")
    assert finding.remediation.startswith("Read DEBUG from a variable")


def test_a_variable_of_the_kind_of_database_is_named(tmp_path: Path) -> None:
    text = (
        'kind = os.environ.get("SHOP_DBENGINE")\nif kind is None:\n'
        '    kind = "postgresql" if "SHOP_DBHOST" in os.environ else "sqlite3"\n'
        'if kind == "sqlite3":\n'
        '    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\n'
        'else:\n    DATABASES = {"default": {"ENGINE": f"django.db.backends.{kind}", "NAME": "shop", '
        '"HOST": os.environ.get("SHOP_DBHOST")}}\n'
    )
    (finding,) = findings_of(report_of(tmp_path, with_settings(text)), "sqlite-when-variable-missing")
    assert finding.message.startswith("Without SHOP_DBHOST and SHOP_DBENGINE DATABASES")
