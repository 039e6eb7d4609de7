"""Remedies name a driver of PostgreSQL that the project's Django takes, and a reader that installs with it."""

from pathlib import Path

import pytest

from analyzer.rules.services import with_settings
from tests.rules.examples import PROJECT, findings_of, report_of

SQLITE = 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}\n'
POSTGRESQL = 'DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": os.environ["DB_HOST"]}}\n'


@pytest.mark.parametrize(
    ("django", "driver", "reader", "checked"),
    [
        ("django==5.2.8", "'psycopg[binary]>=3.1.8'", "'dj-database-url>=2'", True),
        ("django==4.1.13", "'psycopg2-binary>=2.9'", "'dj-database-url>=2'", True),
        ("django==1.10.5", "'psycopg2-binary<2.9'", "'dj-database-url<1'", False),
        ("django<3", "'psycopg2-binary<2.9'", "'dj-database-url<1'", False),
        ("django", "'psycopg[binary]>=3.1.8'", "'dj-database-url>=2'", True),
    ],
)
def test_of_a_file(tmp_path: Path, django: str, driver: str, reader: str, checked: bool) -> None:
    files = {**with_settings(SQLITE), "requirements.txt": f"{django}\ngunicorn==20.1.0\n"}
    (found,) = findings_of(report_of(tmp_path, files), "sqlite-on-ephemeral-disk")
    added = [one.split(" ")[2] for one in found.commands if ">> requirements.txt" in one]
    assert added == [reader, driver]
    assert any(("conn_health_checks" in one) is checked for one in found.commands if "dj_database_url.config" in one)


@pytest.mark.parametrize(
    ("django", "driver"), [("5.2.8", "'psycopg[binary]>=3.1.8'"), ("3.1.12", "'psycopg2-binary>=2.9'")]
)
def test_of_a_server(tmp_path: Path, django: str, driver: str) -> None:
    files = {**with_settings(POSTGRESQL), "requirements.txt": f"django=={django}\ngunicorn==20.1.0\n"}
    (found,) = findings_of(report_of(tmp_path, files), "database-driver-missing")
    assert [driver in one for one in found.commands] == [True]


def test_of_geodjango(tmp_path: Path) -> None:
    settings = with_settings(SQLITE.replace("db.backends.sqlite3", "contrib.gis.db.backends.spatialite"))
    (found,) = findings_of(report_of(tmp_path, settings), "sqlite-on-ephemeral-disk")
    assert any('engine="django.contrib.gis.db.backends.postgis"' in one for one in found.commands)
    assert not any("psycopg" in one for one in found.commands)


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("", 'DATABASES["default"] = dj'),
        (', "ATOMIC_REQUESTS": True', 'DATABASES["default"].update(dj'),
        (', "OPTIONS": {"timeout": 20}', 'DATABASES["default"] = dj'),
    ],
)
def test_keys_that_are_no_part_of_an_address_stay(tmp_path: Path, more: str, line: str) -> None:
    files = with_settings(SQLITE.replace('"db.sqlite3"}', f'"db.sqlite3"{more}}}'))
    (found,) = findings_of(report_of(tmp_path, files), "sqlite-on-ephemeral-disk")
    assert any(one.startswith(line) for one in found.commands)


@pytest.mark.parametrize(("name", "required"), [("settings", True), ("base", False)])
def test_settings_that_others_build_on_require_nothing(tmp_path: Path, name: str, required: bool) -> None:
    text = 'import dj_database_url\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}\n'
    files: dict[str, str | None] = {
        f"shop/{name}.py": f"import os\nfrom shop.defaults import *\n{text}",
        "shop/local.py": f"from shop.{name} import *\n\nDEBUG = True\n",
    }
    for path in ("manage.py", "shop/wsgi.py"):
        files[path] = (PROJECT / path).read_text().replace("shop.settings", f"shop.{name}")
    (found,) = findings_of(report_of(tmp_path, files), "sqlite-when-variable-missing")
    assert bool(found.commands) is required
    assert ("production alone" in found.remediation) is not required
