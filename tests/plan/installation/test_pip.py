"""Requirements files, with exactly what they read."""

from collections.abc import Callable

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import InstallPlan, PlanNote
from analyzer.plan.installation.choose import plan_installation

Facts = Callable[..., ProjectFacts]


def install(facts: ProjectFacts, python: str = "3.13", context: str = ".") -> InstallPlan:
    return plan_installation(facts, python, context, Overrides())[0].value


def notes(facts: ProjectFacts) -> tuple[PlanNote, ...]:
    return plan_installation(facts, "3.13", ".", Overrides())[1]


def test_one_file(facts: Facts) -> None:
    plan = install(facts({"requirements.txt": "django==5.2.19\n"}))
    assert plan.commands == ("pip install --no-cache-dir -r requirements.txt",)
    assert (plan.copies, plan.tools, plan.needs_source) == (("requirements.txt",), (), False)


def test_a_folder_of_files_names_the_one_for_production(facts: Facts) -> None:
    files = {
        "requirements.txt": "",
        "requirements/base.txt": "django==5.2.19\n-c constraints.txt\n",
        "requirements/constraints.txt": "asgiref==3.8.1\n",
        "requirements/production.txt": "-r base.txt\ngunicorn\n",
        "requirements/local.txt": "-r base.txt\nipython\n",
    }
    plan = install(facts(files))
    assert plan.commands == ("pip install --no-cache-dir -r requirements/production.txt",)
    assert set(plan.copies) == {"requirements/base.txt", "requirements/constraints.txt", "requirements/production.txt"}


def test_hashes_are_required_where_there_are_some(facts: Facts) -> None:
    text = "django==5.2.19 --hash=sha256:" + "0" * 64 + "\n"
    assert "--require-hashes" in install(facts({"requirements.txt": text})).commands[0]
    assert "--require-hashes" not in install(facts()).commands[0]


def test_constraints_of_the_command_that_builds_production(facts: Facts) -> None:
    files = {
        "constraints.txt": "django==5.2.19\n",
        "Dockerfile": "FROM python:3.13\nCOPY . .\nRUN pip install -r requirements.txt -c constraints.txt\n",
    }
    plan = install(facts(files))
    assert plan.commands == ("pip install --no-cache-dir -r requirements.txt -c constraints.txt",)
    assert set(plan.copies) == {"requirements.txt", "constraints.txt"}


def test_a_folder_that_is_installed_is_copied(facts: Facts) -> None:
    files = {
        "requirements.txt": "django==5.2.19\n./libs/tools\n",
        "libs/tools/setup.py": "from setuptools import setup\n",
    }
    plan = install(facts(files))
    assert "libs/tools" in plan.copies
    assert (plan.folders, plan.needs_source) == (("libs/tools",), False)


def test_the_project_itself_needs_its_source(facts: Facts) -> None:
    setup = "from setuptools import setup\nsetup(name='shop')\n"
    plan = install(facts({"requirements.txt": "django==5.2.19\n-e .\n", "setup.py": setup}))
    assert (plan.needs_source, plan.copies) == (True, ())


def test_paths_are_relative_to_the_context(facts: Facts) -> None:
    files = {
        "manage.py": "",
        "api/manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'web.settings')\n",
        "api/web/settings.py": "INSTALLED_APPS = []\n",
        "api/requirements.txt": "django==5.2.19\n",
        "requirements.txt": "",
    }
    found = facts(files)
    assert install(found, context="api").commands[0].endswith("-r requirements.txt")
    assert install(found, context=".").commands[0].endswith("-r api/requirements.txt")


def test_the_pip_of_an_old_python_is_renewed(facts: Facts) -> None:
    assert install(facts(), "3.8").commands[0] == "pip install --no-cache-dir pip==25.0.1"
    assert len(install(facts(), "3.9").commands) == 1


def test_dependency_groups(facts: Facts) -> None:
    pyproject = '[project]\nname = "x"\n[dependency-groups]\nmain = ["django==5.2.19"]\ndev = ["pytest"]\n'
    plan = install(facts({"requirements.txt": None, "pyproject.toml": pyproject}))
    assert plan.commands[-1] == "pip install --no-cache-dir --group pyproject.toml:main"
    assert plan.commands[0].startswith("pip install --no-cache-dir pip==")


def test_what_a_build_cannot_reach_is_noted(facts: Facts) -> None:
    text = "--extra-index-url https://packages.example/simple\ndjango==5.2.19\nx @ git+ssh://git@git.example/x.git\n"
    assert {note.code for note in notes(facts({"requirements.txt": text}))} == {"package-index", "private-repository"}
    assert notes(facts()) == ()


def test_nothing_to_install_is_noted(facts: Facts) -> None:
    found = facts({"requirements.txt": None})
    assert [note.code for note in notes(found)] == ["no-requirements"]
    assert install(found).commands == ()


def test_the_configured_command_stands_in(facts: Facts) -> None:
    overrides = Overrides(image=ImageOverrides(install_command="pip install -r special.txt"))
    decision = plan_installation(facts(), "3.13", ".", overrides)[0]
    assert decision.value.commands == ("pip install -r special.txt",)
    assert decision.alternatives[0].value == "pip install --no-cache-dir -r requirements.txt"
