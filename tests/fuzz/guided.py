"""A fuzzer that is led by the code that it reaches (atheris, on libFuzzer), over every reader of configuration.

usage: python -m tests.fuzz.guided [KIND] [--seconds N] [--corpus DIR] [--case FILE]

Without KIND the first byte of an input chooses one. A case that fails is written to a file, which `--case` repeats.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
SLOW = 10
"""Seconds that one case may take."""
MEMORY = 900
"""MiB; the fuzzer's own counters and corpus are part of it."""
PROJECT = {"manage.py": b"DJANGO_SETTINGS_MODULE = 'shop.settings'\n", "shop/settings.py": b"", "shop/__init__.py": b""}


@dataclass(frozen=True, slots=True)
class Kind:
    """A file as a reader expects it, beside others, and the stage that reads it."""

    path: str
    reader: str
    beside: tuple[tuple[str, bytes], ...] = ()


_POETRY = ("pyproject.toml", b'[tool.poetry.dependencies]\npython = "^3.12"\ndjango = "^5.0"\n')
_UV = ("pyproject.toml", b'[project]\nname = "shop"\nversion = "1"\ndependencies = ["django>=5"]\n')
KINDS = {
    "requirements": Kind("requirements.txt", "dependencies"),
    "pipfile": Kind("Pipfile", "dependencies"),
    "pipfile-lock": Kind("Pipfile.lock", "dependencies", (("Pipfile", b'[packages]\ndjango = "*"\n'),)),
    "pyproject": Kind("pyproject.toml", "dependencies"),
    "poetry-lock": Kind("poetry.lock", "dependencies", (_POETRY,)),
    "uv-lock": Kind("uv.lock", "dependencies", (_UV,)),
    "setup-cfg": Kind("setup.cfg", "dependencies"),
    "setup-py": Kind("setup.py", "dependencies"),
    "conda": Kind("environment.yml", "dependencies"),
    "procfile": Kind("Procfile", "declarations"),
    "dockerfile": Kind("Dockerfile", "declarations"),
    "compose": Kind("docker-compose.yml", "declarations"),
    "app-spec": Kind(".do/app.yaml", "declarations"),
    "app-json": Kind("app.json", "declarations"),
    "render": Kind("render.yaml", "declarations"),
    "fly": Kind("fly.toml", "declarations"),
    "railway": Kind("railway.json", "declarations"),
    "supervisor": Kind("supervisord.conf", "declarations"),
    "systemd": Kind("deploy/shop.service", "declarations"),
    "uwsgi": Kind("uwsgi.ini", "declarations", (("Procfile", b"web: uwsgi uwsgi.ini\n"),)),
    "makefile": Kind("Makefile", "declarations", (("Procfile", b"web: make run\n"),)),
    "runtime": Kind("runtime.txt", "buildpacks"),
    "python-version": Kind(".python-version", "buildpacks"),
    "project-toml": Kind("project.toml", "buildpacks"),
    "package-json": Kind("package.json", "facts"),
    "environment": Kind(".env", "facts"),
    "ignore": Kind(".gitignore", "facts"),
    "settings": Kind("shop/settings.py", "facts"),
    "configuration": Kind("doctor.toml", "configuration"),
}


def main() -> int:
    """Run what the command line asks for; 1 where a case failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided")
    parser.add_argument("kind", nargs="?", choices=sorted(KINDS), help="one kind of file")
    parser.add_argument("--seconds", type=int, default=60, help="after the start, which takes 20  [default: 60]")
    parser.add_argument("--corpus", type=Path, help="folder where inputs that reach new code are kept")
    parser.add_argument("--case", type=Path, help="run one input")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)  # the fuzzer's own process
    options = parser.parse_args()
    kinds = [options.kind] if options.kind else list(KINDS)
    if options.inside:
        fuzz([KINDS[kind] for kind in kinds], options.seconds, options.corpus, options.case)
    # libFuzzer ends the process that it runs in.
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", "--inside", *sys.argv[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    runs = next((line for line in done.stderr.splitlines() if line.startswith("Done ")), "no run was finished")
    print(f"{len(kinds)} kinds of files: {runs}")
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if not line.startswith("INFO:")]
        print("\n".join(lines[-60:]))
    return int(bool(done.returncode))


def fuzz(kinds: list[Kind], seconds: int, corpus: Path | None, case: Path | None) -> None:
    """Fuzz in this process, or run a case; it ends with the process."""
    import atheris  # of the extra `dev`, where there is a wheel

    with atheris.instrument_imports(include=["analyzer"]):
        read = {name: reader(name) for name in {kind.reader for kind in kinds}}
    folders = [Path(tempfile.mkdtemp()) for _ in kinds]
    for folder, kind in zip(folders, kinds, strict=True):
        for path, content in {**PROJECT, **dict(kind.beside), kind.path: b""}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)

    def run(data: bytes) -> None:
        number = data[0] % len(kinds) if data else 0
        kind, folder = kinds[number], folders[number]
        (folder / kind.path).write_bytes(data[1:])
        read[kind.reader](folder)

    seeds = Path(tempfile.mkdtemp())
    for number, kind in enumerate(kinds):
        for index, content in enumerate(_examples(Path(kind.path).name)):
            (seeds / f"{number}-{index}").write_bytes(bytes([number]) + content)
    if corpus:
        corpus.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-timeout={SLOW}", f"-rss_limit_mb={MEMORY}"]
    inputs = [str(case)] if case else [*([str(corpus)] if corpus else []), str(seeds)]
    atheris.Setup([sys.argv[0], *limits, *inputs], run)
    atheris.Fuzz()


def reader(name: str) -> Callable[[Path], object]:
    """The stage that reads a kind of file: a function of the folder of a repository."""
    from analyzer.config import Config, load_config
    from analyzer.facts.collect import collect_facts
    from analyzer.facts.dependencies.collect import collect_dependencies
    from analyzer.facts.existing.declarations import read_declarations
    from analyzer.model.errors import UsageError
    from analyzer.pipeline import detect
    from analyzer.snapshot.repository import RepositorySnapshot

    def configure(root: Path) -> object:
        try:
            return load_config(root)
        except UsageError as error:  # what users are told of their own file
            return error

    stages: dict[str, Callable[[Path], object]] = {
        "dependencies": lambda root: collect_dependencies(RepositorySnapshot.open(root), "."),
        "declarations": lambda root: read_declarations(RepositorySnapshot.open(root), "."),
        "facts": lambda root: collect_facts(RepositorySnapshot.open(root)),
        "buildpacks": lambda root: detect(root, Config(), lambda _: None),
        "configuration": configure,
    }
    return stages[name]


def _examples(name: str) -> list[bytes]:
    """The files of that name in the fixtures, which the fuzzer starts from."""
    return [path.read_bytes()[:20_000] for path in sorted(FIXTURES.rglob(name)) if path.is_file()]


if __name__ == "__main__":
    sys.exit(main())
