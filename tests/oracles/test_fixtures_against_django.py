"""What doctor says about the fixtures is what Django comes out with when it loads them for real.

`[django]` of a fixture.toml names the settings module and the variables without which it does not load; `[boot]` names
the variables of a deployment with services.
"""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.oracles.compare_facts import Outcome, compare

FIXTURES = Path(__file__).parents[2] / "fixtures"
DUMP = Path(__file__).with_name("django_dump.py")
# Libraries read these for themselves when code of the repository calls them.
OF_LIBRARIES = {
    "CELERY_LOADER",
    "DJANGO_SETTINGS_MODULE",
    "LC_CTYPE",
    "PYDANTIC_DISABLE_PLUGINS",
    "PYDANTIC_SETTINGS_DEBUG",
    "PYTHON_DOTENV_DISABLED",
}
# wsgi.py and manage.py of the repository give this a default; django_dump.py runs neither.
SET_BY_ENTRY_POINTS = {"DJANGO_CONFIGURATION"}
# Facts that compare_facts does not ask for: the setting, and the keys of the fact.
MORE = {
    "CHANNEL_LAYERS": ("channel_layers",),
    "CSRF_TRUSTED_ORIGINS": ("csrf_trusted_origins",),
    "LOGGING_FILES": ("logging_files",),
    "MEDIA_URL": ("media", "url"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixture:
    """A repository of fixtures/ that Django can load, and how to."""

    name: str
    directory: str
    module: str
    required: Mapping[str, str]
    configured: Mapping[str, str]
    copies: Mapping[str, str]
    python: tuple[int, ...]


def read_fixtures() -> list[Fixture]:
    """All fixtures whose fixture.toml says how Django loads them."""
    found = []
    for file in sorted(FIXTURES.glob("*/fixture.toml")):
        toml = tomllib.loads(file.read_text(encoding="utf-8"))
        if django := toml.get("django"):
            found.append(
                Fixture(
                    name=file.parent.name,
                    directory=django.get("dir", "."),
                    module=django["settings"],
                    required=django.get("env", {}),
                    configured=toml["boot"].get("env", {}),
                    copies=django.get("copy", {}),
                    python=tuple(int(part) for part in django.get("python", "3.11").split(".")),
                )
            )
    return found


def load(
    fixture: Fixture, repository: Path, environment: Mapping[str, str], *celery: str
) -> subprocess.CompletedProcess[str]:
    """The process of django_dump.py, which fails when the settings do not load."""
    command = [sys.executable, "-B", str(DUMP), str(repository), fixture.directory, fixture.module, *celery]
    return subprocess.run(command, capture_output=True, text=True, env=dict(environment), timeout=60, check=False)


def loaded(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What django_dump.py printed."""
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def scan(repository: Path) -> dict[str, Any]:
    """The report document."""
    command = [sys.executable, "-m", "analyzer", "scan", str(repository), "--format", "json", "--exit-zero"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOCTOR_")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """A fixture as Django and as doctor see it; the copy is what Django loaded."""

    fixture: Fixture
    copy: Path
    bare: dict[str, Any]
    configured: dict[str, Any]
    document: dict[str, Any]

    @property
    def facts(self) -> Any:
        return self.document["facts"]


# Tests of one repository share a process, and so what Django said.
LOADABLE = [pytest.param(f, id=f.name, marks=pytest.mark.xdist_group(f.name)) for f in read_fixtures()]


@pytest.fixture(scope="module", params=LOADABLE)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Both:
    fixture: Fixture = request.param
    if sys.version_info < fixture.python:
        pytest.skip(f"needs Python {'.'.join(map(str, fixture.python))}")
    source = FIXTURES / fixture.name / "repo"
    copy = tmp_path_factory.mktemp(fixture.name) / "repo"
    shutil.copytree(source, copy)
    for origin, target in fixture.copies.items():
        shutil.copy(copy / origin, copy / target)
    document = scan(source)
    queue = document["facts"]["task_queue"]
    celery = [queue["app"]["value"]] if queue["kind"]["value"] == "celery" else []
    bare = loaded(load(fixture, copy, fixture.required, *celery))
    configured = loaded(load(fixture, copy, {**fixture.required, **fixture.configured}, *celery))
    return Both(fixture=fixture, copy=copy, bare=bare, configured=configured, document=document)


def truth_of(both: Both) -> dict[str, Any]:
    """The answers of Django, as compare_facts wants them."""
    celery = both.bare["celery"]
    app = both.facts["task_queue"]["app"].get("value")
    return {
        "is_django": True,
        "django_dir": both.fixture.directory,
        "settings": {"production": both.fixture.module},
        "values": {"production": both.bare["settings"], "production_with_services": both.configured["settings"]},
        "queue": "celery" if celery else "own",
        "celery": {**celery, "app": app} if celery else None,
    }


def test_no_fact_is_wrong(both: Both) -> None:
    wrong = [c for c in compare(truth_of(both), both.document) if c.outcome is Outcome.WRONG]
    assert wrong == []


def test_facts_without_a_field_in_the_truth_are_right_too(both: Both) -> None:
    views = (both.bare["settings"], both.configured["settings"])
    for setting, keys in MORE.items():
        fact = both.facts
        for key in keys:
            fact = fact[key]
        if not fact.get("undetermined"):
            assert (fact["value"] or type(views[0][setting])()) in [view[setting] for view in views], setting
    for key, alias in (("static", "staticfiles"), ("media", "default")):
        fact = both.facts[key]["storage"]
        if not fact.get("undetermined"):
            assert fact["value"] in [view["STORAGES"][alias] for view in views]
    for setting, fact in both.facts["secure"].items():
        if not fact.get("undetermined"):
            assert fact["value"] in [view[setting] for view in views], setting


def test_every_variable_that_was_read_is_listed_with_the_line_that_read_it(both: Both) -> None:
    listed = {variable["name"]: variable for variable in both.facts["environment"]}
    for view in (both.bare, both.configured):
        for name in view["read"].keys() - OF_LIBRARIES:
            assert name in listed
            lines = {f"{evidence['path']}:{evidence['line']}" for evidence in listed[name]["evidence"]}
            assert lines & set(view["read"][name]), (name, lines, view["read"][name])


def test_a_variable_is_required_when_the_settings_do_not_load_without_it(both: Both) -> None:
    marked = {variable["name"] for variable in both.facts["environment"] if variable["required"]}
    needed = {name for name in both.fixture.required.keys() - SET_BY_ENTRY_POINTS if not loads_without(both, name)}
    assert marked == needed


def test_the_settings_of_the_build_load_with_the_dummies_and_without_none_of_them(both: Both) -> None:
    build = both.facts["build_settings"]
    manage_py = both.copy / build["manage_py"]
    dummies = {variable["name"]: variable["dummy"] for variable in build["required"]}
    assert load_as_collectstatic(manage_py, dummies).returncode == 0, load_as_collectstatic(manage_py, dummies).stderr
    for name in dummies:
        rest = {key: value for key, value in dummies.items() if key != name}
        assert load_as_collectstatic(manage_py, rest).returncode != 0, name


AS_COLLECTSTATIC = """
import runpy, sys
from django.conf import settings
from django.core import management

management.execute_from_command_line = lambda argv: settings.INSTALLED_APPS
sys.argv[:] = ["manage.py", "collectstatic", "--noinput"]
runpy.run_path("manage.py", run_name="__main__")
"""


def load_as_collectstatic(manage_py: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """The process of manage.py as far as it loads the settings."""
    command = [sys.executable, "-B", "-c", AS_COLLECTSTATIC]
    return subprocess.run(
        command, capture_output=True, text=True, env=dict(environment), cwd=manage_py.parent, timeout=60, check=False
    )


def loads_without(both: Both, name: str) -> bool:
    rest = {key: value for key, value in both.fixture.required.items() if key != name}
    return load(both.fixture, both.copy, rest).returncode == 0
