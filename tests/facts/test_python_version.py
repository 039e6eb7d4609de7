"""Which Python a repository asks for."""

import pytest

from analyzer.facts.python_version import RequestedPython, read_requested_python
from analyzer.model.evidence import Certainty, Evidence, Fact
from tests.facts.conftest import MakeRepository

LOOKED_AT = Evidence(path="manage.py", note="looked at")


def read(repository: MakeRepository, files: dict[str, str], directory: str = ".") -> RequestedPython:
    return read_requested_python(repository({"manage.py": "", **files}), directory, LOOKED_AT)


# Strongest first; each names its own version.
LADDER = [
    ("runtime.txt", "python-3.1.1", "3.1.1", "runtime.txt"),
    (".python-version", "3.2", "3.2", ".python-version"),
    ("fly.toml", 'PYTHON_VERSION = "3.3"', "3.3", "fly.toml"),
    ("Dockerfile", "FROM python:3.4-slim", "3.4", "Dockerfile"),
    ("Pipfile.lock", '{"_meta": {"requires": {"python_version": "3.5"}}}', "3.5", "Pipfile.lock"),
    ("Pipfile", '[requires]\npython_version = "3.6"', "3.6", "Pipfile"),
    (".tool-versions", "python 3.7.1", "3.7.1", ".tool-versions"),
    ("environment.yml", "dependencies: [python=3.8]", "3.8", "environment.yml"),
    ("pyproject.toml", "[project]\nrequires-python = '>=3.4'", ">=3.4", "pyproject.toml"),
    ("Dockerfile.dev", "FROM python:3.10", "3.10", "Dockerfile"),
]


@pytest.mark.parametrize("start", range(len(LADDER)))
def test_the_strongest_declaration_decides(repository: MakeRepository, start: int) -> None:
    files = {name: text for name, text, _, _ in LADDER[start:]}
    found = read(repository, files | {"tox.ini": "[tox]\nenvlist = py314\n"})
    name, _, version, source = LADDER[start]
    assert isinstance(found.version, Fact)
    assert (found.version.value, found.source) == (version, source)
    assert found.version.evidence[0].path == name
    expected = [evidence for evidence, _, _, _ in LADDER[start:]]
    assert [fact.evidence.path for fact in found.declared] == [*expected, "tox.ini"]
    # The first three are contradicted by what pins a deployment, too; a development image is a guess by itself.
    doubtful = start < 3 or name == "Dockerfile.dev"
    assert found.version.certainty is (Certainty.LIKELY if doubtful else Certainty.CERTAIN)


def test_a_version_and_its_patch_release_agree(repository: MakeRepository) -> None:
    found = read(
        repository, {"runtime.txt": "python-3.12.4", "Dockerfile": "FROM python:3.12", ".python-version": "3.12"}
    )
    assert isinstance(found.version, Fact)
    assert (found.version.value, found.version.certainty) == ("3.12.4", Certainty.CERTAIN)


@pytest.mark.parametrize(
    ("image", "requires", "version", "source"),
    [
        ("3.8", ">=3.11", ">=3.11", "pyproject.toml"),
        ("3.11", ">=3.11.4", "3.11", "Dockerfile"),
        ("3.11.2", ">=3.11.4", ">=3.11.4", "pyproject.toml"),
        ("3.10", "==3.10.4", "3.10", "Dockerfile"),
        ("3.12", ">=3.8,<4", "3.12", "Dockerfile"),
        ("3.12", "3.11", "3.11", "pyproject.toml"),
    ],
)
def test_an_image_that_the_projects_range_excludes_does_not_run_it(
    repository: MakeRepository, image: str, requires: str, version: str, source: str
) -> None:
    files = {"Dockerfile": f"FROM python:{image}\n", "pyproject.toml": f'[project]\nrequires-python = "{requires}"\n'}
    found = read(repository, files)
    assert isinstance(found.version, Fact)
    assert (found.version.value, found.source) == (version, source)
    assert len(found.declared) == 2


def test_the_nearest_of_equally_strong_ones(repository: MakeRepository) -> None:
    files = {".python-version": "3.11", "backend/.python-version": "3.12", "other/.python-version": "3.13"}
    found = read(repository, files, "backend")
    assert isinstance(found.version, Fact)
    assert found.version.value == "3.12"
    assert [fact.spec for fact in found.declared] == ["3.12", "3.11"]


def test_agreeing_declarations_are_evidence_too(repository: MakeRepository) -> None:
    found = read(
        repository,
        {".python-version": "3.12\n", "Dockerfile": "FROM python:3.12\n", "mise.toml": "tools.python='3.11'"},
    )
    assert [(e.path, e.line) for e in found.version.evidence] == [(".python-version", 1), ("Dockerfile", 1)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("'>=3.11'", ">=3.11"), ("'>=3.12,<3.13'", "3.12"), ("'==3.12.*'", "3.12"), ("'==3.12.4'", "3.12.4")],
)
def test_ranges(repository: MakeRepository, text: str, value: str) -> None:
    found = read(repository, {"pyproject.toml": f"[project]\nrequires-python = {text}\n"})
    assert isinstance(found.version, Fact)
    assert found.version.value == value
    assert found.version.evidence == (
        Evidence(path="pyproject.toml", line=2, note=f'requires-python = "{text[1:-1]}"'),
    )


def test_hints_never_decide(repository: MakeRepository) -> None:
    found = read(repository, {"tox.ini": "[tox]\nenvlist = py312\n"})
    assert isinstance(found.version, Fact)
    assert (found.version.value, found.source) == (None, None)
    assert [(e.path, e.line) for e in found.version.evidence] == [("tox.ini", 2)]


def test_nothing_asks_for_a_version(repository: MakeRepository) -> None:
    found = read(repository, {})
    assert found.declared == ()
    assert found.version == Fact(value=None, evidence=(LOOKED_AT,), certainty=Certainty.CERTAIN)
