"""What an installer of the production requirements reads and is told."""

from analyzer.facts.dependencies.collect import collect_dependencies
from analyzer.model.facts import InstallFacts
from tests.facts.conftest import MakeRepository

PROJECT = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django"]\n'
LOCK = 'version = 1\n[[package]]\nname = "django"\nversion = "5.2"\n'


def install(repository: MakeRepository, files: dict[str, str], django_dir: str = ".") -> InstallFacts:
    return collect_dependencies(repository({f"{django_dir}/manage.py": "", **files}), django_dir).install


def test_requirements_with_what_they_include(repository: MakeRepository) -> None:
    files = {
        "requirements/base.txt": "django\n",
        "requirements/production.txt": "-r base.txt\n-c limits.txt\n",
        "requirements/limits.txt": "django==5.2\n",
        "requirements/dev.txt": "-r base.txt\n",
    }
    found = install(repository, files)
    assert found.requirements == ("requirements/production.txt",)
    assert set(found.manifests) == {"requirements/base.txt", "requirements/limits.txt", "requirements/production.txt"}
    assert (found.lock, found.hashes, found.package) == (None, False, None)


def test_two_files_of_one_command_are_both_given(repository: MakeRepository) -> None:
    files = {
        "base.txt": "django\n",
        "more.txt": "gunicorn\n",
        "Dockerfile": "FROM python:3.13\nCOPY . .\nRUN pip install -r base.txt -r more.txt -c limits.txt\n",
        "limits.txt": "django==5.2\n",
        "requirements.txt": "django\n",
    }
    found = install(repository, files)
    assert found.requirements == ("base.txt", "more.txt")
    assert found.constraints == ("limits.txt",)
    assert "limits.txt" in found.manifests


def test_hashes(repository: MakeRepository) -> None:
    text = f"django==5.2 \\\n    --hash=sha256:{'0' * 64}\n"
    assert install(repository, {"requirements.txt": text}).hashes is True


def test_local_folders_and_archives(repository: MakeRepository) -> None:
    files = {
        "requirements.txt": "django\n./libs/a\n./wheels/b-1.0-py3-none-any.whl\n",
        "libs/a/pyproject.toml": '[project]\nname = "a"\ndependencies = ["requests"]\n',
        "wheels/b-1.0-py3-none-any.whl": "x",
    }
    found = install(repository, files)
    assert found.local == ("libs/a", "wheels/b-1.0-py3-none-any.whl")
    assert found.manifests == ("requirements.txt",)


def test_a_lock_with_extras_and_groups(repository: MakeRepository) -> None:
    more = (
        '[project.optional-dependencies]\nProd_Extra = ["gunicorn"]\nother = ["x"]\n'
        '[dependency-groups]\nproduction = ["y"]\ndev = ["pytest"]\nlint = ["ruff"]\n'
        '[tool.uv]\ndefault-groups = ["dev", "lint"]\nrequired-version = "==0.9.3"\n'
    )
    found = install(repository, {"pyproject.toml": PROJECT + more, "uv.lock": LOCK})
    assert (found.manifests, found.lock) == (("pyproject.toml", "uv.lock"), "uv.lock")
    assert (found.extras, found.groups, found.unwanted_groups) == (("Prod_Extra",), ("production",), ("lint",))
    assert (found.required_version, found.static_metadata) == ("==0.9.3", True)


def test_members_of_a_workspace_are_read(repository: MakeRepository) -> None:
    more = '[tool.uv.workspace]\nmembers = ["packages/*"]\n'
    files = {
        "pyproject.toml": PROJECT + more,
        "uv.lock": LOCK,
        "packages/a/pyproject.toml": '[project]\nname = "a"\n',
        "other/b/pyproject.toml": '[project]\nname = "b"\n',
    }
    assert install(repository, files).manifests == ("pyproject.toml", "uv.lock", "packages/a/pyproject.toml")


def test_configuration_beside_the_manifest(repository: MakeRepository) -> None:
    poetry = '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\ndjango = "*"\n'
    files = {
        "pyproject.toml": poetry,
        "poetry.lock": '[[package]]\nname = "django"\nversion = "5.2"\n',
        "poetry.toml": "",
    }
    assert set(install(repository, files).manifests) == {"poetry.lock", "poetry.toml", "pyproject.toml"}


def test_categories_of_pipenv(repository: MakeRepository) -> None:
    pipfile = '[packages]\ndjango = "*"\n[prod-packages]\ngunicorn = "*"\n[dev-packages]\npytest = "*"\n'
    lock = '{"default": {"django": {"version": "==5.2"}}}'
    assert install(repository, {"Pipfile": pipfile, "Pipfile.lock": lock}).groups == ("prod-packages",)


def test_what_conda_itself_installs(repository: MakeRepository) -> None:
    text = "dependencies:\n  - python=3.12\n  - django=5.2\n  - Libgdal\n  - pip\n  - pip:\n    - gunicorn\n"
    assert install(repository, {"environment.yml": text}).conda == ("django", "libgdal")


def test_dynamic_requirements_are_not_static(repository: MakeRepository) -> None:
    text = '[project]\nname = "shop"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\n'
    text += 'dependencies = { file = ["needs.in"] }\n[build-system]\nrequires = ["setuptools"]\n'
    found = install(repository, {"pyproject.toml": text, "needs.in": "django\n"})
    assert found.static_metadata is False


def test_the_folder_of_the_manifests(repository: MakeRepository) -> None:
    assert install(repository, {"api/requirements.txt": "django\n"}, "api").directory == "api"
    assert install(repository, {"requirements.txt": "django\n"}, "src").directory == "."
