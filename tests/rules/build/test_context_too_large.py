"""Large files have no example, which would be as large."""

from pathlib import Path

from tests.rules.examples import findings_of, report_of


def test_a_large_file_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    with (tmp_path / "models" / "weights.bin").open("wb") as file:
        file.truncate(12_000_000)
    (finding,) = findings_of(report_of(tmp_path, {}), "context-too-large")
    assert finding.evidence[0].path == "models/weights.bin"
    assert "12 MB" in finding.message


def test_the_refusal_of_a_buildpack_is_told_with_the_environment(tmp_path: Path) -> None:
    files = {"venv/pyvenv.cfg": "home = /usr/bin\n", "web/node_modules/left-pad/index.js": "x\n"}
    environment, packages = findings_of(report_of(tmp_path, files), "context-too-large")
    assert "Heroku classic" in environment.message
    assert environment.commands[0] == "git rm -r --cached venv"
    assert packages.message.startswith("web/node_modules/ is")
    assert "Heroku" not in packages.message
    assert (packages.evidence[0].path, packages.evidence[-1].path) == (".gitignore", "web/node_modules")


def test_an_ignored_environment_is_the_developers_own(tmp_path: Path) -> None:
    files = {"venv/pyvenv.cfg": "home = /usr/bin\n", ".gitignore": "venv/\n"}
    assert findings_of(report_of(tmp_path, files), "context-too-large") == ()
