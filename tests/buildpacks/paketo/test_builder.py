"""Groups, Python, install and processes of Paketo's builder; groups and versions were given by the programs."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.paketo.builder import predict
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction, Outcome

PIPENV = ("cpython", "pip", "pipenv", "pipenv-install", "python-start")
PIP = ("cpython", "pip", "pip-install", "python-start")
CONDA = ("miniconda", "conda-env-update", "python-start")
POETRY = ("cpython", "pip", "poetry", "poetry-install", "python-start")
POETRY_RUN = ("cpython", "pip", "poetry", "poetry-install", "poetry-run")
MANAGERS = ("python-package-managers-install", "python-package-managers-run", "python-start")
PLAIN = ("cpython", "python-start")
PYTHON = '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.12"\n'
BACKEND = '[build-system]\nbuild-backend = "{}"\n'
UV_LOCK = 'version = 1\nrequires-python = ">=3.12"\n'


def modes(prediction: BuildpackPrediction) -> set[str | None]:
    return {failure.mode for failure in prediction.failures}


@pytest.mark.parametrize(
    ("files", "group"),
    [
        ({"Pipfile": ""}, PIPENV),
        ({"Pipfile": "", "requirements.txt": "", "uv.lock.txt": ""}, PIPENV),
        ({"Pipfile": "", "Pipfile.lock": "{"}, PLAIN),
        ({"requirements.txt": "", "environment.yml": "", "pyproject.toml": PYTHON}, PIP),
        ({"environment.yml": "", "pyproject.toml": PYTHON}, CONDA),
        ({"pyproject.toml": PYTHON}, POETRY),
        ({"pyproject.toml": PYTHON + BACKEND.format("hatchling.build")}, POETRY),
        ({"pyproject.toml": f'{PYTHON}[tool.poetry.scripts]\nserve = "a:b"\n'}, POETRY_RUN),
        ({"pyproject.toml": PYTHON, "uv.lock": UV_LOCK}, MANAGERS),
        ({"pyproject.toml": PYTHON, "uv.lock": UV_LOCK, "requirements.txt": ""}, MANAGERS),
        ({"pyproject.toml": PYTHON, "uv.lock": UV_LOCK, "vendor": None}, ("cpython", *MANAGERS)),
        ({"pixi.toml": ""}, MANAGERS),
        ({"setup.py": ""}, PLAIN),
        ({"manage.py": "", "requirements": None}, PLAIN),
        ({"pyproject.toml": "[tool.black]\n"}, PLAIN),
        ({"Pipfile.lock": "{}"}, PLAIN),
        ({"manage.py": "", "Procfile": "web: x\n"}, (*PLAIN, "procfile")),
    ],
)
def test_group(source: Callable[..., Source], files: dict[str, str | None], group: tuple[str, ...]) -> None:
    prediction = predict(source({"manage.py": "", **files}))
    assert prediction.detected.value
    assert prediction.group == group


def test_pipfile_is_not_enough_without_anything_of_python(source: Callable[..., Source]) -> None:
    assert predict(source({"Pipfile": ""})).group is None


@pytest.mark.parametrize(
    ("files", "error", "mode", "path"),
    [
        ({}, "ERR_FAILED_DETECTION", "B2", "."),
        ({"app/requirements.txt": "", "app/manage.py": ""}, "ERR_FAILED_DETECTION", "B2", "app/requirements.txt"),
        ({"manage.py": "", "buildpack.yml": ""}, "ERR_BUILDPACK", "B20", "buildpack.yml"),
        (
            {"pyproject.toml": PYTHON + BACKEND.format("hatchling.build"), "uv.lock": UV_LOCK},
            "ERR_BUILDPACK",
            "B4",
            "pyproject.toml",
        ),
        (
            {"pyproject.toml": PYTHON + BACKEND.format("poetry.core.masonry.api"), "uv.lock": UV_LOCK},
            "ERR_FAILED_DETECTION",
            "B4",
            "pyproject.toml",
        ),
        ({"requirements.txt": "", "uv.lock": UV_LOCK}, "ERR_FAILED_DETECTION", None, "uv.lock"),
        ({"pyproject.toml": PYTHON, "uv.lock": "version = 1\n"}, "ERR_FAILED_DETECTION", None, "uv.lock"),
        ({"pyproject.toml": "[", "uv.lock": UV_LOCK}, "ERR_BUILDPACK", None, "pyproject.toml"),
    ],
)
def test_not_detected(
    source: Callable[..., Source], files: dict[str, str], error: str, mode: str | None, path: str
) -> None:
    prediction = predict(source(files))
    assert not prediction.detected.value
    assert prediction.group is None
    assert prediction.error is not None
    assert (prediction.error.id, prediction.error.mode) == (error, mode)
    assert prediction.error.evidence[0].path == path
    assert prediction.failures == (prediction.error,)


@pytest.mark.parametrize(
    ("files", "variables", "requested", "origin", "resolved"),
    [
        ({"requirements.txt": ""}, {}, "3.11.x", "default", "3.11.15"),
        ({"requirements.txt": "", ".python-version": "3.13", "runtime.txt": "x"}, {}, "3.11.x", "default", "3.11.15"),
        ({"requirements.txt": "", "pyproject.toml": PYTHON}, {}, "3.11.x", "default", "3.11.15"),
        ({"pyproject.toml": PYTHON}, {}, ">=3.12", "pyproject.toml", "3.14.7"),
        ({"pyproject.toml": PYTHON}, {"BP_CPYTHON_VERSION": "3.13"}, "3.13", "BP_CPYTHON_VERSION", "3.13.15"),
        ({"pyproject.toml": PYTHON}, {"BP_CPYTHON_VERSION": ""}, "3.11.x", "default", "3.11.15"),
        ({"requirements.txt": ""}, {"BP_CPYTHON_VERSION": "~>3.12"}, "~>3.12", "BP_CPYTHON_VERSION", "3.14.7"),
        ({"requirements.txt": ""}, {"BP_CPYTHON_VERSION": "~>3.12.12"}, "~>3.12.12", "BP_CPYTHON_VERSION", "3.12.13"),
        ({"pyproject.toml": '[project]\nrequires-python = "==3.12.13"\n'}, {}, "3.12.13", "pyproject.toml", "3.12.13"),
        ({"pyproject.toml": '[project]\nrequires-python = "~=3.12"\n'}, {}, "~=3.12", "pyproject.toml", None),
        ({"pyproject.toml": '[project]\nrequires-python = "==3.9.1"\n'}, {}, "3.9.1", "pyproject.toml", None),
        ({"Pipfile": '[requires]\npython_version = "3.12"\n', "a.py": ""}, {}, "3.12", "Pipfile", "3.12.13"),
        (
            {"Pipfile": "", "Pipfile.lock": '{"_meta": {"requires": {"python_version": "*"}}}'},
            {},
            "*",
            "Pipfile.lock",
            "3.14.7",
        ),
        (
            {"Pipfile": '[requires]\npython_version = "3.12"\n', "Pipfile.lock": "{}"},
            {},
            "3.11.x",
            "default",
            "3.11.15",
        ),
        (
            {"pyproject.toml": PYTHON, "uv.lock": 'requires-python = "==3.13.*"\n', "vendor": None},
            {},
            "3.13.*",
            "uv.lock",
            "3.13.15",
        ),
    ],
)
def test_python(
    source: Callable[..., Source],
    files: dict[str, str | None],
    variables: dict[str, str],
    requested: str,
    origin: str,
    resolved: str | None,
) -> None:
    prediction = predict(source(files, **variables))
    python = prediction.python
    assert (python.requested, python.origin, python.resolved) == (requested, origin, resolved)
    assert (prediction.error is None) == (resolved is not None)
    if prediction.error is not None:
        assert prediction.error.mode == "B13"


def test_line_of_the_version(source: Callable[..., Source]) -> None:
    lock = '{\n "_meta": {\n  "requires": {\n   "python_version": "3.9"\n  }\n }\n}\n'
    prediction = predict(source({"Pipfile": "", "Pipfile.lock": lock}))
    assert prediction.error is not None
    assert prediction.error.id == "cpython::no-compatible-version"
    assert [(e.path, e.line) for e in prediction.error.evidence] == [("Pipfile.lock", 4)]


def test_files_that_are_not_read_are_named(source: Callable[..., Source]) -> None:
    warned = predict(source({"requirements.txt": "", ".python-version": "3.13\n"})).warnings
    assert [(warning.id, warning.evidence[0].path) for warning in warned] == [
        ("python::version-file-ignored", ".python-version")
    ]
    assert predict(source({}, BP_CPYTHON_VERSION="3.13")).warnings == ()


def test_python_of_uv(source: Callable[..., Source]) -> None:
    files = {"pyproject.toml": PYTHON, "uv.lock": UV_LOCK}
    assert predict(source(files)).python.origin == "uv.lock"
    python = predict(source({".python-version": "# here\n3.13\n"})).python
    assert (python.requested, python.origin, python.resolved) == ("3.13", ".python-version", None)


@pytest.mark.parametrize(
    ("files", "variables", "manager", "command"),
    [
        (
            {"requirements.txt": ""},
            {},
            "pip",
            "pip install --exists-action=w --cache-dir=/layers/paketo-buildpacks_pip-install/cache --compile --user"
            " --disable-pip-version-check --requirement=requirements.txt",
        ),
        (
            {"a.txt": "", "b.txt": "", "w": None, "c.py": ""},
            {"BP_PIP_REQUIREMENT": "a.txt b.txt", "BP_PIP_DEST_PATH": "w"},
            "pip",
            "pip install --ignore-installed --exists-action=w --no-index --compile --user --disable-pip-version-check"
            " --requirement=a.txt --requirement=b.txt",
        ),
        ({"Pipfile": "", "a.py": ""}, {}, "pipenv", "pipenv install --skip-lock"),
        ({"Pipfile": "", "Pipfile.lock": "{}"}, {}, "pipenv", "pipenv install --deploy"),
        ({"pyproject.toml": PYTHON}, {}, "poetry", "poetry sync --only main"),
        (
            {"pyproject.toml": PYTHON},
            {"BP_POETRY_VERSION": "1.8", "BP_POETRY_INSTALL_ONLY": "main,x"},
            "poetry",
            "poetry install --sync --only main,x",
        ),
        (
            {"pyproject.toml": PYTHON, "uv.lock": UV_LOCK},
            {"BP_UV_INSTALL_GROUPS": "a,b"},
            "uv",
            "uv sync --group=a --group=b",
        ),
        (
            {"environment.yml": ""},
            {},
            "conda",
            "conda env update --prefix /layers/paketo-buildpacks_conda-env-update/conda-env"
            " --file /workspace/environment.yml",
        ),
        ({"manage.py": ""}, {}, None, None),
    ],
)  # fmt: skip
def test_install(
    source: Callable[..., Source],
    files: dict[str, str | None],
    variables: dict[str, str],
    manager: str | None,
    command: str | None,
) -> None:
    prediction = predict(source(files, **variables))
    assert (prediction.package_manager, prediction.install_command) == (manager, command)


def test_nothing_is_installed(source: Callable[..., Source]) -> None:
    assert "A1" in modes(predict(source({"manage.py": "", "requirements/base.txt": ""})))
    assert "A1" not in modes(predict(source({"requirements.txt": ""})))


def test_vendor_makes_it_an_offline_install(source: Callable[..., Source]) -> None:
    near = predict(source({"requirements.txt": "", "vendors": None}))
    assert "B19" not in modes(near)
    assert "B19" not in modes(predict(source({"vendor": None}, BP_PIP_DEST_PATH="wheels")))
    assert "B19" in modes(predict(source({})))


@pytest.mark.parametrize(
    ("files", "variables", "processes", "default"),
    [
        ({}, {}, {"web": "python"}, "web"),
        ({"Procfile": "web: a\r\nworker: b c \r\n"}, {}, {"web": "a", "worker": "b c "}, "web"),
        ({"Procfile": "web: a\nweb: b # c\n"}, {}, {"web": "b # c"}, "web"),
        ({"Procfile": "Web: a\n"}, {}, {"web": "python", "Web": "a"}, "Web"),
        ({"Procfile": "beat: a\nWorker: b\n"}, {}, {"web": "python", "beat": "a", "Worker": "b"}, "Worker"),
        ({"Procfile": "beat: a\n"}, {}, {"web": "python", "beat": "a"}, "web"),
        ({"Procfile": "  web: a\nweb : b\n\ufeffweb: c\n"}, {}, {"web": "python"}, "web"),
        ({"Procfile": "web: a\n".encode("utf-16")}, {}, {"web": "python"}, "web"),
        ({"procfile": "web: a\n"}, {}, {"web": "python"}, "web"),
        ({}, {"BP_PROCFILE_DEFAULT_PROCESS": "x"}, {"web": "x"}, "web"),
        ({"Procfile": "web: a\n"}, {"BP_PROCFILE_DEFAULT_PROCESS": "x"}, {"web": "a"}, "web"),
    ],
)
def test_processes(
    source: Callable[..., Source],
    files: dict[str, str | bytes],
    variables: dict[str, str],
    processes: dict[str, str],
    default: str,
) -> None:
    prediction = predict(source({"requirements.txt": "", **files}, **variables))
    assert prediction.processes == processes
    assert prediction.default_process == default


@pytest.mark.parametrize("content", ["worker: a\n", "web : a\n", ""])
def test_the_interpreter_is_started(source: Callable[..., Source], content: str) -> None:
    assert "A2" in modes(predict(source({"requirements.txt": "", "Procfile": content})))


@pytest.mark.parametrize("content", ["web: a\n", "WEB: a\n"])
def test_the_interpreter_is_not_started(source: Callable[..., Source], content: str) -> None:
    assert "A2" not in modes(predict(source({"requirements.txt": "", "Procfile": content})))


def test_script_of_poetry(source: Callable[..., Source]) -> None:
    written = source({"pyproject.toml": f'{PYTHON}[tool.poetry.scripts]\nserve = "a:b"\n'})
    prediction = predict(written)
    assert prediction.processes == {"web": "poetry run serve"}
    assert "A2" not in modes(prediction)
    reloading = predict(
        Source(tree=written.tree, repository=written.repository, facts=None, variables={"BP_LIVE_RELOAD_ENABLED": "1"})
    )
    assert reloading.group == ("watchexec", *POETRY_RUN)
    assert reloading.default_process == "reload-web"


def test_a_procfile_that_is_left_out(source: Callable[..., Source]) -> None:
    prediction = predict(source({"requirements.txt": "", "Procfile": "# start\nweb : gunicorn a\n"}))
    failure = next(failure for failure in prediction.failures if failure.id == "procfile::no-processes")
    assert (failure.mode, failure.evidence[0].line) == ("B17", 2)
    assert prediction.group == PIP


def test_a_line_that_is_left_out(source: Callable[..., Source]) -> None:
    prediction = predict(source({"requirements.txt": "", "Procfile": "release : migrate\nweb: gunicorn a\n# x: y\n"}))
    assert [(warning.id, warning.evidence[0].line) for warning in prediction.warnings] == [
        ("procfile::line-ignored", 1)
    ]


def test_release_is_a_process_like_any_other(source: Callable[..., Source]) -> None:
    prediction = predict(source({"requirements.txt": "", "Procfile": "web: a\nrelease: b\n"}))
    assert [s.evidence[0].line for s in prediction.statements if s.mode == "A11"] == [2]


def test_what_never_happens(source: Callable[..., Source]) -> None:
    prediction = predict(source({"requirements.txt": "", "manage.py": "", "bin/post_compile": "x"}))
    assert prediction.collectstatic is not None
    assert prediction.collectstatic.outcome is Outcome.SKIPPED
    said = {statement.mode: statement.evidence[0].path for statement in prediction.statements if statement.mode}
    assert said["A9"] == "bin/post_compile"


def test_a_hook_that_is_not_there_is_not_told(source: Callable[..., Source]) -> None:
    prediction = predict(source({"requirements.txt": "", "bin/deploy": "x", "pre_compile": "x"}))
    assert all(statement.mode != "A9" for statement in prediction.statements)


def test_environment(source: Callable[..., Source]) -> None:
    prediction = predict(source({"requirements.txt": ""}))
    assert prediction.build_environment == {"PYTHONPYCACHEPREFIX": "/tmp"}
    assert "/lib/python3.11/site-packages" in prediction.run_environment["PYTHONPATH"]
    assert "PYTHONUNBUFFERED" not in prediction.run_environment


@pytest.mark.parametrize(
    ("files", "variables", "mode"),
    [
        ({"requirements.txt": "Django==6.0.1\n"}, {}, "B12"),
        ({"requirements.txt": "Django==6.0.1\n"}, {"BP_CPYTHON_VERSION": "3.12"}, None),
        ({"requirements.txt": "Django==3.2.25\n"}, {"BP_CPYTHON_VERSION": "3.13"}, "B11"),
        ({"requirements.txt": "Django==3.2.25\n"}, {}, None),
        ({"requirements.txt": "Django==2.1.15\n"}, {}, "B11"),
    ],
)
def test_django_and_python(
    project: Callable[..., Source], files: dict[str, str], variables: dict[str, str], mode: str | None
) -> None:
    assert modes(predict(project(files, **variables))) & {"B11", "B12"} == ({mode} if mode else set())


def test_static_files_that_nobody_collects(project: Callable[..., Source]) -> None:
    assert "A8" in {statement.mode for statement in predict(project({})).statements}
    without = project({"site_settings.py": 'INSTALLED_APPS = []\nSECRET_KEY = "x"\n'})
    assert "A8" not in {statement.mode for statement in predict(without).statements}


def test_where_the_web_process_listens(project: Callable[..., Source]) -> None:
    fixed = predict(project({"Procfile": "web: gunicorn shop.wsgi -b 127.0.0.1:9000\n"}))
    assert "E1" in modes(fixed)
    assert "E1" not in modes(predict(project({"Procfile": "web: gunicorn shop.wsgi\n"})))
