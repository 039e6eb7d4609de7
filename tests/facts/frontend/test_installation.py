"""What the installation of a front end reads."""

from analyzer.model.evidence import Fact
from tests.facts.frontend.conftest import CollectFrontend, package_json

BUILD = {"build": "vite build --outDir ../site_/static/dist"}


def test_files_of_the_installation(frontend: CollectFrontend) -> None:
    files = {
        "package.json": package_json(scripts={"build": "vite build"}, devDependencies={"vite": "^5"}),
        "package-lock.json": "{}",
        ".npmrc": "",
        "patches/a.patch": "",
        "src/main.js": "",
    }
    found = frontend(files)
    assert found.install_files == ("package.json", "package-lock.json", ".npmrc", "patches/a.patch")
    assert (found.lock, found.install_directory, found.install_reads_source) == ("package-lock.json", ".", False)
    assert found.packages == {"vite": "^5"}


def test_a_script_of_the_installation(frontend: CollectFrontend) -> None:
    text = package_json(scripts={"build": "vite build", "prepare": "node x.js"}, devDependencies={"vite": "^5"})
    assert frontend({"package.json": text}).install_reads_source is True


def test_a_member_of_a_workspace_is_installed_with_it(frontend: CollectFrontend) -> None:
    files = {
        "package.json": package_json(workspaces=["web"], packageManager="yarn@4.1.0+sha224.ab"),
        "yarn.lock": "",
        ".yarnrc.yml": "",
        "web/package.json": package_json(scripts={"build": "vite build"}, devDependencies={"vite": "^5"}),
    }
    found = frontend(files)
    assert (found.install_directory, found.manager_version) == (".", "4.1.0")
    assert set(found.install_files) == set(files)


def test_the_version_of_node(frontend: CollectFrontend) -> None:
    text = package_json(scripts={"build": "vite build"}, devDependencies={"vite": "^5"}, engines={"node": ">=18"})
    ranged = frontend({"package.json": text})
    assert isinstance(ranged.node_version, Fact)
    assert (ranged.node_version.value, ranged.node_version.evidence[0].path) == (">=18", "package.json")
    pinned = frontend({"package.json": text, ".nvmrc": "# comment\nv20.1.0\n"})
    assert isinstance(pinned.node_version, Fact)
    assert (pinned.node_version.value, pinned.node_version.evidence[0].line) == ("20.1.0", 2)


def test_what_the_build_reads_elsewhere(frontend: CollectFrontend) -> None:
    outside = package_json(scripts=BUILD, devDependencies={"vite": "^5"})
    assert frontend({"ui/package.json": outside}).scans == (".",)
    inside = package_json(scripts={"build": "vite build"}, devDependencies={"vite": "^5"})
    assert frontend({"ui/package.json": inside}).scans == ()
    scanning = package_json(scripts={"build": "tailwindcss -o out.css"}, devDependencies={"tailwindcss": "^3"})
    assert frontend({"ui/package.json": scanning}).scans == (".",)
