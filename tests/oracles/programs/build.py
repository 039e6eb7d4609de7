"""Build the programs that say what the real buildpacks do with a folder.

usage: python -m tests.oracles.programs.build CLONES PROGRAMS

CLONES holds clones of the repositories in sources.toml, PROGRAMS is a new folder (some 4 GB). Needs git, Go, Cargo and
`localedef`; Go and Cargo fetch what the programs depend on. Linux only.

- Heroku classic: the shell scripts themselves. bin/analyse is bin/compile up to where it begins to download, without
  its two hooks and the folder /app. The steps sort file names in the locale of the build image, en_US.UTF-8.
- Heroku's Cloud Native Buildpacks: their own binaries.
- Paketo and Google: a program (paketo/, google/) that calls the detect functions of the buildpacks, and the resolver of
  the lifecycle. Their go.mod files take the sources from PROGRAMS.
"""

import argparse
import ast
import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))
CLASSIC = ("heroku-classic-v322", "heroku-classic")
BINARIES = {"heroku-cnb": "python-buildpack", "heroku-procfile": "procfile-buildpack"}
GO = ("paketo", "google")
_SEMVER = '"github.com/Masterminds/semver"'
_DOWNLOADS = "\ncache::restore "
_LEFT_OUT = ('hooks::run_hook "pre_compile"', "mkdir -p /app/.heroku")


def source(programs: Path, name: str) -> Path:
    """The folder with the source of a row of sources.toml."""
    return programs / "source" / name


def main() -> None:
    """Build everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", type=Path)
    parser.add_argument("programs", type=Path)
    options = parser.parse_args()
    programs: Path = options.programs.resolve()
    for name, row in SOURCES.items():
        export(_clone(options.clones, row["repository"]), row["commit"], source(programs, name))
    (programs / "locale").mkdir()
    _run("localedef", "-i", "en_US", "-f", "UTF-8", str(programs / "locale" / "en_US.UTF-8"))
    for name in CLASSIC:
        write_analysis(source(programs, name) / "bin")
    (programs / "bin").mkdir()
    for name, binary in BINARIES.items():
        target = programs / "target"
        _run("cargo", "build", "--locked", "--target-dir", str(target), at=source(programs, name))
        shutil.copy(target / "debug" / binary, programs / "bin" / name)
    prepare_google(source(programs, "google"))
    for name in GO:
        shutil.copytree(HERE / name, programs / name)
        _run("go", "build", "-o", str(programs / "bin" / name), ".", at=programs / name)


def export(clone: Path, commit: str, folder: Path) -> None:
    """Write the files of a commit, without the data of its integration tests, which a clone need not have."""
    folder.mkdir(parents=True)
    command = ["git", "-C", str(clone), "archive", "--format=tar", commit, ".", ":(exclude)integration"]
    archive = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(folder)], check=True, input=archive.stdout)


def write_analysis(scripts: Path) -> None:
    """Write bin/analyse. Raises ValueError when bin/compile does not look as it did."""
    text = (scripts / "compile").read_text(encoding="utf-8")
    analysis, downloads, _ = text.partition(_DOWNLOADS)
    for line in _LEFT_OUT:
        if not downloads or analysis.count(f"\n{line}\n") != 1:
            raise ValueError(f"bin/compile of {scripts.parent.name} is not as expected: {line}")
        analysis = analysis.replace(f"\n{line}\n", "\n:\n")
    (scripts / "analyse").write_text(f"{analysis}\n", encoding="utf-8")
    (scripts / "analyse").chmod(0o755)


def prepare_google(folder: Path) -> None:
    """Do what Google's own build does besides compiling.

    It makes the tables that are embedded from Starlark, and takes another release of a module than go.mod says
    (WORKSPACE, com_github_masterminds_semver).
    """
    for file in (folder / "pkg" / "tooling").glob("tooling_versions*.bzl"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        table = next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
        file.with_suffix(".json").write_text(json.dumps(table), encoding="utf-8")
    for file in folder.rglob("*.go"):
        text = file.read_text(encoding="utf-8")
        if _SEMVER in text:
            file.write_text(text.replace(_SEMVER, f'{_SEMVER[:-1]}/v3"'), encoding="utf-8")


def _clone(clones: Path, repository: str) -> Path:
    """The clone, or the repository in a folder of it."""
    for folder in (clones / repository.replace("/", "+"), clones / repository):
        candidates = [folder, *folder.iterdir()] if folder.is_dir() else []
        for candidate in candidates:
            if (candidate / ".git").exists() or (candidate / "HEAD").is_file():
                return candidate
    raise FileNotFoundError(f"{clones} has no clone of {repository}")


def _run(*command: str, at: Path | None = None) -> None:
    subprocess.run(command, cwd=at, check=True)


if __name__ == "__main__":
    main()
