"""A fault of doctor is told in one paragraph."""

from pathlib import Path

import pytest

from analyzer import __version__
from analyzer.internal_error import describe, describe_briefly
from analyzer.pipeline import stage
from analyzer.render.schema import schema


def caught(name: str) -> Exception:
    with pytest.raises(FileNotFoundError) as caught, stage(name, print):
        schema("missing")
    return caught.value


def test_version_stage_and_place_are_named() -> None:
    text = describe(caught("collect the facts"))
    assert __version__ in text
    assert "stage: collect the facts\n" in text
    assert "at analyzer/render/schema/__init__.py:" in text
    assert "FileNotFoundError: " in text
    assert "exit 70" in text
    assert "Traceback" not in text


def test_the_same_in_one_line() -> None:
    text = describe_briefly(caught("collect the facts"))
    assert text.startswith("internal error: FileNotFoundError: ")
    assert " at analyzer/render/schema/__init__.py:" in text
    assert text.endswith(" (collect the facts)")
    assert "\n" not in text


def test_no_path_of_this_machine_is_in_the_place() -> None:
    place = next(line for line in describe(caught("x")).splitlines() if line.strip().startswith("at "))
    assert str(Path(__file__).parent.parent) not in place


def test_an_exception_without_a_message_or_a_place_of_ours() -> None:
    assert "  KeyError: no message\n  at an unknown place\n" in describe(KeyError())
