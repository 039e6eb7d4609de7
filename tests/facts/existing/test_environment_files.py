"""Files of variables."""

from analyzer.facts.existing.environment_files import example_files, read_environment_file
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import environment


def test_lines(repository: MakeRepository) -> None:
    text = (
        "# comment\nA=1\nexport B = two words # said so\nC='x # y'\n"
        'D="q" # z\nE=\nF=a#b\nnot a line\nlower.case=1\nG=\'open\n'
    )
    assert environment(read_environment_file(repository({".env": text}), ".env")) == {
        "A": ("1", 2),
        "B": ("two words", 3),
        "C": ("x # y", 4),
        "D": ("q", 5),
        "E": ("", 6),
        "F": ("a#b", 7),
        "lower.case": ("1", 9),
        "G": ("open", 10),
    }


def test_a_byte_order_mark_is_no_part_of_a_name(repository: MakeRepository) -> None:
    assert list(environment(read_environment_file(repository({".env": b"\xef\xbb\xbfA=1\n"}), ".env"))) == ["A"]


def test_examples_those_of_production_first(repository: MakeRepository) -> None:
    names = [
        ".env.example",
        ".env.dev.example",
        "prod/.env.template",
        "env.sample",
        "example.env",
        ".envs/.production/.django",
        ".envs/.local/.django",
        ".env",
        ".env.prod",
        "environment.py",
        "env.example.md",
        "sample.environment",
    ]
    found = example_files(repository({"manage.py": "", **dict.fromkeys(names, "A=1\n")}), ".")
    assert found == (
        "prod/.env.template",
        ".envs/.production/.django",
        ".env.example",
        "env.sample",
        "example.env",
        ".env.dev.example",
    )
