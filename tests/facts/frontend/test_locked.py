"""The versions that a lock file has of a package.json's own packages."""

import json

import pytest

from tests.facts.frontend.conftest import CollectFrontend, package_json

PACKAGE = package_json(
    scripts={"build": "vite build"}, devDependencies={"vite": "^5", "@vue/compiler": "~3.1", "left-out": "*"}
)
YARN = (
    "# yarn lockfile v1\n\n\n"
    '"@vue/compiler@^3.0", "@vue/compiler@~3.1":\n  version "3.1.4"\n  resolved "x"\n\n'
    'vite@^5, vite@^5.1:\n  version "5.2.0"\n\nesbuild@1:\n  version "1.0.0"\n'
)
BERRY = '__metadata:\n  version: 8\n\n"vite@npm:^5":\n  version: 5.2.0\n  resolution: "vite@npm:5.2.0"\n'
NPM = {
    "lockfileVersion": 3,
    "packages": {
        "": {"version": "1.0.0"},
        "node_modules/@vue/compiler": {"version": "3.1.4"},
        "node_modules/esbuild/node_modules/vite": {"version": "4.0.0"},
        "node_modules/vite": {"version": "5.2.0", "dependencies": {"esbuild": "1"}},
    },
}
BOTH = {"vite": "5.2.0", "@vue/compiler": "3.1.4"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("yarn.lock", YARN, BOTH),
        ("yarn.lock", BERRY, {"vite": "5.2.0"}),
        ("package-lock.json", json.dumps(NPM, indent=2), BOTH),
        ("package-lock.json", json.dumps({"dependencies": {"vite": {"version": "5.2.0"}}}), {"vite": "5.2.0"}),
        ("pnpm-lock.yaml", "packages: {}\n", {}),
        ("package-lock.json", "{", {}),
    ],
)
def test_locked_versions(frontend: CollectFrontend, name: str, text: str, expected: dict[str, str]) -> None:
    assert frontend({"package.json": PACKAGE, name: text}).locked == expected


def test_without_a_lock_file(frontend: CollectFrontend) -> None:
    assert frontend({"package.json": PACKAGE}).locked == {}
