"""setup.py, read and never run."""

import pytest

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared
from analyzer.facts.dependencies.setup_py import python_requires, read_setup_py
from tests.facts.dependencies.conftest import MakeReader

FILES = {"requirements.txt": "\ndjango==4.2\n", "requirements/prod.txt": "gunicorn"}


def read(reader: MakeReader, text: str, activation: Activation | None = None) -> Declared:
    made = reader({**FILES, "setup.py": text})
    return read_setup_py(made.repo, "setup.py", activation or Activation(), made)


SETUP = """\
from setuptools import setup

base = ["celery>=5"]
EXTRAS = {
    "s3": ["boto3"],
    "prod:python_version > '3'": ("gunicorn",),
}
setup(
    name="shop",
    install_requires=[
        "Django>=4.2",
        "auth @ git+https://t0ken@example.org/auth",
        *base,
    ] + ["redis"],
    extras_require=EXTRAS,
    python_requires=">=3.10",
)
"""


def test_requirements_with_their_lines(reader: MakeReader) -> None:
    found = read(reader, SETUP)
    assert [(d.name, d.specifier, d.group, d.evidence.line) for d in found.dependencies] == [
        ("django", ">=4.2", None, 11),
        ("auth", "", None, 12),
        ("redis", "", None, 14),
        ("celery", ">=5", None, 3),
        ("boto3", "", "s3", 5),
        ("gunicorn", "", None, 6),
    ]
    assert found.files == ("setup.py",)
    assert "t0ken" not in repr(found)


def test_python(reader: MakeReader) -> None:
    assert python_requires(reader({"setup.py": SETUP}).repo, "setup.py") == (">=3.10", 16)
    named = 'PYTHON = ">=3.9"\nimport setuptools\nsetuptools.setup(python_requires=PYTHON)\n'
    assert python_requires(reader({"setup.py": named}).repo, "setup.py") == (">=3.9", 1)
    assert python_requires(reader({"setup.py": "setup(python_requires=f())"}).repo, "setup.py") is None
    assert python_requires(reader({}).repo, "setup.py") is None


@pytest.mark.parametrize(
    "text",
    [
        "setup(install_requires=open('requirements.txt').read().splitlines())",
        "with open('requirements.txt') as f:\n    required = f.readlines()\nsetup(install_requires=required)",
        "def read(name='requirements.txt'):\n    return [x for x in open(name)]\nsetup(install_requires=read())",
        "def read(n):\n    return open(n)\nsetup(install_requires=read('requirements.txt'))",
        "NAME = 'requirements.txt'\nrequired = [str(x) for x in parse(NAME)]\nsetup(install_requires=required)",
        "required: list = parse(os.path.join(HERE, 'requirements.txt'))\nsetup(install_requires=required)",
    ],
)
def test_requirements_of_a_file(reader: MakeReader, text: str) -> None:
    found = read(reader, text)
    assert [(d.name, d.evidence.path, d.evidence.line) for d in found.dependencies] == [
        ("django", "requirements.txt", 2)
    ]
    assert found.files == ("requirements.txt", "setup.py")


def test_extras_of_a_file(reader: MakeReader) -> None:
    text = "setup(extras_require={'web': open('requirements/prod.txt').read().split()})"
    assert [(d.name, d.group) for d in read(reader, text).dependencies] == [("gunicorn", "web")]
    taken = read(reader, text, Activation(extras=frozenset({"web"})))
    assert [(d.name, d.group) for d in taken.dependencies] == [("gunicorn", None)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "setup()",
        "x = 1",
        "setup(install_requires=f())",
        "setup(install_requires=A)\nA = A",
        "setup(**config)",
        "setup(install_requires=['a'] * n)",
        "setup(extras_require={**x, 1: ['a']})",
        "setup(install_requires=open('gone.txt'))",
    ],
)
def test_what_cannot_be_told_gives_nothing(reader: MakeReader, text: str) -> None:
    assert read(reader, text).dependencies == ()


def test_broken_code_and_requirements_are_problems(reader: MakeReader) -> None:
    assert [p.line for p in read(reader, "import x\nsetup(\n").problems] == [2]
    found = read(reader, "setup(install_requires=[\n'two words',\n'pytz>dev'])")
    assert [p.line for p in found.problems] == [2, 3]
    assert found.names == {"pytz"}
