"""The deployment stops at the first database alone: a further one with a fixed server is missed by its pages."""

from pathlib import Path

from analyzer.model.finding import Severity
from analyzer.rules.services import POSTGRESQL, with_settings
from tests.rules.examples import findings_of, report_of

SETTINGS = """DATABASES = {{
    "default": {{
{first}    }},
    "old-shop": {{"ENGINE": "django.db.backends.postgresql", "NAME": "old", "HOST": "10.0.0.5"}},
}}
"""


def test_a_further_database(tmp_path: Path) -> None:
    files = with_settings(SETTINGS.format(first=POSTGRESQL))
    (found,) = findings_of(report_of(tmp_path, files), "database-address-fixed")
    assert found.severity is Severity.RISK
    assert 'config("OLD_SHOP_DATABASE_URL", ' in found.commands[-1]


def test_the_first_one(tmp_path: Path) -> None:
    first = '        "ENGINE": "django.db.backends.postgresql", "HOST": "10.0.0.5",\n'
    severities = {
        one.message.split(" ")[0]: one.severity
        for one in findings_of(
            report_of(tmp_path, with_settings(SETTINGS.format(first=first))), "database-address-fixed"
        )
    }
    assert severities == {"DATABASES['default']": Severity.BLOCKER, "DATABASES['old-shop']": Severity.RISK}


def test_a_server_that_is_not_named(tmp_path: Path) -> None:
    settings = with_settings('DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}\n')
    (found,) = findings_of(report_of(tmp_path / "pg", settings), "database-address-fixed")
    assert "unless PGHOST names one" in found.message
    settings = with_settings('DATABASES = {"default": {"ENGINE": "django.db.backends.mysql", "NAME": "shop"}}\n')
    (found,) = findings_of(report_of(tmp_path / "mysql", settings), "database-address-fixed")
    assert "PGHOST" not in found.message
    assert not any("psycopg" in one for one in found.commands)


def test_a_part_of_a_further_database(tmp_path: Path) -> None:
    further = POSTGRESQL.replace('os.environ["DB_HOST"]', 'os.environ["OLD_HOST"]').replace(
        'os.environ["DB_PORT"]', "5432"
    )
    settings = with_settings(f'DATABASES = {{"default": {{\n{POSTGRESQL}}}, "old": {{\n{further}}}}}\n')
    (found,) = findings_of(report_of(tmp_path, settings), "database-parts-fixed")
    assert found.message.startswith("DATABASES['old'] has port 5432")
    assert found.severity is Severity.RISK
