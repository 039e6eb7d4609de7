"""heroku/python and heroku/procfile on small folders."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.buildpacks.heroku_cnb.main import predict
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction, Outcome, PredictedFailure, Step

APP = {"requirements.txt": "", ".python-version": "3.13"}


def error(prediction: BuildpackPrediction) -> PredictedFailure:
    assert prediction.error is not None
    return prediction.error


def failure(prediction: BuildpackPrediction, step: Step) -> PredictedFailure:
    return next(f for f in prediction.failures if f.step is step)


def test_detection(source: Callable[..., Source]) -> None:
    assert predict(source({"requirements": None})).detected.value
    assert predict(source({"uv.lock": ""})).group == ("heroku/python",)


@pytest.mark.parametrize("files", [{"README.md": ""}, {"venv": ""}, {"app.py": Path("nowhere")}])
def test_nothing_is_detected(source: Callable[..., Source], files: dict[str, str | Path]) -> None:
    prediction = predict(source({**files, "api/uv.lock": "", "Procfile": "web: a"}))
    assert not prediction.detected.value
    assert (error(prediction).id, error(prediction).mode) == ("ERR_FAILED_DETECTION", "B2")
    assert "build the folder api" in error(prediction).fix
    assert prediction.processes == {"web": "a"}
    assert prediction.group is None


@pytest.mark.parametrize(
    ("name", "manager", "command"),
    [
        ("requirements.txt", "pip", "pip install --no-input"),
        ("poetry.lock", "poetry", "poetry sync --compile"),
        ("uv.lock", "uv", "uv sync --locked"),
    ],
)
def test_package_manager(source: Callable[..., Source], name: str, manager: str, command: str) -> None:
    prediction = predict(source({name: "", ".python-version": "3.13"}))
    assert prediction.package_manager == manager
    assert prediction.install_command is not None
    assert prediction.install_command.startswith(command)
    assert prediction.error is None


def test_a_folder_counts_as_its_file(source: Callable[..., Source]) -> None:
    assert predict(source({"requirements.txt": None})).package_manager == "pip"


def test_two_package_managers(source: Callable[..., Source]) -> None:
    found = error(predict(source({"requirements.txt": "", "poetry.lock": "", "runtime.txt": ""})))
    assert (found.id, found.mode) == ("Multiple Python package manager files were found", "B9")
    assert [e.path for e in found.evidence] == ["requirements.txt", "poetry.lock"]


@pytest.mark.parametrize(
    ("files", "fix"),
    [
        ({"Pipfile": "", "Pipfile.lock": "{}"}, "pipenv requirements > requirements.txt"),
        ({"setup.py": ""}, "--editable ."),
        ({"manage.py": "", "requirements/prod.txt": ""}, "-r requirements/prod.txt"),
    ],
)
def test_no_package_manager(source: Callable[..., Source], files: dict[str, str], fix: str) -> None:
    found = error(predict(source(files)))
    assert (found.id, found.mode) == ("Couldn't find any supported Python package manager files", "B1")
    assert fix in found.fix


@pytest.mark.parametrize("content", ["python-3.13", "", None])
def test_runtime_txt_is_an_error_whatever_it_is(source: Callable[..., Source], content: str | None) -> None:
    found = error(predict(source({**APP, "runtime.txt": content})))
    assert (found.id, found.mode) == ("The runtime.txt file isn't supported", "B7")
    assert found.fix == "delete runtime.txt"


@pytest.mark.parametrize(
    ("content", "requested", "resolved"),
    [
        ("3.13\n", "3.13", "3.13.15"),
        ("# c\r\n\r\n3.12.4\r\n", "3.12.4", "3.12.4"),
        ("\N{NO-BREAK SPACE}3.12", "3.12", "3.12.13"),
        ("+3.012", "3.12", "3.12.13"),
        ("3.13." + "0" * 5000 + "7", "3.13.7", "3.13.7"),
        ("3.14.65535", "3.14.65535", "3.14.65535"),
    ],
)
def test_python_version(source: Callable[..., Source], content: str, requested: str, resolved: str) -> None:
    python = predict(source({**APP, ".python-version": content})).python
    assert (python.requested, python.resolved, python.origin) == (requested, resolved, ".python-version")


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("", "Invalid Python version in .python-version"),
        ("3.12\n3.13", "Invalid Python version in .python-version"),
        ("\ufeff3.12", "Invalid Python version in .python-version"),
        ("3.12\0", "Invalid Python version in .python-version"),
        ("\x1c3.12", "Invalid Python version in .python-version"),
        ("3.65536", "Invalid Python version in .python-version"),
        ("3.1" + "2" * 5000, "Invalid Python version in .python-version"),
        ("++3.12", "Invalid Python version in .python-version"),
        ("\N{ARABIC-INDIC DIGIT THREE}.12", "Invalid Python version in .python-version"),
        ("3.12".encode("utf-16"), "Unable to read .python-version"),
        ("3.9", "The requested Python version has reached end-of-life"),
        ("2.99", "The requested Python version has reached end-of-life"),
        ("3.15", "The requested Python version isn't recognised"),
        ("4.0.1", "The requested Python version isn't recognised"),
    ],
)
def test_invalid_python_version(source: Callable[..., Source], content: str | bytes, title: str) -> None:
    assert error(predict(source({**APP, ".python-version": content}))).id == title


def test_misspelt_names_silently_mean_the_default(source: Callable[..., Source]) -> None:
    prediction = predict(source({"requirements.txt": "", "python-version": "3.12", ".python-version": None}))
    assert (prediction.python.requested, prediction.python.origin) == ("3.14", "default")
    assert "E7" in [s.mode for s in prediction.statements]


def test_uv_needs_its_file(source: Callable[..., Source]) -> None:
    found = error(predict(source({"uv.lock": ""})))
    assert (found.id, found.mode) == ("No Python version was specified", "B3")


@pytest.mark.parametrize(("version", "warned"), [("3.10", True), ("3.11", False)])
def test_support_that_ends(source: Callable[..., Source], version: str, warned: bool) -> None:
    warnings = predict(source({**APP, ".python-version": version})).warnings
    assert ([w.id for w in warnings] == ["Support for Python 3.10 is deprecated"]) is warned


def test_forbidden_variables_come_first(source: Callable[..., Source]) -> None:
    found = error(predict(source({"app.py": ""}, PIP_TARGET="x", VIRTUAL_ENV="y", PIP_EXTRA_INDEX_URL="z")))
    assert found.id == "Unsafe environment variable(s) found"
    assert found.fix == "unset PIP_TARGET, VIRTUAL_ENV"


def test_allowed_variables(source: Callable[..., Source]) -> None:
    assert predict(source(APP, PIP_EXTRA_INDEX_URL="z", PYTHONPATH="y")).error is None


def test_environment(source: Callable[..., Source]) -> None:
    prediction = predict(source(APP))
    assert prediction.build_environment["CPATH"].endswith("/include/python3.13")
    assert prediction.build_environment["PIP_PYTHON"] == "<layers>/venv"
    assert prediction.run_environment["PYTHONUNBUFFERED"] == "1"
    assert "FORWARDED_ALLOW_IPS" not in prediction.run_environment


def test_hooks_and_corpora_are_ignored(source: Callable[..., Source]) -> None:
    files = {"bin/post_compile": "", "nltk.txt": "punkt"}
    told = {s.evidence[0].path: s.mode for s in predict(source({**APP, **files})).statements}
    assert told["bin/post_compile"] == "A9"
    assert "nltk.txt" in told
    assert "bin/pre_compile" not in told


# --- collectstatic


def test_collectstatic_runs(project: Callable[..., Source]) -> None:
    prediction = predict(project({}))
    assert prediction.collectstatic is not None
    assert (prediction.collectstatic.outcome, prediction.collectstatic.manage_py) == (Outcome.RUNS, "manage.py")
    assert prediction.failures == ()


def test_a_link_to_manage_py_is_enough(source: Callable[..., Source]) -> None:
    found = predict(source({**APP, "manage.py": Path("code/m.py"), "code/m.py": ""})).collectstatic
    assert found is not None
    assert (found.outcome, found.manage_py) == (Outcome.UNKNOWN, "manage.py")


def test_manage_py_below_the_root_is_not_found(project: Callable[..., Source]) -> None:
    manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "s")\nfrom django.core.management import x\n'
    prediction = predict(project({"manage.py": None, "app/manage.py": manage, "app/s.py": 'SECRET_KEY = "x"\n'}))
    assert prediction.collectstatic is not None
    assert prediction.collectstatic.outcome is Outcome.SKIPPED
    found = failure(prediction, Step.COLLECTSTATIC)
    assert (found.id, found.mode, found.evidence[0].path) == ("collectstatic::not-in-root", "A7", "app/manage.py")


def test_without_django_nothing_is_missed(source: Callable[..., Source]) -> None:
    prediction = predict(source(APP))
    assert prediction.collectstatic is not None
    assert prediction.collectstatic.outcome is Outcome.SKIPPED
    assert Step.COLLECTSTATIC not in [f.step for f in prediction.failures]


def test_it_cannot_be_disabled(project: Callable[..., Source]) -> None:
    prediction = predict(project({}, DISABLE_COLLECTSTATIC="1"))
    assert prediction.collectstatic is not None
    assert prediction.collectstatic.outcome is Outcome.RUNS
    assert "C8" in [s.mode for s in prediction.statements]


@pytest.mark.parametrize(("value", "is_told"), [("1", True), ("0", False), ("", False)])
def test_a_file_that_disables_it_in_vain(project: Callable[..., Source], value: str, is_told: bool) -> None:
    prediction = predict(project({"app.json": f'{{"env": {{\n"DISABLE_COLLECTSTATIC": "{value}"}}}}'}))
    told = [(e.path, e.line) for s in prediction.statements if s.mode == "C8" for e in s.evidence]
    assert told == ([("app.json", 2)] if is_told else [])


def test_settings_that_cannot_be_loaded(project: Callable[..., Source]) -> None:
    settings = 'import os\nSECRET_KEY = os.environ["KEY"]\nINSTALLED_APPS = ["django.contrib.staticfiles"]\n'
    found = failure(predict(project({"site_settings.py": settings})), Step.COLLECTSTATIC)
    assert (found.id, found.mode) == ("Unable to inspect Django configuration", "C1")


def test_a_missing_static_root(project: Callable[..., Source]) -> None:
    settings = 'SECRET_KEY = "x"\nINSTALLED_APPS = ["django.contrib.staticfiles"]\n'
    found = failure(predict(project({"site_settings.py": settings})), Step.COLLECTSTATIC)
    assert (found.id, found.mode) == ("Unable to generate Django static files", "C3")


def test_without_the_app_it_is_skipped(project: Callable[..., Source]) -> None:
    prediction = predict(project({"site_settings.py": 'SECRET_KEY = "x"\nINSTALLED_APPS = []\n'}))
    assert prediction.collectstatic is not None
    assert prediction.collectstatic.outcome is Outcome.SKIPPED
    assert prediction.failures == ()


# --- processes


@pytest.mark.parametrize(
    ("procfile", "default"),
    [("web: a\nworker: b", "web"), ("worker: b", "worker"), ("worker: b\nbeat: c", None), ("", None)],
)
def test_default_process(source: Callable[..., Source], procfile: str, default: str | None) -> None:
    prediction = predict(source({**APP, "Procfile": procfile}))
    assert prediction.default_process == default
    assert ("processes::none" in [f.id for f in prediction.failures]) is (default is None)
    assert prediction.group == ("heroku/python", "heroku/procfile")


def test_without_procfile_nothing_starts(source: Callable[..., Source]) -> None:
    assert failure(predict(source(APP)), Step.PROCESSES).id == "processes::none"


def test_repairs_and_duplicates_are_warned_about(source: Callable[..., Source]) -> None:
    prediction = predict(source({**APP, "Procfile": "Web: a\nweb: b\n"}))
    assert [w.id for w in prediction.warnings] == ["Procfile key has been corrected", "Duplicate key found"]
    assert prediction.processes == {"web": "b"}


@pytest.mark.parametrize(
    ("procfile", "title", "line", "fix"),
    [
        ("web: a\nrelease : b\n", "Invalid Procfile format", 2, "`release: b`"),
        ("web: a\n{% if x %}\n", "Invalid Procfile format", 2, "template"),
        ("web: a\n???\n", "Invalid Procfile format", 2, "remove it"),
        ("web: a".encode("utf-16"), "Cannot read Procfile contents", 1, "UTF-8"),
        (None, "Cannot read Procfile contents", 1, "UTF-8"),
    ],
)
def test_a_procfile_that_stops_the_build(
    source: Callable[..., Source], procfile: str | bytes | None, title: str, line: int, fix: str
) -> None:
    prediction = predict(source({**APP, "Procfile": procfile}))
    found = failure(prediction, Step.PROCESSES)
    assert (found.id, found.mode, found.evidence[0].line) == (title, "B17", line)
    assert fix in found.fix
    assert prediction.error is None
    assert prediction.processes == {}


def test_release_is_an_ordinary_process(source: Callable[..., Source]) -> None:
    prediction = predict(source({**APP, "Procfile": "web: a\nrelease: b\n"}))
    assert "A11" in [s.mode for s in prediction.statements]
