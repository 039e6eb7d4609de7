"""The programs that scripts of package.json run in the end."""

import pytest

from analyzer.facts.frontend.manifests import read_manifest
from analyzer.facts.frontend.scripts import steps_of
from tests.facts.conftest import MakeRepository
from tests.facts.frontend.conftest import package_json

WEB = package_json(name="@acme/web", scripts={"build": "vite build"})


@pytest.mark.parametrize(
    ("command", "programs"),
    [
        ("webpack --mode production", [("webpack", ".")]),
        ("NODE_ENV=production npx --yes webpack", [("webpack", ".")]),
        ("cross-env A=b webpack && node_modules/.bin/sass a b", [("webpack", "."), ("sass", ".")]),
        ("node --max-old-space-size=4096 node_modules/webpack/bin/webpack.js", [("webpack.js", ".")]),
        ("npx webpack@5 --mode production", [("webpack", ".")]),
        ("npm run inner", [("rollup", ".")]),
        ("yarn inner", [("rollup", ".")]),
        ("yarn rollup -c", [("rollup", ".")]),
        ("pnpm exec rollup -c", [("rollup", ".")]),
        ("run-s group:*", [("sass", "."), ("esbuild", ".")]),
        ("npm-run-all --parallel group:a inner", [("sass", "."), ("rollup", ".")]),
        ("concurrently 'npm:group:*' \"lessc a b\"", [("sass", "."), ("esbuild", "."), ("lessc", ".")]),
        ("cd web && npm run build", [("vite", "web")]),
        ("npm --prefix web run build", [("vite", "web")]),
        ("npm run build --workspace=@acme/web", [("vite", "web")]),
        ("yarn workspace @acme/web build", [("vite", "web")]),
        ("pnpm --filter @acme/web build", [("vite", "web")]),
        ("turbo run build", [("vite", "web")]),
        ("bun build src/a.ts --outdir dist", [("bun", ".")]),
        ("npm install", []),
        ("npm run missing", []),
        ("npm run outer", []),
        ("", []),
        ("'", []),
    ],
)
def test_followed_to_the_program(repository: MakeRepository, command: str, programs: list[tuple[str, str]]) -> None:
    scripts = {"outer": command, "inner": "rollup -c", "group:a": "sass a b", "group:b": "esbuild c"}
    repo = repository({"package.json": package_json(workspaces=["web"], scripts=scripts), "web/package.json": WEB})
    steps = steps_of(read_manifest(repo, "package.json"), "outer")
    assert [(step.program, step.folder) for step in steps if step.bundler is not None] == programs


def test_scripts_before_and_after(repository: MakeRepository) -> None:
    scripts = {"build": "vite build", "prebuild": "sass a b", "postbuild": "tsc"}
    repo = repository({"package.json": package_json(scripts=scripts)})
    steps = steps_of(read_manifest(repo, "package.json"), "build")
    assert [step.program for step in steps] == ["sass", "vite", "tsc"]
    assert [step.evidence.line for step in steps] == [4, 3, 5]


def test_watching_is_not_building(repository: MakeRepository) -> None:
    repo = repository({"package.json": package_json(scripts={"build": "sass --watch a b", "other": "vite preview"})})
    manifest = read_manifest(repo, "package.json")
    assert [step.bundler for name in ("build", "other") for step in steps_of(manifest, name)] == [None, None]


def test_scripts_that_call_each_other_end(repository: MakeRepository) -> None:
    scripts = {f"s{n}": " && ".join(f"npm run s{m}" for m in range(12)) for n in range(12)}
    repo = repository({"package.json": package_json(scripts=scripts)})
    assert steps_of(read_manifest(repo, "package.json"), "s0") == ()


def test_scripts_that_call_all_scripts_end(repository: MakeRepository) -> None:
    repo = repository({"package.json": package_json(scripts={f"s{n}": "run-s '*'" for n in range(500)})})
    assert steps_of(read_manifest(repo, "package.json"), "s0") == ()
