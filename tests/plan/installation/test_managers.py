"""Poetry, uv, PDM, Pipenv, setuptools and conda: from the lock, without groups of development."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import InstallPlan
from analyzer.plan.installation.choose import plan_installation
from analyzer.plan.tables import table

Facts = Callable[..., ProjectFacts]
PROJECT = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django==5.2.19"]\n'
POETRY = '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\ndjango = "5.2.19"\n'
LOCK = '[[package]]\nname = "django"\nversion = "5.2.19"\n'
NO_FILE = {"requirements.txt": None}


def install(facts: ProjectFacts, python: str = "3.13", *, buildkit: bool = False) -> tuple[InstallPlan, set[str]]:
    overrides = Overrides(image=ImageOverrides(buildkit=buildkit))
    decision, notes = plan_installation(facts, python, ".", overrides)
    assert decision.evidence
    return decision.value, {note.code for note in notes}


def test_uv(facts: Facts) -> None:
    files = {**NO_FILE, "pyproject.toml": PROJECT, "uv.lock": f"version = 1\n{LOCK}"}
    plan, codes = install(facts(files))
    assert plan.commands == ("uv sync --frozen --no-dev --no-install-project",)
    assert plan.copies == ("pyproject.toml", "uv.lock")
    assert plan.environment["UV_PROJECT_ENVIRONMENT"] == "/opt/venv"
    assert plan.environment["UV_PYTHON"] == "3.13"
    assert (plan.project_commands, codes) == ((), set())
    assert plan.tools[0].startswith("uv==")


def test_uv_takes_the_extras_and_groups_of_production(facts: Facts) -> None:
    more = '[project.optional-dependencies]\nprod = ["gunicorn"]\nlinting = ["ruff"]\n'
    more += '[dependency-groups]\nproduction = ["sentry-sdk"]\ndev = ["pytest"]\nlint = ["ruff"]\n'
    more += '[tool.uv]\ndefault-groups = ["dev", "lint"]\nrequired-version = ">=0.9,<0.10"\n'
    files = {**NO_FILE, "pyproject.toml": PROJECT + more, "uv.lock": f"version = 1\n{LOCK}"}
    plan, _ = install(facts(files))
    expected = "uv sync --frozen --no-dev --extra prod --group production --no-group lint --no-install-project"
    assert plan.commands == (expected,)
    assert plan.tools == ("uv<0.10,>=0.9",)


def test_uv_takes_a_group_of_development_that_production_needs(facts: Facts) -> None:
    more = '[dependency-groups]\ndev = ["django-environ", "pytest"]\n'
    files = {**NO_FILE, "pyproject.toml": PROJECT + more, "uv.lock": f"version = 1\n{LOCK}"}
    decision, notes = plan_installation(facts(files, settings="\nimport environ\n"), "3.13", ".", Overrides())
    assert decision.value.commands == ("uv sync --frozen --group dev --no-install-project",)
    assert "with those of the dev group" in decision.rule
    (note,) = notes
    assert (note.code, note.evidence[0].path) == ("development-group-needed", "shop/settings.py")
    assert note.message.startswith("production loads environ, which only dev brings")


SETUP = (
    "import subprocess\nfrom setuptools import setup\nfrom setuptools.command import build, build_py\n\n\n"
    "class Build(build.build):\n    def run(self):\n        subprocess.check_call(['npm', 'run', 'build'])\n"
    "        super().run()\n\n\nsetup(cmdclass={'COMMAND': Build})\n"
)
APART = {
    **NO_FILE,
    "pyproject.toml": f"{PROJECT}[build-system]\nrequires = ['setuptools']\n",
    "src/core/__init__.py": "",
}


@pytest.mark.parametrize(
    ("lock", "command"),
    [
        ({}, "uv pip install --no-deps --editable ."),
        ({"uv.lock": f"version = 1\n{LOCK}"}, "uv sync --frozen --no-dev"),
        ({"pdm.lock": LOCK}, "pdm sync --prod"),
    ],
)
def test_a_project_whose_build_starts_a_front_end_is_installed_in_place(
    facts: Facts, lock: dict[str, str], command: str
) -> None:
    found = facts({**APART, **lock, "setup.py": SETUP.replace("COMMAND", "build")})
    decision, notes = plan_installation(found, "3.13", ".", Overrides())
    assert decision.value.project_commands == (command,)
    assert "in place, as building a wheel of it starts npm" in decision.rule
    assert ("setup.py", 8) in [(one.path, one.line) for one in decision.evidence]
    assert "build-program-missing" not in {note.code for note in notes}


def test_a_project_without_such_a_build_is_not(facts: Facts) -> None:
    plan, _ = install(facts(APART))
    assert plan.project_commands == ("uv pip install --no-deps .",)


def test_what_an_installation_in_place_starts_as_well_is_noted(facts: Facts) -> None:
    plan, codes = install(facts({**APART, "setup.py": SETUP.replace("COMMAND", "build_py")}))
    assert plan.project_commands == ("uv pip install --no-deps .",)
    assert "build-program-missing" in codes


def test_a_project_that_is_built_as_a_whole(facts: Facts) -> None:
    setup = SETUP.replace("COMMAND", "build").replace("setup(", "setup(name='shop', install_requires=['django'], ")
    plan, codes = install(facts({**NO_FILE, "setup.py": setup}))
    assert plan.commands == ("pip install --no-cache-dir --editable .",)
    assert "build-program-missing" not in codes


def test_uv_installs_a_project_whose_modules_are_apart(facts: Facts) -> None:
    more = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
    files = {**NO_FILE, "pyproject.toml": PROJECT + more, "uv.lock": f"version = 1\n{LOCK}", "src/core/__init__.py": ""}
    plan, _ = install(facts(files))
    assert plan.project_commands == ("uv sync --frozen --no-dev --no-editable",)


def test_uv_without_a_lock(facts: Facts) -> None:
    plan, codes = install(facts({**NO_FILE, "pyproject.toml": f"{PROJECT}[tool.uv]\n"}))
    assert plan.commands == ("uv sync --no-dev --no-install-project",)
    assert codes == {"no-lock-file"}


def test_poetry(facts: Facts) -> None:
    groups = (
        '[tool.poetry.group.prod.dependencies]\ngunicorn = "*"\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n'
    )
    plan, codes = install(facts({**NO_FILE, "pyproject.toml": POETRY + groups, "poetry.lock": LOCK}))
    assert plan.commands[0].startswith("poetry install --no-ansi --only main,prod --no-root")
    assert plan.copies == ("pyproject.toml", "poetry.lock")
    assert (plan.project_commands, codes) == ((), set())


@pytest.mark.parametrize(("python", "tool"), [("3.13", "poetry==2."), ("3.8", "poetry==1.8"), ("3.6", "poetry==1.1")])
def test_poetry_is_one_that_runs_on_the_python(facts: Facts, python: str, tool: str) -> None:
    plan, _ = install(facts({**NO_FILE, "pyproject.toml": POETRY, "poetry.lock": LOCK}), python)
    assert plan.tools[0].startswith(tool)
    assert ("--no-dev" in plan.commands[0]) is (python == "3.6")


def test_poetry_installs_a_project_whose_modules_are_apart_unless_it_is_no_package(facts: Facts) -> None:
    apart = 'packages = [{ include = "core", from = "src" }]\n'
    backend = '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n'
    whole = POETRY.replace('name = "shop"\n', f'name = "shop"\n{apart}') + backend
    files = {**NO_FILE, "pyproject.toml": whole, "poetry.lock": LOCK, "src/core/__init__.py": ""}
    plan, _ = install(facts(files))
    assert plan.project_commands == ("poetry install --no-ansi --only-root",)
    files["pyproject.toml"] = whole.replace(apart, f"{apart}package-mode = false\n")
    assert install(facts(files))[0].project_commands == ()


def test_pipenv(facts: Facts) -> None:
    lock = '{"_meta": {}, "default": {"django": {"version": "==5.2.19"}}, "develop": {}}'
    files = {**NO_FILE, "Pipfile": '[packages]\ndjango = "*"\n', "Pipfile.lock": lock}
    plan, codes = install(facts(files))
    assert plan.commands[0].startswith("pipenv sync")
    assert (set(plan.copies), codes) == ({"Pipfile", "Pipfile.lock"}, set())
    assert "PIPENV_PIPFILE" not in plan.environment


def test_pipenv_without_a_lock_and_in_another_folder(facts: Facts) -> None:
    files = {**NO_FILE, "etc/Pipfile": '[packages]\ndjango = "*"\n'}
    plan, codes = install(facts(files))
    assert plan.commands[0].startswith("pipenv install --skip-lock")
    assert plan.environment["PIPENV_PIPFILE"] == "/app/etc/Pipfile"
    assert codes == {"no-lock-file"}


def test_pdm(facts: Facts) -> None:
    files = {**NO_FILE, "pyproject.toml": f"{PROJECT}[tool.pdm]\ndistribution = false\n", "pdm.lock": LOCK}
    plan, codes = install(facts(files))
    assert plan.commands[0].startswith("pdm sync --prod --no-editable --no-self")
    assert plan.tools[0].startswith("pdm==")
    assert codes == set()


def test_a_listed_project_without_a_lock(facts: Facts) -> None:
    more = '[build-system]\nrequires = ["setuptools", "setuptools-scm"]\n'
    files = {**NO_FILE, "pyproject.toml": PROJECT + more, "src/core/__init__.py": ""}
    plan, codes = install(facts(files))
    assert plan.commands == ("uv pip install -r pyproject.toml",)
    assert plan.project_commands == ("uv pip install --no-deps .",)
    assert plan.environment["SETUPTOOLS_SCM_PRETEND_VERSION"] == "0"
    assert (plan.needs_source, codes) == (False, {"no-lock-file"})


def test_a_project_that_only_a_build_can_tell(facts: Facts) -> None:
    setup = "from setuptools import setup\nsetup(name='shop', install_requires=['django==5.2.19'])\n"
    plan, _ = install(facts({**NO_FILE, "setup.py": setup}))
    assert plan.commands == ("pip install --no-cache-dir .",)
    assert (plan.needs_source, plan.copies) == (True, ())


def test_conda(facts: Facts) -> None:
    environment = (
        "dependencies:\n  - python=3.11\n  - django=5.2\n  - opencv\n  - libgdal\n  - pip:\n    - gunicorn==23.0.0\n"
    )
    plan, codes = install(facts({**NO_FILE, "environment.yml": environment}))
    assert set(plan.commands[0].split()[3:]) == {"'django==5.2.*'", "gunicorn==23.0.0", "opencv-python-headless"}
    assert codes == {"conda-packages-by-pip", "conda-packages-left-out"}
    assert plan.unpinned == "environment.yml gives some of them no version."


def test_conda_with_versions(facts: Facts) -> None:
    plan, _ = install(facts({**NO_FILE, "environment.yml": "dependencies:\n  - django=5.2\n  - numpy>=2\n"}))
    assert plan.unpinned == ""


def test_every_installer_has_a_version_for_recent_pythons() -> None:
    rows = table("installers")["installer"]
    assert {row["name"] for row in rows} == {"uv", "poetry", "pipenv", "pdm", "pip"}
    assert all(row["version"][0].isdigit() for row in rows)


@pytest.mark.parametrize(
    ("files", "folder", "left_out", "command"),
    [
        ({"requirements.txt": "django==5.2.19\n"}, "/root/.cache/pip", "", "pip install -r requirements.txt"),
        (
            {"pyproject.toml": PROJECT, "uv.lock": f"version = 1\n{LOCK}"},
            "/root/.cache/uv",
            "UV_NO_CACHE",
            "uv sync --frozen --no-dev --no-install-project",
        ),
        (
            {"pyproject.toml": POETRY, "poetry.lock": LOCK},
            "/root/.cache/pypoetry",
            "POETRY_CACHE_DIR",
            "poetry install --no-ansi --only main --no-root",
        ),
        (
            {"Pipfile": '[packages]\ndjango = "*"\n', "Pipfile.lock": "{}"},
            "/root/.cache/pipenv",
            "PIP_NO_CACHE_DIR",
            "pipenv sync",
        ),
        (
            {"pyproject.toml": f"{PROJECT}[tool.pdm]\n", "pdm.lock": LOCK},
            "/root/.cache/pdm",
            "PDM_CACHE_DIR",
            "pdm sync --prod --no-editable --no-self",
        ),
        (
            {"setup.py": "from setuptools import setup\nsetup(install_requires=list())\n"},
            "/root/.cache/pip",
            "",
            "pip install .",
        ),
        ({"pyproject.toml": PROJECT}, "/root/.cache/uv", "UV_NO_CACHE", "uv pip install -r pyproject.toml"),
    ],
)
def test_buildkit_keeps_the_downloads_of_each(
    facts: Facts, files: dict[str, str], folder: str, left_out: str, command: str
) -> None:
    found = facts({**NO_FILE, **files})
    kept, alike = install(found, buildkit=True)[0], install(found)[0]
    assert (kept.caches, kept.pip_caches, kept.commands) == ((folder,), ("/root/.cache/pip",), (command,))
    assert (alike.caches, alike.pip_caches) == ((), ())
    assert set(alike.environment) - set(kept.environment) >= ({left_out} if left_out else set())
    assert left_out or "--no-cache-dir" in alike.commands[0]
