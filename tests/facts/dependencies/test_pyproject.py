"""Requirements of pyproject.toml, whatever tool it is for."""

import pytest

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared
from analyzer.facts.dependencies.pyproject import (
    declares_requirements,
    project_name,
    read_pyproject,
    requires_python,
    with_configuration,
)
from analyzer.snapshot.documents import TomlDocument, read_toml
from tests.facts.conftest import MakeRepository
from tests.facts.dependencies.conftest import MakeReader

NOTHING = Activation()


@pytest.fixture
def read(reader: MakeReader) -> "Read":
    return Read(reader)


class Read:
    """Reads a pyproject.toml beside other files."""

    def __init__(self, reader: MakeReader) -> None:
        self._reader = reader

    def __call__(self, text: str, activation: Activation = NOTHING, files: dict[str, str] | None = None) -> Declared:
        reader = self._reader({**(files or {}), "pyproject.toml": text})
        activation = with_configuration(reader.repo, "pyproject.toml", activation)
        return read_pyproject(reader.repo, "pyproject.toml", activation, reader)


def groups(found: Declared) -> dict[str, str | None]:
    return {item.name: item.group for item in found.dependencies}


PROJECT = """\
[project]
name = "shop"
dependencies = [
  "Django>=4.2,<5",
  # a comment
  "psycopg[binary] ; sys_platform != 'win32'",
  "auth @ git+https://t0ken@example.org/shop/auth",
]

[project.optional-dependencies]
s3 = ["boto3==1.34"]
all = ["shop[s3]"]
prod = [
  "gunicorn",
]

[dependency-groups]
dev = ["pytest", {include-group = "lint"}]
lint = ["ruff"]
web = ["uvicorn", {include-group = "extra"}]
extra = ["httptools"]
"""


def test_the_standard_tables_with_their_lines(read: Read) -> None:
    found = read(PROJECT)
    rows = [(d.name, d.specifier, d.extras, d.marker, d.vcs, d.group, d.evidence.line) for d in found.dependencies]
    assert rows == [
        ("django", "<5,>=4.2", (), None, None, None, 4),
        ("psycopg", "", ("binary",), 'sys_platform != "win32"', None, None, 6),
        ("auth", "", (), None, "git+https://example.org/shop/auth", None, 7),
        ("boto3", "==1.34", (), None, None, "s3", 11),
        ("gunicorn", "", (), None, None, None, 14),
        ("pytest", "", (), None, None, "dev", 18),
        ("ruff", "", (), None, None, "lint", 19),
        ("uvicorn", "", (), None, None, "web", 20),
        ("httptools", "", (), None, None, "extra", 21),
    ]
    assert found.files == ("pyproject.toml",)
    assert "t0ken" not in repr(found)


@pytest.mark.parametrize(
    ("activation", "production"),
    [
        (NOTHING, {"gunicorn"}),
        (Activation(extras=frozenset({"s3"})), {"gunicorn", "boto3"}),
        (Activation(extras=frozenset({"all"})), {"gunicorn", "boto3"}),
        (Activation(groups=frozenset({"web"})), {"gunicorn", "uvicorn", "httptools"}),
        (Activation(all_extras=True), {"gunicorn", "boto3"}),
        (Activation(all_groups=True), {"gunicorn", "uvicorn", "httptools"}),
    ],
)
def test_extras_and_groups_that_production_takes(read: Read, activation: Activation, production: set[str]) -> None:
    taken = {name for name, group in groups(read(PROJECT, activation)).items() if group is None}
    assert taken == {"django", "psycopg", "auth"} | production


@pytest.mark.parametrize(
    ("configured", "asked", "taken"),
    [
        ('["dev", "web"]', True, {"web"}),
        ('["dev", "web"]', False, set()),
        ('"all"', True, {"web", "gpu"}),
    ],
)
def test_default_groups_of_uv(read: Read, configured: str, asked: bool, taken: set[str]) -> None:
    listed = '[dependency-groups]\ndev = ["dev-x"]\nweb = ["web-x"]\ngpu = ["gpu-x"]\n'
    text = f"{listed}[tool.uv]\ndefault-groups = {configured}\n"
    found = groups(read(text, Activation(default_groups=asked)))
    assert {name for name, group in found.items() if group is None} == {f"{name}-x" for name in taken}


def test_groups_that_are_left_out_are_no_default_ones(read: Read) -> None:
    text = '[dependency-groups]\nweb = ["web-x"]\n[tool.uv]\ndefault-groups = ["web"]\n'
    without = Activation(default_groups=True, without=frozenset({"web"}))
    assert groups(read(text, without)) == {"web-x": "web"}


def test_optional_groups_of_poetry_are_taken_only_when_asked_for(read: Read) -> None:
    text = (
        "[tool.poetry.group.web.dependencies]\nuvicorn = '*'\n"
        "[tool.poetry.group.gpu]\noptional = true\n[tool.poetry.group.gpu.dependencies]\ntorch = '*'\n"
    )
    assert groups(read(text, Activation(all_groups=True))) == {"uvicorn": None, "torch": "gpu"}
    asked = Activation(all_groups=True, groups=frozenset({"gpu"}))
    assert groups(read(text, asked)) == {"uvicorn": None, "torch": None}


def test_development_tables_of_uv_pdm_and_hatch(read: Read) -> None:
    text = """\
[tool.uv]
dev-dependencies = ["pytest"]
[tool.pdm.dev-dependencies]
lint = ["ruff"]
[tool.hatch.envs.default]
dependencies = ["coverage"]
[tool.hatch.envs.docs]
extra-dependencies = ["sphinx"]
"""
    found = read(text)
    assert [(d.name, d.group, d.evidence.line) for d in found.dependencies] == [
        ("pytest", "dev", 2),
        ("ruff", "lint", 4),
        ("coverage", "dev", 6),
        ("sphinx", "docs", 8),
    ]


def test_sources_indexes_and_constraints_of_uv(read: Read) -> None:
    text = """\
[project]
dependencies = ["lib", "auth", "torch"]
[tool.uv]
constraint-dependencies = ["torch==2.3"]
extra-index-url = ["https://u:p@example.org/extra"]
[tool.uv.sources]
lib = { path = "libs/lib", editable = true }
auth = { git = "https://t0ken@example.org/auth", tag = "v1" }
torch = { index = "torch" }
[[tool.uv.index]]
name = "torch"
url = "https://example.org/torch"
explicit = true
[[tool.uv.index]]
url = "https://user:pw@example.org/main"
default = true
"""
    found = read(text)
    assert [(d.name, d.vcs, d.editable) for d in found.dependencies] == [
        ("lib", "libs/lib", True),
        ("auth", "https://example.org/auth", False),
        ("torch", None, False),
    ]
    assert found.pins == (("torch", "2.3"),)
    assert [(i.url, i.extra, i.evidence.line) for i in found.indexes] == [
        ("https://example.org/torch", True, 12),
        ("https://example.org/main", False, 15),
        ("https://example.org/extra", True, 5),
    ]


def test_sources_of_pdm_and_poetry_beside_the_project_table(read: Read) -> None:
    text = """\
[project]
dependencies = ["auth", "django"]
[tool.poetry.dependencies]
auth = { git = "https://example.org/auth.git" }
[[tool.pdm.source]]
name = "pypi"
url = "https://example.org/mirror"
"""
    found = read(text)
    assert [(d.name, d.vcs) for d in found.dependencies] == [("auth", "https://example.org/auth.git"), ("django", None)]
    assert [(i.url, i.extra, i.evidence.line) for i in found.indexes] == [("https://example.org/mirror", False, 7)]


@pytest.mark.parametrize(
    "text",
    [
        '[project]\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {file = ["r.txt"]}\n',
        '[project]\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic.dependencies]\nfile = "r.txt"\n',
        '[project]\ndynamic = ["dependencies"]\n[tool.hatch.metadata.hooks.requirements_txt]\nfiles = ["r.txt"]\n',
    ],
)
def test_dynamic_dependencies(read: Read, text: str) -> None:
    found = read(text, files={"r.txt": "\ndjango==4.2\n"})
    assert [(d.name, d.evidence.path, d.evidence.line) for d in found.dependencies] == [("django", "r.txt", 2)]
    assert found.files == ("r.txt", "pyproject.toml")
    assert read(text.replace("r.txt", "gone.txt")).problems[0].note.endswith("gone.txt, which does not exist")


def test_dynamic_extras(read: Read) -> None:
    text = """\
[project]
dynamic = ["optional-dependencies"]
[tool.setuptools.dynamic.optional-dependencies]
s3 = {file = ["s3.txt"]}
"""
    assert groups(read(text, files={"s3.txt": "boto3"})) == {"boto3": "s3"}


def test_what_cannot_be_read_is_a_problem(read: Read) -> None:
    broken = read("[project\n")
    assert (broken.files, len(broken.problems)) == (("pyproject.toml",), 1)
    found = read('[project]\ndependencies = [\n  "django",\n  "two words",\n  "pytz>dev",\n]\n')
    assert [(p.line, p.path) for p in found.problems] == [(4, "pyproject.toml"), (5, "pyproject.toml")]
    assert groups(found) == {"django": None, "pytz": None}


@pytest.mark.parametrize("value", ["1", '"text"', "[1, {}]", "{a = 1}", "true"])
def test_odd_shapes_are_passed_over(read: Read, value: str) -> None:
    for key in (
        "project.dependencies",
        "project.optional-dependencies",
        "dependency-groups",
        "tool",
        "tool.uv",
        "tool.poetry",
        "tool.uv.sources",
        "tool.uv.index",
        "tool.pdm",
        "tool.hatch.envs",
        "project",
        "tool.uv.default-groups",
    ):
        assert read(f"{key} = {value}\n").files == ("pyproject.toml",)


def document(repository: MakeRepository, text: str) -> TomlDocument:
    found = read_toml(repository({"pyproject.toml": text}), "pyproject.toml")
    assert isinstance(found, TomlDocument)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.ruff]\nline-length = 1\n", False),
        ("[project]\nname = 'x'\ndependencies = []\n", False),
        ("[project]\ndependencies = ['a']\n", True),
        ("[project]\ndynamic = ['dependencies']\n", True),
        ("[project]\ndynamic = ['version']\n", False),
        ("[tool.poetry.dependencies]\na = '*'\n", True),
        ("[tool.poetry.group.dev.dependencies]\na = '*'\n", True),
    ],
)
def test_whether_the_file_asks_for_packages(repository: MakeRepository, text: str, expected: bool) -> None:
    assert declares_requirements(document(repository, text)) is expected


def test_what_the_file_says_about_python(repository: MakeRepository) -> None:
    project = '[project]\nname = "x"\nrequires-python = ">=3.12"\n'
    text = project + '[tool.poetry.dependencies]\ndjango = "*"\npython = "^3.11"\n'
    assert requires_python(document(repository, text)) == {"project": (">=3.12", 3), "poetry": ("^3.11", 6)}
    assert requires_python(document(repository, "[tool.ruff]\n")) == {}


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"lib/pyproject.toml": '[project]\nname = "Shop_Lib"'}, "shop-lib"),
        ({"lib/pyproject.toml": '[tool.poetry]\nname = "shop.lib"'}, "shop-lib"),
        ({"lib/pyproject.toml": "[project\n"}, None),
        ({"lib/setup.py": ""}, None),
    ],
)
def test_the_name_of_a_project(repository: MakeRepository, files: dict[str, str], name: str | None) -> None:
    assert project_name(repository(files), "lib") == name
