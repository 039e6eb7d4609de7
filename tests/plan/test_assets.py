"""The stage that builds the front end."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import AssetsPlan, Decision
from analyzer.plan.assets import plan_assets

Facts = Callable[..., ProjectFacts]
SETTINGS = "STATICFILES_DIRS = ['assets']\n"


def package(**more: Any) -> str:
    return json.dumps(
        {"scripts": {"build": "vite build --outDir assets/dist"}, "devDependencies": {"vite": "^5.0.0"}, **more}
    )


def decide(facts: ProjectFacts, **image: Any) -> tuple[Decision[AssetsPlan | None], set[str]]:
    decision, notes = plan_assets(facts, ".", Overrides(image=ImageOverrides(**image)))
    return decision, {note.code for note in notes}


def built(facts: ProjectFacts, **image: Any) -> AssetsPlan:
    value = decide(facts, **image)[0].value
    assert value is not None
    return value


def test_a_build_that_django_serves(facts: Facts) -> None:
    found = facts({"package.json": package(), "package-lock.json": "{}"}, SETTINGS)
    plan = built(found)
    assert (plan.install, plan.build, plan.outputs) == ("npm ci", "npm run build", ("assets/dist",))
    assert plan.copies == ("package.json", "package-lock.json")
    assert (plan.image, plan.directory, plan.sources) == ("node:24-slim", ".", ())
    decision, codes = decide(found)
    assert (decision.evidence[0].path, codes) == ("package.json", set())


def test_no_front_end(facts: Facts) -> None:
    decision, codes = decide(facts())
    assert (decision.value, codes) == (None, set())
    assert decide(facts({"package.json": '{"devDependencies": {"prettier": "3"}}'}))[0].value is None


def test_a_site_of_its_own_is_another_component(facts: Facts) -> None:
    site = json.dumps({"scripts": {"build": "vite build"}, "devDependencies": {"vite": "^5"}})
    files = {"frontend/package.json": site, "frontend/index.html": "<html>", "frontend/package-lock.json": "{}"}
    decision, _ = decide(facts(files))
    assert decision.value is None
    assert "site of its own" in decision.rule


def test_a_folder_whose_build_reads_outside_of_it(facts: Facts) -> None:
    inside = json.dumps(
        {"scripts": {"build": "tailwindcss -i a.css -o ../assets/out.css"}, "devDependencies": {"tailwindcss": "^3"}}
    )
    files = {"theme/package.json": inside, "theme/package-lock.json": "{}"}
    plan = built(facts(files, SETTINGS))
    assert (plan.directory, plan.sources) == ("theme", (".",))
    assert plan.copies == ("theme/package.json", "theme/package-lock.json")


def test_scripts_of_the_installation_need_the_source(facts: Facts) -> None:
    scripts = {"build": "vite build --outDir assets/dist", "postinstall": "node patch.js"}
    plan = built(facts({"package.json": package(scripts=scripts), "package-lock.json": "{}"}, SETTINGS))
    assert (plan.copies, plan.install, plan.build) == ((), "", "npm ci && npm run build")


@pytest.mark.parametrize(
    ("packages", "expected"), [({}, "npm install --global sass@1 && npm ci"), ({"sass": "1"}, "npm ci")]
)
def test_a_program_that_no_package_brings_is_installed(facts: Facts, packages: dict[str, str], expected: str) -> None:
    manifest = json.dumps({"scripts": {"build": "sass scss/main.scss assets/main.css"}, "devDependencies": packages})
    found = facts({"package.json": manifest, "package-lock.json": "{}", "scss/main.scss": ""}, SETTINGS)
    assert built(found).install == expected


def test_without_a_lock_file_each_build_differs(facts: Facts) -> None:
    found = facts({"package.json": package()}, SETTINGS)
    assert built(found).install == "npm install"
    assert decide(found)[1] == {"no-lock-file"}


@pytest.mark.parametrize(
    ("lock", "more", "node", "expected"),
    [
        ("yarn.lock", {}, "22", "yarn install --frozen-lockfile"),
        ("yarn.lock", {"packageManager": "yarn@4.5.0"}, "22", "corepack enable && yarn install --immutable"),
        ("pnpm-lock.yaml", {}, "24", "corepack enable && pnpm install --frozen-lockfile"),
        (
            "pnpm-lock.yaml",
            {"packageManager": "pnpm@9.1.0"},
            "26",
            "npm install --global pnpm@9.1.0 && pnpm install --frozen-lockfile",
        ),
        ("bun.lock", {}, "24", "npm install --global bun@1 && bun install --frozen-lockfile"),
    ],
)
def test_package_managers(facts: Facts, lock: str, more: dict[str, Any], node: str, expected: str) -> None:
    found = facts({"package.json": package(**more), lock: ""}, SETTINGS)
    assert built(found, node_version=node).install == expected


def test_an_output_above_the_project_is_not_copied(facts: Facts) -> None:
    whole = json.dumps(
        {
            "scripts": {"build": "vite build --outDir ."},
            "devDependencies": {"vite": "^5", "webpack-bundle-tracker": "1"},
        }
    )
    decision, codes = decide(facts({"package.json": whole, "package-lock.json": "{}"}, SETTINGS))
    assert decision.value is None
    assert codes == {"assets-not-built"}


def test_the_configuration_decides(facts: Facts) -> None:
    found = facts({"package.json": package(), "package-lock.json": "{}"}, SETTINGS)
    assert decide(found, assets=False)[0].value is None
    assert built(found, node_version="20").image == "node:20-slim"


@pytest.mark.parametrize(
    ("lock", "folder"),
    [
        ("package-lock.json", "/root/.npm"),
        ("yarn.lock", "/usr/local/share/.cache/yarn"),
        ("pnpm-lock.yaml", "/root/.local/share/pnpm/store"),
    ],
)
def test_buildkit_keeps_the_downloads(facts: Facts, lock: str, folder: str) -> None:
    found = facts({"package.json": package(), lock: "{}"}, SETTINGS)
    assert built(found, buildkit=True).caches == (folder,)
    assert built(found).caches == ()


def test_the_file_that_webpack_loader_reads_comes_along(facts: Facts) -> None:
    settings = SETTINGS + "WEBPACK_LOADER = {'DEFAULT': {'STATS_FILE': 'webpack-stats.json'}}\n"
    files = {"package.json": package(), "package-lock.json": "{}"}
    assert built(facts(files, settings)).outputs == ("assets/dist", "webpack-stats.json")
    assert "shop/settings.py" in [e.path for e in decide(facts(files, settings))[0].evidence]
    for inside in ("assets/dist/webpack-stats.json", "staticfiles/webpack-stats.json", "/tmp/webpack-stats.json"):
        assert built(facts(files, settings.replace("webpack-stats.json", inside))).outputs == ("assets/dist",)
