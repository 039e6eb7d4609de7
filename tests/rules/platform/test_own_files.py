"""What a Dockerfile or a Compose file of the project has, said in its own words."""

from pathlib import Path

import pytest

from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of


@pytest.mark.parametrize(
    ("check", "urls", "path"),
    [
        ("curl -f http://localhost:8000/health/ || exit 1", "", "/health/"),
        ("./alive.sh", 'path("health/", ready, name="health")', "/health/"),
        ("./alive.sh", "", None),
    ],
)
def test_the_path_of_the_health_check(tmp_path: Path, check: str, urls: str, path: str | None) -> None:
    text = f"FROM python:3.13\nRUN pip install django\nHEALTHCHECK CMD {check}\nCMD gunicorn shop.wsgi\n"
    code = f"from django.urls import path\n\nfrom shop.views import ready\n\nurlpatterns = [{urls}]\n"
    settings = "from shop.defaults import *\n\nMIDDLEWARE = MIDDLEWARE[1:]\n"
    files = {"Dockerfile": text, "shop/urls.py": code, "shop/settings.py": settings}
    (found,) = findings_of(report_of(tmp_path, files), "dockerfile-health-check-unused")
    assert found.commands == (("health_check:", f"  http_path: {path}") if path is not None else ())
    assert ("without a login" in found.remediation) is (path is None)


@pytest.mark.parametrize(
    ("path", "severity"), [("docker-compose.yml", Severity.RISK), ("docker-compose.dev.yml", Severity.ADVICE)]
)
def test_a_service_of_laptops_matters_less(tmp_path: Path, path: str, severity: Severity) -> None:
    text = "services:\n  search:\n    image: elasticsearch:8.15.0\n"
    found = findings_of(report_of(tmp_path, {path: text}), "service-not-offered")
    assert [one.severity for one in found] == [severity]


@pytest.mark.parametrize(
    ("script", "moved", "said"),
    [
        (
            "while ! nc -z db 5432; do sleep 1; done\npython manage.py flush --no-input\npython manage.py migrate\n",
            False,
            ("`flush` (entrypoint.sh:3) deletes the data", "`migrate` is in the plan as a job", "nothing has to wait"),
        ),
        ("until pg_isready; do sleep 1; done\npython manage.py loaddata a.json\n", True, ("nothing has to wait",)),
        ("export MODE=production\npython manage.py collectstatic\n", True, ("as the build of the image",)),
    ],
)
def test_what_of_an_entrypoint_is_to_be_moved(tmp_path: Path, script: str, moved: bool, said: tuple[str, ...]) -> None:
    files: dict[str, str | None] = {
        "Dockerfile": 'FROM python:3.13\nRUN pip install django\nENTRYPOINT ["./entrypoint.sh"]\n',
        "entrypoint.sh": f"#!/bin/sh\n{script}",
    }
    (found,) = findings_of(report_of(tmp_path, files), "dockerfile-entrypoint-skipped")
    assert found.remediation.startswith("Move what the script does" if moved else "Nothing of the script")
    assert all(text in found.remediation for text in said)
    assert ("deletes the data" in found.remediation) is ("flush" in script)
