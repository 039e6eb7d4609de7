"""Install commands in shell text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.install_commands import Install, extras_of, install_commands


def found(script: str) -> list[Install]:
    return [install for _, install in install_commands(script)]


def names(*words: str) -> frozenset[str]:
    return frozenset(words)


@pytest.mark.parametrize(
    ("script", "requirements"),
    [
        ("pip install -r requirements.txt", ("requirements.txt",)),
        ("pip3.12 install --no-cache-dir -r base.txt -r prod.txt", ("base.txt", "prod.txt")),
        ("python -m pip install --requirement=requirements.txt", ("requirements.txt",)),
        ("/opt/venv/bin/pip install -rrequirements.txt", ("requirements.txt",)),
        ("pip --disable-pip-version-check install -r x.txt", ("x.txt",)),
        ("pip --proxy http://p install -r x.txt", ("x.txt",)),
        ("sudo -H pip install -r x.txt", ("x.txt",)),
        ("pip wheel --wheel-dir /wheels -r x.txt", ("x.txt",)),
        ("uv pip install --system -r x.txt", ("x.txt",)),
        ("uv pip sync x.txt", ("x.txt",)),
        ("pip-sync", ("requirements.txt",)),
        ("pip-sync a.txt b.txt", ("a.txt", "b.txt")),
        ("apt-get update && pip install -r x.txt; echo done", ("x.txt",)),
        ('bash -c "pip install -r x.txt"', ("x.txt",)),
        ("if true; then\n  pip install \\\n    -r x.txt\nfi", ("x.txt",)),
    ],
)
def test_requirements_files_of_pip(script: str, requirements: tuple[str, ...]) -> None:
    [install] = found(script)
    assert (install.manager, install.requirements) == ("pip", requirements)


def test_constraints_packages_and_projects_of_pip() -> None:
    [install] = found(
        "pip install -c pins.txt -i https://example.org -e .[prod,S3] gunicorn 'psycopg[c]>=3' /wheels/*.whl"
    )
    assert install == Install(
        manager="pip",
        constraints=("pins.txt",),
        packages=("gunicorn", "psycopg[c]>=3"),
        projects=(".[prod,S3]",),
        activation=Activation(extras=names("prod", "s3")),
    )


@pytest.mark.parametrize(
    "script",
    [
        "echo pip install -r x.txt",
        "# pip install -r x.txt",
        "pip freeze",
        "pip install --help",
        "pip-compile x.in",
        "uv lock",
        "uv pip compile x.in",
        "uv tool install ruff",
        "poetry build",
        "poetry config virtualenvs.create false",
        "conda activate x",
        "pipx install poetry",
        "python setup.py sdist",
        "npm install",
        "conda install -c conda-forge git",
    ],
)
def test_what_installs_nothing_of_the_project(script: str) -> None:
    assert found(script) == []


@pytest.mark.parametrize(
    ("script", "manager", "activation"),
    [
        ("uv sync --frozen --no-dev", "uv", Activation(default_groups=True)),
        ("uv sync --locked --no-default-groups", "uv", Activation()),
        (
            "uv sync --extra s3 --extra=redis --group web",
            "uv",
            Activation(extras=names("s3", "redis"), groups=names("web"), default_groups=True),
        ),
        ("uv sync --only-group web", "uv", Activation(groups=names("web"))),
        (
            "uv --project app sync --all-extras --no-group docs",
            "uv",
            Activation(all_extras=True, without=names("docs"), default_groups=True),
        ),
        ("uv sync --all-groups", "uv", Activation(all_groups=True, default_groups=True)),
        ("poetry install --only main", "poetry", Activation(groups=names("main"))),
        ("poetry install --no-dev", "poetry", Activation()),
        (
            "poetry install --without dev,docs -E 'pg redis'",
            "poetry",
            Activation(all_groups=True, without=names("dev", "docs"), extras=names("pg", "redis")),
        ),
        ("poetry -C app install", "poetry", Activation(all_groups=True)),
        ("poetry export --with prod -o requirements.txt", "poetry", Activation(groups=names("prod"))),
        ("pipenv install --system --deploy", "pipenv", Activation()),
        ("pipenv sync --categories 'packages Web'", "pipenv", Activation(groups=names("packages", "web"))),
        ("pdm sync -G s3 --prod", "pdm", Activation(groups=names("s3"), extras=names("s3"))),
        ("pip install --group web", "pip", Activation(groups=names("web"))),
    ],
)
def test_managers_with_extras_and_groups(script: str, manager: str, activation: Activation) -> None:
    [install] = found(script)
    assert (install.manager, install.activation, install.development) == (manager, activation, False)


@pytest.mark.parametrize(
    "script",
    [
        "pipenv install --dev",
        "pipenv sync -d",
        "uv sync --dev",
        "uv sync --group dev",
        "poetry install --with dev,prod",
        "pip install -e .[dev]",
        "pip install .[prod,test]",
        "pdm install -d",
        "uv sync --extra tests",
    ],
)
def test_development_installs(script: str) -> None:
    [install] = found(script)
    assert install.development


@pytest.mark.parametrize(
    ("script", "install"),
    [
        ("conda env create -f env.yml", Install(manager="conda", requirements=("env.yml",))),
        ("mamba env update --file=env.yml", Install(manager="conda", requirements=("env.yml",))),
        ("micromamba install -y -n base -f env.yml", Install(manager="conda", requirements=("env.yml",))),
        ("python setup.py install", Install(manager="setuptools", projects=(".",))),
        ("python setup.py develop", Install(manager="setuptools", projects=(".",))),
    ],
)
def test_conda_and_setuptools(script: str, install: Install) -> None:
    assert found(script) == [install]


def test_lines_of_commands() -> None:
    script = "set -e\n\npip install poetry\nif [ -f x ]; then\n  poetry install \\\n --no-root\nfi\n"
    assert [(line, install.manager) for line, install in install_commands(script)] == [(3, "pip"), (5, "poetry")]


def test_shells_inside_shells_are_opened_to_a_depth() -> None:
    assert found("""sh -c 'bash -c "pip install x"'""")[0].packages == ("x",)


@pytest.mark.parametrize(
    ("project", "extras"),
    [(".", names()), (".[a]", names("a")), ("./lib[A_b, c]", names("a-b", "c")), (".[]", names())],
)
def test_extras_of_a_project(project: str, extras: frozenset[str]) -> None:
    assert extras_of(project) == extras


@given(
    st.lists(
        st.sampled_from(
            ["pip", "uv", "poetry", "install", "sync", "-r", "-c", "--group", "'", '"', "\\", "\n", "x", "$(", ";", "["]
        ),
        max_size=14,
    )
)
def test_any_text_is_read_without_an_error(words: list[str]) -> None:
    script = " ".join(words)
    assert all(1 <= line <= script.count("\n") + 1 for line, _ in install_commands(script))
