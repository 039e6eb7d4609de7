"""Poetry's own tables."""

import pytest
from packaging.markers import Marker

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared
from analyzer.facts.dependencies.poetry import poetry_table, read_poetry
from analyzer.snapshot.documents import TomlDocument, read_toml
from tests.facts.conftest import MakeRepository

POETRY = """\
[tool.poetry]
name = "shop"
[tool.poetry.dependencies]
python = "^3.11"
Django = "^4.2"
celery = { version = "~5.3", extras = ["Redis"] }
auth = { git = "https://t0ken@example.org/auth.git", rev = "v1" }
lib = { path = "./lib", develop = true }
wheel_thing = { url = "https://example.org/wheel_thing-1.2-py3-none-any.whl" }
psycopg2 = { version = "*", optional = true }
boto3 = { version = ">=1", optional = true }
numpy = [
  { version = "<2", python = "<3.12" },
  { version = ">=2", python = ">=3.12", platform = "linux" },
]

[tool.poetry.extras]
pg = ["psycopg2"]

[tool.poetry.group.web.dependencies]
uvicorn = "0.30.1"

[tool.poetry.group.dev.dependencies]
pytest = "*"

[tool.poetry.dev-dependencies]
black = "24.1"

[[tool.poetry.source]]
name = "own"
url = "https://u:p@example.org/simple"
[[tool.poetry.source]]
name = "more"
url = "https://example.org/more"
priority = "explicit"
"""


@pytest.fixture
def read(repository: MakeRepository) -> "Read":
    return Read(repository)


class Read:
    """Reads Poetry's tables of a pyproject.toml."""

    def __init__(self, repository: MakeRepository) -> None:
        self._repository = repository

    def __call__(self, text: str, activation: Activation | None = None) -> Declared:
        document = read_toml(self._repository({"pyproject.toml": text}), "pyproject.toml")
        assert isinstance(document, TomlDocument)
        return read_poetry(document, activation or Activation())


def test_requirements_with_their_lines(read: Read) -> None:
    found = read(POETRY)
    rows = [(d.name, d.specifier, d.extras, d.group, d.evidence.line) for d in found.dependencies]
    assert rows == [
        ("django", "<5.0,>=4.2", (), None, 5),
        ("celery", "<5.4,>=5.3", ("redis",), None, 6),
        ("auth", "", (), None, 7),
        ("lib", "", (), None, 8),
        ("wheel-thing", "", (), None, 9),
        ("psycopg2", "", (), "pg", 10),
        ("boto3", ">=1", (), "optional", 11),
        ("numpy", "<2", (), None, 13),
        ("numpy", ">=2", (), None, 14),
        ("black", "==24.1", (), "dev", 27),
        ("uvicorn", "==0.30.1", (), "web", 21),
        ("pytest", "", (), "dev", 24),
    ]
    assert found.problems == ()


def test_addresses_versions_and_markers(read: Read) -> None:
    found = {(d.name, d.specifier): d for d in read(POETRY).dependencies}
    assert found["auth", ""].vcs == "https://example.org/auth.git"
    assert (found["lib", ""].vcs, found["lib", ""].editable) == ("./lib", True)
    assert found["wheel-thing", ""].locked == "1.2"
    assert found["numpy", "<2"].marker == "python_version < '3.12'"
    assert found["numpy", ">=2"].marker == "sys_platform == 'linux' and python_version >= '3.12'"


def test_sources(read: Read) -> None:
    found = read(POETRY).indexes
    assert [(i.url, i.extra, i.evidence.line) for i in found] == [
        ("https://example.org/simple", False, 31),
        ("https://example.org/more", True, 34),
    ]


@pytest.mark.parametrize(
    ("activation", "taken"),
    [
        (Activation(), set()),
        (Activation(extras=frozenset({"pg"})), {"psycopg2"}),
        (Activation(groups=frozenset({"web"})), {"uvicorn"}),
        (Activation(all_groups=True), {"uvicorn"}),
        (Activation(all_groups=True, without=frozenset({"web"})), set()),
    ],
)
def test_optional_requirements_and_groups(read: Read, activation: Activation, taken: set[str]) -> None:
    production = {d.name for d in read(POETRY, activation).dependencies if d.group is None}
    assert production == {"django", "celery", "auth", "lib", "wheel-thing", "numpy"} | taken


@pytest.mark.parametrize(
    ("python", "inside", "outside"),
    [
        ("^3.8", ["3.8", "3.11"], ["3.7", "4.0"]),
        ("~3.9", ["3.9"], ["3.8", "3.10"]),
        (">=3.8.1,<3.9", ["3.8.5"], ["3.8.0", "3.9"]),
        ("3.12.*", ["3.12"], ["3.11"]),
    ],
)
def test_python_becomes_a_marker(read: Read, python: str, inside: list[str], outside: list[str]) -> None:
    text = f'[tool.poetry.dependencies]\na = {{ version = "1", python = "{python}" }}\n'
    [found] = read(text).dependencies
    assert found.marker is not None
    for version, expected in [*((v, True) for v in inside), *((v, False) for v in outside)]:
        full = version if version.count(".") == 2 else f"{version}.0"
        environment = {"python_version": ".".join(full.split(".")[:2]), "python_full_version": full}
        assert Marker(found.marker).evaluate(environment) is expected, version


def test_a_constraint_that_poetry_refuses_leaves_the_name(read: Read) -> None:
    found = read('[tool.poetry.dependencies]\ndjango = "new!"\n')
    assert [(d.name, d.specifier) for d in found.dependencies] == [("django", "")]
    assert [(p.path, p.line) for p in found.problems] == [("pyproject.toml", 2)]
    assert "no version" in found.problems[0].note


def test_the_project_table_goes_before_the_main_table(read: Read) -> None:
    main = '[project]\ndependencies = ["a"]\n[tool.poetry.dependencies]\na = "1"\n'
    text = main + '[tool.poetry.group.dev.dependencies]\nb = "1"\n'
    assert [d.name for d in read(text).dependencies] == ["b"]


@pytest.mark.parametrize("value", ["1", '"x"', "[1]", "{ a = 1 }"])
def test_odd_shapes_are_passed_over(read: Read, value: str) -> None:
    for key in ("tool", "tool.poetry", "tool.poetry.group", "tool.poetry.extras", "tool.poetry.source"):
        assert read(f"{key} = {value}\n") == Declared()
    assert [d.name for d in read(f"[tool.poetry.dependencies]\nx = {value}\n").dependencies] == ["x"]


def test_the_table_of_a_file_without_one(repository: MakeRepository) -> None:
    document = read_toml(repository({"pyproject.toml": "[tool.ruff]"}), "pyproject.toml")
    assert isinstance(document, TomlDocument)
    assert poetry_table(document) == {}
