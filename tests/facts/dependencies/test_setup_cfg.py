"""setup.cfg."""

import pytest

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.declared import Declared
from analyzer.facts.dependencies.setup_cfg import read_setup_cfg
from tests.facts.dependencies.conftest import MakeReader

SETUP = """\
[metadata]
name = shop

[options]
packages = find:
install_requires =
    # the framework
    django-filter
    Django>=4.2,<5

    psycopg2; sys_platform != "win32"

[options.extras_require]
s3 = boto3; django-storages
prod =
    gunicorn
"""


def read(reader: MakeReader, text: str) -> Declared:
    made = reader({"setup.cfg": text, "requirements.txt": "\ndjango", "more.txt": "celery"})
    return read_setup_cfg(made.repo, "setup.cfg", Activation(), made)


def test_requirements_with_their_lines(reader: MakeReader) -> None:
    found = read(reader, SETUP)
    assert [(d.name, d.specifier, d.marker, d.group, d.evidence.line) for d in found.dependencies] == [
        ("django-filter", "", None, None, 8),
        ("django", "<5,>=4.2", None, None, 9),
        ("psycopg2", "", 'sys_platform != "win32"', None, 11),
        ("boto3", "", None, "s3", 14),
        ("django-storages", "", None, "s3", 14),
        ("gunicorn", "", None, None, 16),
    ]
    assert (found.files, found.problems) == (("setup.cfg",), ())


def test_requirements_of_files(reader: MakeReader) -> None:
    found = read(reader, "[options]\ninstall_requires = file: requirements.txt, more.txt, gone.txt\n")
    assert [(d.name, d.evidence.path, d.evidence.line) for d in found.dependencies] == [
        ("django", "requirements.txt", 2),
        ("celery", "more.txt", 1),
    ]
    assert found.files == ("requirements.txt", "more.txt", "setup.cfg")


@pytest.mark.parametrize("text", ["", "[flake8]\nmax-line-length = 1\n", "[options]\npackages = find:\n"])
def test_settings_of_tools_ask_for_nothing(reader: MakeReader, text: str) -> None:
    assert read(reader, text) == Declared()


def test_what_cannot_be_read_is_a_problem(reader: MakeReader) -> None:
    assert len(read(reader, "no section\n").problems) == 1
    found = read(reader, "[options]\ninstall_requires =\n    django\n    two words\n")
    assert [(p.path, p.line) for p in found.problems] == [("setup.cfg", 4)]
    assert found.names == {"django"}
