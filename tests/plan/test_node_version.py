"""The Node.js of the assets stage."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.plan.node_version import node_version

Facts = Callable[..., ProjectFacts]


def version(facts: Facts, files: dict[str, str] | None = None, **package: Any) -> str:
    content = {"scripts": {"build": "webpack"}, "devDependencies": {"webpack": "^5.0.0"}, **package}
    found = facts({"package.json": json.dumps(content), **(files or {})})
    number, why = node_version(found.frontend, Overrides())
    assert why
    return number


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".nvmrc": "v18.17.0\n"}, "18"),
        ({".node-version": "20\n"}, "20"),
        ({".tool-versions": "python 3.13\nnodejs 22.1.0\n"}, "22"),
        ({"Dockerfile": "FROM node:16-alpine AS ui\nFROM python:3.13\n"}, "16"),
        ({".nvmrc": "lts/*\n"}, "24"),
    ],
)
def test_files_that_pin_it(facts: Facts, files: dict[str, str], expected: str) -> None:
    assert version(facts, files) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(">=18", "24"), ("^20.1", "20"), ("18 || 20", "20"), (">=16 <19", "18"), ("18.x", "18"), (">=99", "24")],
)
def test_ranges(facts: Facts, wanted: str, expected: str) -> None:
    assert version(facts, engines={"node": wanted}) == expected


def test_tools_that_do_not_run_on_a_newer_one(facts: Facts) -> None:
    assert version(facts, devDependencies={"webpack": "^4.46.0"}) == "16"
    assert version(facts, devDependencies={"webpack": "4", "gulp": "~3.9.1"}) == "10"
    assert version(facts) == "24"


@pytest.mark.parametrize(("locked", "expected"), [("2.5.17", "14"), ("2.6.0", "24"), ("2.7.16", "24")])
def test_a_locked_tool_that_keeps_a_newer_one_from_ending(facts: Facts, locked: str, expected: str) -> None:
    lock = {"yarn.lock": f'vue-template-compiler@^2.5.17:\n  version "{locked}"\n'}
    assert version(facts, lock, dependencies={"vue-template-compiler": "^2.5.17"}) == expected
    assert version(facts, dependencies={"vue-template-compiler": "^2.5.17"}) == "24"
