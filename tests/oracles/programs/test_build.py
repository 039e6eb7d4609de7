"""What is made of the upstream sources before they are compiled or run."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.oracles.programs.build import export, prepare_google, write_analysis

COMPILE = """\
#!/usr/bin/env bash
mkdir -p /app/.heroku
hooks::run_hook "pre_compile"
package_manager::determine_package_manager
cache::restore "${BUILD_DIR}"
hooks::run_hook "post_compile"
"""


def test_the_analysis_ends_where_downloads_begin(tmp_path: Path) -> None:
    (tmp_path / "compile").write_text(COMPILE)
    write_analysis(tmp_path)
    done = subprocess.run(["bash", "-n", str(tmp_path / "analyse")], check=False)
    assert done.returncode == 0
    lines = (tmp_path / "analyse").read_text().splitlines()
    assert lines == ["#!/usr/bin/env bash", ":", ":", "package_manager::determine_package_manager"]


@pytest.mark.parametrize("line", ["mkdir -p /app/.heroku\n", 'hooks::run_hook "pre_compile"\n', "cache::restore "])
def test_another_program_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "compile").write_text(COMPILE.replace(line, "# "))
    with pytest.raises(ValueError, match="not as expected"):
        write_analysis(tmp_path)


def test_google_is_prepared(tmp_path: Path) -> None:
    folder = tmp_path / "pkg" / "tooling"
    folder.mkdir(parents=True)
    (folder / "tooling_versions.bzl").write_text('"""Versions."""\n\nTABLE = {\n    "uv": ["1"],\n}\n')
    (folder / "resolver.go").write_text('import "github.com/Masterminds/semver"\n')
    prepare_google(tmp_path)
    assert json.loads((folder / "tooling_versions.json").read_text()) == {"uv": ["1"]}
    assert (folder / "resolver.go").read_text() == 'import "github.com/Masterminds/semver/v3"\n'


def test_a_commit_is_exported_without_its_integration_tests(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    for path in ("bin/detect", "integration/data"):
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).write_text("x\n")
    git = ["git", "-C", str(clone), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "x"]):
        subprocess.run([*git, *command], check=True)
    export(clone, "HEAD", tmp_path / "source")
    assert [path.name for path in (tmp_path / "source").iterdir()] == ["bin"]
    assert (tmp_path / "source" / "bin" / "detect").read_text() == "x\n"
