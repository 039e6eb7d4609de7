"""How much it matters that an app has no migrations."""

from pathlib import Path

from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of

MODEL = "from django.db import models\n\n\nclass {}(models.Model):\n    name = models.CharField(max_length=9)\n"


def test_the_users_table_stops_the_deployment_and_others_do_not(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": (
            "from shop.defaults import *\n\nINSTALLED_APPS += ['people', 'stock']\nAUTH_USER_MODEL = 'people.Person'\n"
        ),
        "people/__init__.py": "",
        "people/models.py": MODEL.format("Person"),
        "stock/__init__.py": "",
        "stock/models.py": MODEL.format("Item"),
    }
    found = {
        one.evidence[0].path: (one.severity, one.commands[1])
        for one in findings_of(report_of(tmp_path, files), "migrations-missing")
    }
    assert found == {
        "people/models.py": (Severity.BLOCKER, "git add -f people/migrations/*.py"),
        "stock/models.py": (Severity.RISK, "git add -f stock/migrations/*.py"),
    }
