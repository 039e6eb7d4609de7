"""The command that builds a front end, and the package manager that runs it."""

from typing import Any

import pytest

from analyzer.model.evidence import Certainty, Fact, Unresolved
from tests.facts.frontend.conftest import CollectFrontend, package_json


@pytest.mark.parametrize(
    ("scripts", "command"),
    [
        ({"build": "x", "build:prod": "y"}, "npm run build"),
        ({"dev": "vite", "production": "mix --production"}, "npm run production"),
        ({"heroku-postbuild": "webpack"}, "npm run heroku-postbuild"),
        ({"build:a": "sass a b", "build:b": "esbuild c", "build:dev": "sass a"}, "npm run build:a && npm run build:b"),
        ({"css": "tailwindcss -i a.css -o static/b.css", "start": "webpack serve"}, "npm run css"),
        ({"css": "tailwindcss -i a.css -o static/b.css --watch"}, None),
        ({"css": "tailwindcss -i a.css -o static/b.css -w"}, None),
        ({"types": "tsc --noEmit"}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_the_build_script(frontend: CollectFrontend, scripts: dict[str, str], command: str | None) -> None:
    answer = frontend({"package.json": package_json(scripts=scripts)}).build_command
    assert isinstance(answer, Fact)
    assert answer.value == command


DOCKERFILE = """FROM node:22-slim AS assets
RUN npm ci
RUN npm run lint \\
  && npm run bundle:prod && npm run test:bundle
FROM python:3.12-slim
"""


@pytest.mark.parametrize(
    ("path", "dockerfile", "command", "line"),
    [
        ("Dockerfile", DOCKERFILE, "npm run bundle:prod", 4),
        (
            "docker/prod/Dockerfile",
            DOCKERFILE.replace("npm run bundle:prod", "yarn bundle:prod"),
            "npm run bundle:prod",
            4,
        ),
        ("Dockerfile.dev", DOCKERFILE, "npm run build", None),
        ("Dockerfile", "FROM python:3.12-slim\nRUN npm run missing\n", "npm run build", None),
        ("Dockerfile", "FROM python:3.12-slim\nRUN npm run lint\n", "npm run build", None),
    ],
)
def test_the_script_that_the_image_runs(
    frontend: CollectFrontend, path: str, dockerfile: str, command: str, line: int | None
) -> None:
    bundle = "webpack --config prod.js"
    scripts = {"build": "webpack", "bundle:prod": bundle, "lint": "eslint .", "test:bundle": "webpack"}
    answer = frontend({"package.json": package_json(scripts=scripts), path: dockerfile}).build_command
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == (command, Certainty.CERTAIN)
    assert [(e.path, e.line) for e in answer.evidence[1:]] == ([] if line is None else [(path, line)])


def test_an_empty_build_script_is_not_told(frontend: CollectFrontend) -> None:
    answer = frontend({"package.json": package_json(scripts={"build": ""})}).build_command
    assert isinstance(answer, Unresolved)
    assert answer.reason == "the build script is empty"
    assert (answer.evidence[0].path, answer.evidence[0].line) == ("package.json", 3)


@pytest.mark.parametrize(
    ("gulpfile", "command"),
    [
        ('gulp.task("build", () => gulp.src("a").pipe(gulp.dest("static")));', "npx gulp build"),
        ("exports.default = () => {};", "npx gulp"),
    ],
)
def test_a_bundler_without_script(frontend: CollectFrontend, gulpfile: str, command: str) -> None:
    files = {"package.json": package_json(devDependencies={"gulp": "5"}), "gulpfile.js": gulpfile}
    answer = frontend(files).build_command
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == (command, Certainty.LIKELY)
    assert answer.evidence[0].path == "gulpfile.js"


@pytest.mark.parametrize(
    ("files", "content", "manager", "certainty"),
    [
        ({"package-lock.json": "{}"}, {}, "npm", Certainty.CERTAIN),
        ({"yarn.lock": ""}, {}, "yarn", Certainty.CERTAIN),
        ({"pnpm-lock.yaml": ""}, {}, "pnpm", Certainty.CERTAIN),
        ({"bun.lock": ""}, {}, "bun", Certainty.CERTAIN),
        ({"package-lock.json": "{}"}, {"packageManager": "pnpm@10.1.0"}, "pnpm", Certainty.CERTAIN),
        ({"package-lock.json": "{}", "yarn.lock": ""}, {}, "yarn", Certainty.GUESS),
        ({"package-lock.json": "{}", "yarn.lock": ""}, {"scripts": {"build": "npm run x"}}, "npm", Certainty.LIKELY),
        ({}, {"engines": {"node": "22", "yarn": "4"}}, "yarn", Certainty.LIKELY),
        ({}, {}, "npm", Certainty.LIKELY),
    ],
)
def test_the_package_manager(
    frontend: CollectFrontend, files: dict[str, str], content: dict[str, Any], manager: str, certainty: Certainty
) -> None:
    answer = frontend({**files, "package.json": package_json(**content)}).package_manager
    assert isinstance(answer, Fact)
    assert (answer.value, answer.certainty) == (manager, certainty)


def test_a_workspace_is_locked_at_the_root(frontend: CollectFrontend) -> None:
    files = {
        "package.json": package_json(workspaces=["web"]),
        "yarn.lock": "",
        "web/package.json": package_json(scripts={"build": "vite build"}),
    }
    facts = frontend(files)
    assert isinstance(facts.package_json, Fact)
    assert facts.package_json.value == "web/package.json"
    assert isinstance(facts.build_command, Fact)
    assert facts.build_command.value == "yarn run build"
    assert facts.package_manager.evidence[0].path == "yarn.lock"
