"""How Python and the packages are asked for, all files of a repository together."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.facts.dependencies.collect import collect_dependencies
from analyzer.model.evidence import Answer, Certainty, Fact, T
from analyzer.model.facts import DependencyFacts
from analyzer.snapshot.repository import RepositorySnapshot
from tests.facts.conftest import MakeRepository

Files = dict[str, str | bytes]


def value(answer: Answer[T]) -> T:
    assert isinstance(answer, Fact)
    assert answer.evidence
    return answer.value


def production(facts: DependencyFacts) -> set[str]:
    return {item.name for item in facts.dependencies if item.group is None}


def collect(repository: MakeRepository, files: Files, directory: str = ".") -> DependencyFacts:
    manage = "manage.py" if directory == "." else f"{directory}/manage.py"
    return collect_dependencies(repository({manage: "", **files}), directory)


def test_pip_with_a_folder_of_requirements(repository: MakeRepository) -> None:
    files: Files = {
        "requirements/base.txt": "# base\nDjango==4.2.7\n-c pins.txt\ncelery\n",
        "requirements/pins.txt": "celery==5.3.4\n",
        "requirements/production.txt": "--index-url https://u:p@example.org/simple\n-r base.txt\ngunicorn\n",
        "requirements/local.txt": "-r base.txt\npytest\n",
        "Dockerfile": "FROM python:3.12\nCOPY requirements /r\nRUN pip install -r /r/production.txt psycopg2 wheel\n",
    }
    facts = collect(repository, files)
    assert value(facts.package_manager) == "pip"
    assert value(facts.files) == ("requirements/pins.txt", "requirements/base.txt", "requirements/production.txt")
    assert value(facts.django_version) == "4.2.7"
    rows = [(d.name, d.locked, d.group, d.evidence.path, d.evidence.line) for d in facts.dependencies]
    assert rows == [
        ("celery", "5.3.4", None, "requirements/base.txt", 4),
        ("django", None, None, "requirements/base.txt", 2),
        ("gunicorn", None, None, "requirements/production.txt", 3),
        ("psycopg2", None, None, "Dockerfile", 3),
        ("pytest", None, "dev", "requirements/local.txt", 2),
    ]
    assert [(i.url, i.extra) for i in facts.indexes] == [("https://example.org/simple", False)]


def test_constraints_of_the_command(repository: MakeRepository) -> None:
    files: Files = {
        "requirements.txt": "django\n",
        "constraints.txt": "django==4.2.1\n",
        "Dockerfile": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt -c constraints.txt\n",
    }
    facts = collect(repository, files)
    assert value(facts.files) == ("requirements.txt", "constraints.txt")
    assert value(facts.django_version) == "4.2.1"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_encodings(repository: MakeRepository, encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    facts = collect(repository, {"requirements.txt": mark + "asgiref==3.7\r\nDjango==4.2.7\r\n".encode(encoding)})
    assert value(facts.django_version) == "4.2.7"
    assert [e.line for e in facts.django_version.evidence] == [2]


PYPROJECT = """\
[project]
name = "shop"
requires-python = ">=3.12"
dependencies = [
  "django>=5",
]
[project.optional-dependencies]
s3 = ["boto3"]
[dependency-groups]
dev = ["pytest"]
"""
UV_LOCK = """\
version = 1
requires-python = ">=3.12"

[[package]]
name = "shop"
source = { virtual = "." }
dependencies = [
    { name = "django" },
]
[package.optional-dependencies]
s3 = [
    { name = "boto3" },
]
[package.dev-dependencies]
dev = [
    { name = "pytest" },
]

[[package]]
name = "django"
version = "5.1.2"
source = { registry = "https://example.org/simple" }
dependencies = [
    { name = "asgiref" },
]

[[package]]
name = "asgiref"
version = "3.8"

[[package]]
name = "boto3"
version = "1.34"

[[package]]
name = "pytest"
version = "8.3"
"""


def test_uv(repository: MakeRepository) -> None:
    facts = collect(repository, {"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK})
    assert value(facts.package_manager) == "uv"
    assert value(facts.files) == ("pyproject.toml", "uv.lock")
    assert value(facts.django_version) == "5.1.2"
    assert [(d.name, d.locked, d.group, d.direct, d.evidence.path, d.evidence.line) for d in facts.dependencies] == [
        ("asgiref", "3.8", None, False, "uv.lock", 27),
        ("boto3", "1.34", "s3", True, "pyproject.toml", 8),
        ("django", "5.1.2", None, True, "pyproject.toml", 5),
        ("pytest", "8.3", "dev", True, "pyproject.toml", 10),
    ]
    assert [(i.url, i.evidence.path) for i in facts.indexes] == [("https://example.org/simple", "uv.lock")]
    assert value(facts.python_version) == ">=3.12"


def test_the_image_says_which_extras_are_taken(repository: MakeRepository) -> None:
    image = "FROM python:3.12\nRUN uv sync --frozen --no-dev --extra s3\n"
    facts = collect(repository, {"pyproject.toml": PYPROJECT, "uv.lock": UV_LOCK, "Dockerfile": image})
    assert production(facts) == {"django", "asgiref", "boto3"}
    assert facts.package_manager.evidence[0].line == 2


def test_only_the_file_that_builds_production_says_what_is_taken(repository: MakeRepository) -> None:
    pyproject = "[project]\ndependencies = ['django']\n[dependency-groups]\napi = ['gunicorn']\nbot = ['aiogram']\n"
    files: Files = {
        "pyproject.toml": pyproject + "[tool.uv]\npackage = false\n",
        "backend/Dockerfile": "FROM python:3.13\nRUN uv sync --group api && uv pip install uvicorn\n",
        "bot/Dockerfile": "FROM python:3.13\nRUN uv sync --group bot && uv pip install httpx\n",
    }
    facts = collect(repository, files, "backend")
    assert production(facts) == {"django", "gunicorn", "uvicorn"}


def test_dependency_groups_that_pip_installs(repository: MakeRepository) -> None:
    files: Files = {
        "pyproject.toml": "[dependency-groups]\ndev = ['pytest']\nmain = [\n  'Django==5.2.16',\n]\n",
        "Dockerfile": "FROM python:3.11\nCOPY . .\nRUN pip install --group main --group dev\n",
    }
    facts = collect(repository, files)
    assert (value(facts.package_manager), value(facts.django_version)) == ("pip", "5.2.16")
    assert value(facts.files) == ("pyproject.toml",)
    assert [(d.name, d.group, d.evidence.line) for d in facts.dependencies] == [
        ("django", None, 4),
        ("pytest", "dev", 2),
    ]


def test_poetry(repository: MakeRepository) -> None:
    files: Files = {
        "pyproject.toml": "[tool.poetry]\nname = 'x'\n[tool.poetry.dependencies]\npython = '~3.12'\ndjango = '^5.0'\n"
        "[tool.poetry.group.dev.dependencies]\npytest = '*'\n",
        "poetry.lock": '[[package]]\nname = "django"\nversion = "5.0.3"\ngroups = ["main"]\n\n'
        '[[package]]\nname = "pytest"\nversion = "8"\ngroups = ["dev"]\n',
    }
    facts = collect(repository, files)
    assert value(facts.package_manager) == "poetry"
    assert value(facts.files) == ("pyproject.toml", "poetry.lock")
    assert [(d.name, d.specifier, d.locked, d.group) for d in facts.dependencies] == [
        ("django", "<6.0,>=5.0", "5.0.3", None),
        ("pytest", "", "8", "dev"),
    ]
    assert (value(facts.python_version), facts.python_source) == ("3.12", "pyproject.toml")


def test_pdm(repository: MakeRepository) -> None:
    files: Files = {
        "pyproject.toml": PYPROJECT + "[tool.pdm]\n",
        "pdm.lock": '[[package]]\nname = "django"\nversion = "5.0"\ngroups = ["default"]\n',
    }
    facts = collect(repository, files)
    assert (value(facts.package_manager), value(facts.django_version)) == ("pdm", "5.0")


def test_pipenv_with_a_local_project(repository: MakeRepository) -> None:
    lock = {"default": {"django": {"version": "==4.2.7"}}, "develop": {"pytest": {"version": "==8.0"}}}
    files: Files = {
        "Pipfile": '[packages]\ndjango = "*"\nlib = {path = "./lib", editable = true}\n[dev-packages]\npytest = "*"\n',
        "Pipfile.lock": json.dumps(lock),
        "lib/setup.py": "setup(install_requires=['requests'])",
    }
    facts = collect(repository, files)
    assert value(facts.package_manager) == "pipenv"
    assert value(facts.files)[:2] == ("Pipfile", "Pipfile.lock")
    assert production(facts) == {"django", "lib", "requests"}
    assert value(facts.django_version) == "4.2.7"


def test_conda(repository: MakeRepository) -> None:
    text = "dependencies:\n  - python=3.11\n  - django=4.2.7\n  - pip:\n    - gunicorn\n"
    facts = collect(repository, {"environment.yml": text})
    assert (value(facts.package_manager), value(facts.django_version)) == ("conda", "4.2.7")
    assert (value(facts.python_version), facts.python_source) == ("3.11", "environment.yml")
    assert production(facts) == {"django", "gunicorn"}


def test_setuptools_of_a_folder_above(repository: MakeRepository) -> None:
    files: Files = {"setup.cfg": "[options]\npython_requires = >=3.9\ninstall_requires =\n    django\n"}
    facts = collect(repository, files, "sandbox")
    assert (value(facts.package_manager), value(facts.django_version)) == ("setuptools", "")
    assert value(facts.files) == ("setup.cfg",)
    assert value(facts.python_version) == ">=3.9"


def test_a_standardised_lock_alone(repository: MakeRepository) -> None:
    text = 'lock-version = "1.0"\n[[packages]]\nname = "django"\nversion = "5.2"\n'
    facts = collect(repository, {"pylock.toml": text})
    assert (value(facts.package_manager), value(facts.django_version)) == ("pip", "5.2")
    assert value(facts.files) == ("pylock.toml",)


def test_local_projects_of_requirements(repository: MakeRepository) -> None:
    files: Files = {
        "requirements.txt": "-e ./core[pay]\n-e .\n",
        "core/pyproject.toml": "[project]\nname='shop-core'\ndependencies=['django']\n"
        "optional-dependencies={pay=['stripe']}\n",
        "pyproject.toml": "[project]\nname = 'shop'\ndependencies = ['celery']\n",
    }
    facts = collect(repository, files)
    assert production(facts) == {"shop-core", "shop", "django", "stripe", "celery"}
    assert {(d.name, d.vcs) for d in facts.dependencies if d.vcs} == {("shop-core", "./core"), ("shop", ".")}


def test_projects_on_a_command_of_the_image(repository: MakeRepository) -> None:
    files: Files = {
        "requirements.txt": "django\n",
        "pyproject.toml": "[project]\nname='shop'\ndependencies=['celery']\noptional-dependencies={web=['gunicorn']}\n",
        "Dockerfile": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt && pip install .[web]\n",
    }
    assert production(collect(repository, files)) == {"django", "celery", "gunicorn"}


def test_a_template_that_no_parser_reads_falls_back_to_requirements(repository: MakeRepository) -> None:
    files: Files = {
        "pyproject.toml": "[project]\n{% if x %}\n",
        "uv.lock": "{{ broken",
        "requirements/base.txt": "{% if x %}\ndjango==5.0\n{% endif %}\n",
    }
    facts = collect(repository, files)
    assert (value(facts.package_manager), value(facts.django_version)) == ("uv", "5.0")
    assert [(p.path, p.line) for p in facts.problems] == [
        ("pyproject.toml", 2),
        ("requirements/base.txt", 1),
        ("requirements/base.txt", 3),
        ("uv.lock", 1),
    ]


@pytest.mark.parametrize(
    ("files", "version", "evidence"),
    [
        ({"requirements.txt": "a\ndjango==4.2"}, "4.2", ("requirements.txt", 2)),
        ({"requirements.txt": "django>=4.2,<5"}, "<5,>=4.2", ("requirements.txt", 1)),
        ({"requirements.txt": "django"}, "", ("requirements.txt", 1)),
        ({"requirements.txt": "flask"}, None, ("requirements.txt", 1)),
        ({"requirements.txt": "flask", "requirements-dev.txt": "django==3.2"}, "3.2", ("requirements-dev.txt", 1)),
        ({"requirements.txt": "django>=4\ndjango==4.2"}, "4.2", ("requirements.txt", 2)),
        ({}, None, ("manage.py", 1)),
    ],
)
def test_the_version_of_django(
    repository: MakeRepository, files: Files, version: str | None, evidence: tuple[str, int]
) -> None:
    found = collect(repository, files).django_version
    assert value(found) == version
    assert [(e.path, e.line) for e in found.evidence] == [evidence]


def test_nothing_at_all(repository: MakeRepository) -> None:
    facts = collect(repository, {}, "backend")
    assert (value(facts.package_manager), value(facts.files), value(facts.python_version)) == (None, (), None)
    assert {e.path for e in facts.package_manager.evidence} == {"backend/manage.py"}
    assert facts.dependencies == ()


def test_the_same_repository_gives_the_same_facts(repository: MakeRepository) -> None:
    text = "[tool.poetry.dependencies]\n" + "".join(
        f'p{n} = [{{ version = "1", python = "<3.9" }}, {{ version = "1", python = ">=3.9" }}]\n' for n in range(20)
    )
    facts = collect(repository, {"pyproject.toml": text})
    assert [(d.name, d.marker) for d in facts.dependencies if d.name == "p7"] == [
        ("p7", "python_version < '3.9'"),
        ("p7", "python_version >= '3.9'"),
    ]
    assert len(facts.dependencies) == 40


def test_certainty_falls_where_two_managers_left_files(repository: MakeRepository) -> None:
    one = collect(repository, {"requirements.txt": "django"})
    two = collect(repository, {"requirements.txt": "django", "Pipfile": '[packages]\ndjango = "*"\n'})
    assert isinstance(one.package_manager, Fact)
    assert isinstance(two.package_manager, Fact)
    assert one.package_manager.certainty is Certainty.CERTAIN
    assert two.package_manager.certainty is Certainty.LIKELY
    assert two.package_managers_found == ("pip", "pipenv")


NAMES = [
    "requirements.txt",
    "requirements/production.in",
    "pyproject.toml",
    "Pipfile",
    "Pipfile.lock",
    "poetry.lock",
    "uv.lock",
    "pdm.lock",
    "pylock.toml",
    "environment.yml",
    "setup.cfg",
    "setup.py",
    "Dockerfile",
    "render.yaml",
    ".python-version",
    "runtime.txt",
    ".tool-versions",
    "mise.toml",
    "tox.ini",
    ".github/workflows/ci.yml",
]
PIECES = [
    "[project]\n",
    "dependencies = [",
    "'django>=4'",
    "]\n",
    "[[package]]\n",
    "name = ",
    "version = 1\n",
    "{",
    "}",
    '"',
    ":",
    "\n",
    "-r x\n",
    "-e .\n",
    "==4.2",
    "[tool.poetry]\n",
    "- pip:\n",
    "FROM python:3.12\n",
    "RUN pip install -r requirements.txt\n",
    "setup(install_requires=[",
    "[options]\n",
    "install_requires =\n  a\n",
    "${X}",
    "\\\n",
    "\ufeff",
    "\0",
    "é",
    "<<EOF\n",
    "&a *a",
]
SOUP = st.binary(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map(
    lambda pieces: "".join(pieces).encode()
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(NAMES), SOUP, max_size=8))
def test_any_content_gives_facts(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    root = tmp_path_factory.mktemp("soup")
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    repo = RepositorySnapshot.open(root)
    facts = collect_dependencies(repo, ".")
    for place in (
        *facts.problems,
        *(d.evidence for d in facts.dependencies),
        *(p.evidence for p in facts.python_declared),
    ):
        assert 1 <= place.line <= len((repo.text(place.path) or "").split("\n"))
