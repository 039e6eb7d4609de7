"""Groups, Python, install and processes of Google's builders; groups and commands were given by the programs."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.google.builder import predict_22, predict_24
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction, Outcome

MISSING, TOLD = "python.missing-entrypoint", "config.entrypoint"
SCRIPT = '[project]\nname = "a"\n[project.scripts]\n{} = "a:b"\n'


def modes(prediction: BuildpackPrediction) -> set[str | None]:
    return {failure.mode for failure in prediction.failures}


def ids(prediction: BuildpackPrediction) -> set[str]:
    return {failure.id for failure in prediction.failures}


@pytest.mark.parametrize(
    ("files", "in_22", "in_24"),
    [
        ({}, ("webserver", "pip", MISSING), ("webserver", "uv", MISSING)),
        ({"Procfile": ""}, (TOLD,), (TOLD,)),
        ({"requirements.txt": "gunicorn"}, ("pip", MISSING), ("uv", MISSING)),
        ({"requirements.txt": "", "Procfile": ""}, ("pip", TOLD), ("uv", TOLD)),
        ({"requirements.txt": "gunicorn", ".python-version": "3.13"}, ("pip", MISSING), ("pip", MISSING)),
        ({"pyproject.toml": ""}, ("uv", MISSING), ("uv", MISSING)),
        ({"pyproject.toml": "[tool.poetry]\n"}, ("poetry", MISSING), ("poetry", MISSING)),
        ({"pyproject.toml": "", "uv.lock": "", "poetry.lock": "", "Procfile": ""}, ("poetry", TOLD), ("poetry", TOLD)),
        ({"pyproject.toml": "[tool.poetry]\n", "requirements.txt": "gunicorn"}, ("pip", MISSING), ("uv", MISSING)),
        ({"Pipfile": "", "Pipfile.lock": "{}"}, ("webserver", "pip", MISSING), ("webserver", "uv", MISSING)),
    ],
)  # fmt: skip
def test_group(
    source: Callable[..., Source], files: dict[str, str], in_22: tuple[str, ...], in_24: tuple[str, ...]
) -> None:
    written = source({"manage.py": "", **files})
    for prediction, names in ((predict_22(written), in_22), (predict_24(written), in_24)):
        full = tuple(name if "." in name else f"python.{name}" for name in ("runtime", *names))
        assert prediction.group == full


@pytest.mark.parametrize(
    ("files", "group", "processes"),
    [
        ({"package.json": "{}"}, ("nodejs.runtime", "nodejs.npm"), {"web": "node index.js"}),
        ({"package.json": '{"scripts": {"start": "x"}}'}, ("nodejs.runtime", "nodejs.npm"), {"web": "npm run start"}),
        (
            {"package.json": '{"main": "a.js"}', "yarn.lock": ""},
            ("nodejs.runtime", "nodejs.yarn"),
            {"web": "node a.js"},
        ),
        ({"package.json": "["}, ("nodejs.runtime", "nodejs.npm"), {"web": "node index.js"}),
    ],
)
def test_a_package_json_wins_without_a_procfile(
    source: Callable[..., Source], files: dict[str, str], group: tuple[str, ...], processes: dict[str, str]
) -> None:
    prediction = predict_24(source({"manage.py": "", "requirements.txt": "", **files}))
    assert (prediction.group, prediction.processes) == (group, processes)
    assert prediction.failures[0].mode == "A5"
    assert prediction.error is None


def test_a_package_json_does_not_win_over_a_procfile(source: Callable[..., Source]) -> None:
    prediction = predict_24(source({"manage.py": "", "package.json": "{}", "Procfile": "web: x\n"}))
    assert prediction.group == ("python.runtime", TOLD)
    assert "A5" not in modes(prediction)


def test_an_app_of_node_is_no_failure(source: Callable[..., Source]) -> None:
    prediction = predict_24(source({"package.json": "{}", "Procfile": "web: x\n"}))
    assert prediction.group == ("nodejs.runtime", "nodejs.npm", TOLD)
    assert prediction.processes == {"web": "x"}
    assert prediction.failures == ()


def test_not_detected(source: Callable[..., Source]) -> None:
    prediction = predict_22(source({"README": "", "node_modules/a.py": ""}))
    assert not prediction.detected.value
    assert prediction.error is not None
    assert (prediction.error.id, prediction.error.mode) == ("ERR_FAILED_DETECTION", "B2")


@pytest.mark.parametrize(
    ("content", "requested", "resolved", "failure"),
    [
        ("3.12\n", "3.12", None, None),
        (" 3.12.4\r\n", "3.12.4", "3.12.4", None),
        ("3.14.0rc1", "3.14.0rc1", "3.14.0rc1", None),
        ("3.12.*", "3.12.*", None, None),
        ("3.12.x", "3.12.x", None, "python.missing-entrypoint::version"),
        (">=3.12", ">=3.12", None, "python.missing-entrypoint::version"),
        ("# here\n3.12\n", "# here\n3.12", None, "python.runtime::invalid-version"),
        ("3.12\n3.11\n", "3.12\n3.11", None, "python.runtime::invalid-version"),
        ("\ufeff3.12", "\ufeff3.12", None, "python.runtime::invalid-version"),
        ("python-3.12", "python-3.12", None, "python.runtime::invalid-version"),
        ("pypy3.10", "pypy3.10", None, "python.runtime::invalid-version"),
        ("\n \n", None, None, "python.runtime::no-version"),
        (None, None, None, "python.runtime::unreadable-version-file"),
    ],
)
def test_python_version_file(
    source: Callable[..., Source], content: str | None, requested: str | None, resolved: str | None, failure: str | None
) -> None:
    prediction = predict_22(source({"main.py": "app = 1\n", ".python-version": content}))
    assert (prediction.python.requested, prediction.python.resolved) == (requested, resolved)
    assert (prediction.error.id if prediction.error is not None else None) == failure
    assert prediction.error is None or prediction.error.mode == "B14"


def test_a_wildcard_letter_is_read_where_something_says_what_to_start(source: Callable[..., Source]) -> None:
    files = {"main.py": "", ".python-version": "3.12.x", "Procfile": "web: x\n"}
    assert predict_22(source(files)).error is None


def test_the_line_of_the_version(source: Callable[..., Source]) -> None:
    prediction = predict_22(source({"main.py": "", ".python-version": "\n\n3.12\n"}))
    assert prediction.python.evidence[0].line == 3


@pytest.mark.parametrize(
    ("variables", "requested", "origin"),
    [
        ({}, "3.13.*", "default"),
        ({"GOOGLE_RUNTIME_VERSION": "3.11"}, "3.11", "GOOGLE_RUNTIME_VERSION"),
        ({"GOOGLE_RUNTIME_VERSION": "3.11", "GOOGLE_PYTHON_VERSION": "3.12"}, "3.12", "GOOGLE_PYTHON_VERSION"),
    ],
)
def test_python_by_variable(
    source: Callable[..., Source], variables: dict[str, str], requested: str, origin: str
) -> None:
    prediction = predict_22(source({"main.py": "", "runtime.txt": "python-3.9"}, **variables))
    assert (prediction.python.requested, prediction.python.origin) == (requested, origin)
    assert ("B16" in {warning.mode for warning in prediction.warnings}) == (origin == "default")


@pytest.mark.parametrize(
    ("content", "processes"),
    [
        ("web: a\nworker: b\n", {"web": "a", "worker": "b"}),
        ("web: a\nweb: b\n", {"web": "a"}),
        ("web: a # tail \r\nmy_worker: b\r\n", {"web": "a # tail", "my_worker": "b"}),
        ("web: a\nmy-worker: b\n", {"web": "a"}),
        ("web:\nworker: b\n", {"web": "worker: b"}),
        ("release : m\nweb:a", {"web": "a"}),
    ],
)
def test_procfile(source: Callable[..., Source], content: str, processes: dict[str, str]) -> None:
    prediction = predict_22(source({"manage.py": "", "Procfile": content}))
    assert prediction.processes == processes
    assert prediction.default_process == "web"
    assert prediction.error is None


@pytest.mark.parametrize(
    ("content", "failure", "line"),
    [
        ("", "config.entrypoint::no-processes", 1),
        ("# start\n  web: a\n", "config.entrypoint::no-processes", 2),
        ("web: a\n".encode("utf-16"), "config.entrypoint::no-processes", 1),
        ("worker: a\nWeb: b\n", "config.entrypoint::no-web", 1),
        (None, "config.entrypoint::unreadable", 1),
    ],
)
def test_procfile_that_stops_the_build(
    source: Callable[..., Source], content: str | bytes | None, failure: str, line: int
) -> None:
    prediction = predict_22(source({"manage.py": "", "Procfile": content}))
    assert prediction.error is not None
    assert (prediction.error.id, prediction.error.evidence[0].line) == (failure, line)
    assert prediction.processes == {}
    assert prediction.default_process is None


def test_what_the_procfile_says_in_vain(source: Callable[..., Source]) -> None:
    prediction = predict_22(source({"manage.py": "", "Procfile": "web: a\nweb: b\nrelease : c\n# x: y\n"}))
    warned = {(warning.id, warning.evidence[0].line) for warning in prediction.warnings}
    assert {("config.entrypoint::duplicate", 2), ("config.entrypoint::line-ignored", 3)} <= warned
    assert not any(line == 4 for _, line in warned)


@pytest.mark.parametrize(
    ("files", "version", "command"),
    [
        ({"main.py": ""}, "3.12", "gunicorn -b :8080 main:app"),
        ({"main.py": "", "app.py": ""}, "3.13", "gunicorn -b :8080 main:app"),
        ({"app.py": "", "requirements.txt": "uvicorn\n"}, "3.12", "gunicorn -b :8080 app:app"),
        ({"app.py": "", "requirements.txt": "uvicorn\n"}, "3.13", "uvicorn app:app --port 8080 --host 0.0.0.0"),
        ({"app.py": "", "requirements.txt": "uvicorn\ngunicorn\n"}, "3.13", "gunicorn -b :8080 app:app"),
        ({"app.py": "", "requirements.txt": "fastapi[standard]"}, "3.13", "uvicorn app:app --port 8080 --host 0.0.0.0"),
        ({"app.py": "", "requirements.txt": "gradio\n"}, "3.14", "python app.py"),
        (
            {"main.py": "", "requirements.txt": "streamlit"},
            "3.13",
            "streamlit run main.py --server.address 0.0.0.0 --server.port 8080",
        ),
        ({"a.py": "", "requirements.txt": "google-adk\n"}, "3.13", "adk api_server --port 8080 --host 0.0.0.0"),
        (
            {"a.py": "", "pyproject.toml": '[project]\ndependencies = ["google-adk"]\n'},
            "3.13",
            "adk api_server --port 8080 --host 0.0.0.0",
        ),
        (
            {"main.py": "", "pyproject.toml": '[tool.poetry.dependencies]\nuvicorn = "*"\n'},
            "3.13",
            "uvicorn main:app --port 8080 --host 0.0.0.0",
        ),
        ({"requirements.txt": "", "pyproject.toml": SCRIPT.format("x")}, "3.13", "gunicorn -b :8080 app:app"),
        ({"a.py": "", "pyproject.toml": SCRIPT.format("serve")}, "3.13", "uv run serve"),
        ({"main.py": "", "pyproject.toml": SCRIPT.format("serve")}, "3.12", "uv run serve"),
        ({"a.py": "", "pyproject.toml": '[tool.poetry.scripts]\nrun = "a:b"\n'}, "3.13", "poetry run run"),
        ({"a.py": "", "pyproject.toml": f'{SCRIPT.format("start")}other = "a:c"\n'}, "3.13", "uv run start"),
    ],
)  # fmt: skip
def test_guess(source: Callable[..., Source], files: dict[str, str], version: str, command: str) -> None:
    prediction = predict_22(source({"a.py": "", **files, ".python-version": version}))
    assert prediction.processes == {"web": command}
    assert prediction.error is None


@pytest.mark.parametrize(
    ("files", "failure"),
    [
        ({"manage.py": "", "app/main.py": ""}, "python.missing-entrypoint"),
        ({"a.py": "", "requirements.txt": "google-adk\n", ".python-version": "3.12"}, "python.missing-entrypoint"),
        ({"a.py": "", "pyproject.toml": ""}, "python.missing-entrypoint::pyproject"),
        ({"a.py": "", "pyproject.toml": f'{SCRIPT.format("a")}b = "a:c"\n'}, "python.missing-entrypoint::pyproject"),
        ({"a.py": "", "pyproject.toml": "[project.scripts]\na = {x = 1}\n"}, "python.missing-entrypoint::pyproject"),
        (
            {"main.py": "", "pyproject.toml": '[project]\ndependencies = "x"\n'},
            "python.missing-entrypoint::unreadable",
        ),
    ],
)
def test_no_guess(source: Callable[..., Source], files: dict[str, str], failure: str) -> None:
    prediction = predict_22(source(files))
    assert prediction.error is not None
    assert prediction.error.id == failure
    assert prediction.processes == {}


def test_a_broken_pyproject_stops_the_install_first(source: Callable[..., Source]) -> None:
    prediction = predict_22(source({"main.py": "", "pyproject.toml": "[project\nx"}))
    assert prediction.error is not None
    assert (prediction.error.id, prediction.error.evidence[0].line) == ("python.uv::pyproject", 1)
    assert "python.missing-entrypoint::unreadable" in ids(prediction)


@pytest.mark.parametrize(
    ("files", "mode"),
    [
        ({"requirements.txt": "gunicorn", "pyproject.toml": ""}, "A3"),
        ({"main.py": "# app\n", "requirements.txt": "gunicorn"}, "A3"),
        ({"main.py": "from a import b as app\n", "requirements.txt": "gunicorn"}, None),
        ({"main.py": "from a import *\n", "requirements.txt": "gunicorn"}, None),
        ({"pyproject.toml": SCRIPT.format("serve")}, "A4"),
        ({"pyproject.toml": SCRIPT.format("start")}, None),
        ({"Pipfile": "", "main.py": "app = 1\n"}, "A6"),
        ({"Pipfile": "", "main.py": "app = 1\n", "requirements.txt": ""}, None),
    ],
)
def test_images_that_are_useless(source: Callable[..., Source], files: dict[str, str], mode: str | None) -> None:
    prediction = predict_22(source({"manage.py": "", **files}))
    assert prediction.error is None
    assert modes(prediction) == ({mode} if mode else set())


def test_gunicorn_that_nothing_installs(source: Callable[..., Source]) -> None:
    name = "python.missing-entrypoint::no-server"
    assert name in ids(predict_22(source({"main.py": "app = 1\n", "pyproject.toml": "[project]\ndependencies = []\n"})))
    assert name not in ids(predict_22(source({"pyproject.toml": '[project]\ndependencies = ["gunicorn"]\n'})))


@pytest.mark.parametrize(
    ("files", "variables", "manager", "command"),
    [
        (
            {"requirements.txt": ""},
            {"GOOGLE_VENDOR_PIP_DEPENDENCIES": "wheels"},
            "pip",
            "python3 -m pip install --requirement requirements.txt --upgrade --upgrade-strategy only-if-needed"
            " --no-warn-script-location --no-warn-conflicts --force-reinstall --no-compile --disable-pip-version-check"
            " --no-cache-dir --no-index --find-links wheels --user",
        ),
        (
            {"requirements.txt": ""},
            {"GOOGLE_PYTHON_PACKAGE_MANAGER": "uv"},
            "uv",
            "uv pip install -r requirements.txt --reinstall --link-mode=copy --no-cache",
        ),
        (
            {"pyproject.toml": "", ".python-version": "3.13.1"},
            {},
            "uv",
            "uv sync --active --link-mode=copy --python 3.13.1",
        ),
        (
            {"pyproject.toml": "", "poetry.lock": ""},
            {},
            "poetry",
            "poetry install --no-interaction --sync --only main --no-root",
        ),
        ({"Procfile": "web: x"}, {}, None, None),
    ],
)
def test_install(
    source: Callable[..., Source],
    files: dict[str, str],
    variables: dict[str, str],
    manager: str | None,
    command: str | None,
) -> None:
    prediction = predict_22(source({"main.py": "", **files}, **variables))
    assert (prediction.package_manager, prediction.install_command) == (manager, command)


def test_environment(source: Callable[..., Source]) -> None:
    prediction = predict_22(source({"main.py": "", "requirements.txt": "gradio"}))
    assert prediction.build_environment == {"PYTHONUSERBASE": "/layers/google.python.pip/pip"}
    assert prediction.run_environment["PYTHONUNBUFFERED"] == "TRUE"
    assert prediction.run_environment["GRADIO_SERVER_PORT"] == "8080"


def test_what_never_happens(source: Callable[..., Source]) -> None:
    prediction = predict_22(source({"manage.py": "", "bin/pre_compile": "", "Procfile": "web: a\nrelease: b\n"}))
    assert prediction.collectstatic is not None
    assert prediction.collectstatic.outcome is Outcome.SKIPPED
    said = {s.mode: (s.evidence[0].path, s.evidence[0].line) for s in prediction.statements if s.mode is not None}
    assert said["A9"] == ("bin/pre_compile", 1)
    assert said["A11"] == ("Procfile", 2)


@pytest.mark.parametrize(
    ("files", "language"),
    [
        ({"tools/x.go": ""}, "Go"),
        ({"pom.xml": ""}, "Java"),
        ({"a/b.php": ""}, "PHP"),
        ({"a/b.php": "", "Procfile": "web: x"}, None),
        ({"a/b.java": "", "node_modules/x.go": "", "gopher.md": ""}, None),
    ],
)
def test_other_languages(source: Callable[..., Source], files: dict[str, str], language: str | None) -> None:
    warned = [w for w in predict_22(source({"main.py": "", **files})).warnings if w.id == "builder::other-language"]
    assert len(warned) == (1 if language else 0)
    assert all(language is not None and language in warning.message for warning in warned)


@pytest.mark.parametrize(
    ("files", "mode"),
    [
        ({"requirements.txt": "Django==3.2.25\n", ".python-version": "3.13"}, "B11"),
        ({"requirements.txt": "Django==3.2.25\n", ".python-version": "3.11"}, None),
        ({"requirements.txt": "Django==6.0.1\n", ".python-version": "3.11.*"}, "B12"),
        ({"requirements.txt": "Django==6.0.1\n", ".python-version": "3.12"}, None),
    ],
)
def test_django_and_python(project: Callable[..., Source], files: dict[str, str], mode: str | None) -> None:
    assert modes(predict_22(project(files))) & {"B11", "B12"} == ({mode} if mode else set())


def test_static_files_that_nobody_collects(project: Callable[..., Source]) -> None:
    assert "A8" in {statement.mode for statement in predict_24(project({})).statements}
    without = project({"site_settings.py": 'INSTALLED_APPS = []\nSECRET_KEY = "x"\n'})
    assert "A8" not in {statement.mode for statement in predict_24(without).statements}


def test_where_the_web_process_listens(project: Callable[..., Source]) -> None:
    fixed = predict_24(project({"Procfile": "web: gunicorn shop.wsgi -b 0.0.0.0:9000\n"}))
    assert "E5" in modes(fixed)
    assert "E5" not in modes(predict_24(project({"Procfile": "web: gunicorn shop.wsgi -b 0.0.0.0:8080\n"})))
