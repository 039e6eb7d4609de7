"""Who imports whom, what nobody may import, and what the start of the program leaves alone."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "analyzer").rglob("*.py"))

# With one of these, code of the scanned repository could run.
RUNNERS = {"code", "codeop", "ctypes", "imp", "importlib", "multiprocessing", "pty", "runpy", "subprocess", "zipimport"}
BUILTIN_RUNNERS = {"__import__", "compile", "eval", "exec"}
OS_RUNNERS = ("exec", "fork", "popen", "posix_spawn", "spawn", "startfile", "system")
# Data files of the package are read through it.
HARMLESS = "importlib.resources"
# Import modules of their own package, by names that come from its own folder or their own table alone.
IMPORT_OWN_MODULES = (
    "analyzer/facts/evaluator/library/registry.py",
    "analyzer/rules/registry.py",
    "analyzer/cli/app.py",
)
# Compiles the `__init__` of our own dataclasses, as the standard library does.
MAKES_OWN_METHODS = "analyzer/model/quick_dataclass.py"
# Keeps our own tables compiled, as Python keeps modules.
COMPILES_OWN_TABLES = "analyzer/tables.py"
# Keep the code of our own modules and the programs of our own patterns, as Python keeps modules.
KEEP_OWN_CODE = {
    "analyzer/precompile.py": ["importlib.import_module"],
    "analyzer/precompiled/modules.py": [
        "importlib.machinery.ModuleSpec",
        "importlib.machinery.SourceFileLoader",
        "importlib.util.MAGIC_NUMBER",
    ],
    "analyzer/precompiled/patterns.py": ["importlib"],
}
# Starts pip, with names and versions alone.
ASKS_PIP = "analyzer/online/wheels.py"
# Start doctor's own functions and commands as processes.
FLEET = {
    "analyzer/fleet/processes.py": [
        "multiprocessing",
        "multiprocessing.connection.Connection",
        "multiprocessing.connection.wait",
        "multiprocessing.process.BaseProcess",
    ],
    "analyzer/fleet/verification.py": ["subprocess"],
}
# Runs the project on purpose, in containers; it starts its own watcher and the docker command as processes.
VERIFIER = {f"analyzer/verify/{name}.py": ["subprocess"] for name in ("buildkit", "workspace")}

HEAVY = (
    "distributed",
    "docker",
    "jinja2",
    "libcst",
    "multiprocessing",
    "packaging",
    "pathspec",
    "pydantic",
    "rich",
    "yaml",
)


def runners(tree: ast.Module) -> Iterator[str]:
    """The names that a module uses and that could run code."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found = [alias.name for alias in names if alias.name.split(".")[0] in RUNNERS]
            case ast.ImportFrom(module=str(module), names=names):
                found = [f"{module}.{a.name}" for a in names if module.split(".")[0] in RUNNERS]
                found += [f"os.{a.name}" for a in names if module == "os" and a.name.startswith(OS_RUNNERS)]
            case ast.Call(func=ast.Name(id=name)):
                found = [name] if name in BUILTIN_RUNNERS else []
            case ast.Attribute(value=ast.Name(id="os"), attr=name):
                found = [f"os.{name}"] if name.startswith(OS_RUNNERS) else []
            case _:
                found = []
        yield from (name for name in found if not name.startswith(HARMLESS))


def modules_after(*arguments: str) -> set[str]:
    """The modules that a process of doctor has imported when it ends."""
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"sys.argv = ['doctor', *{arguments!r}]\n"
        "from analyzer.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout
    return set(done.stderr.split())


def test_the_contracts_between_the_packages_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == 0


def test_no_module_can_run_scanned_code() -> None:
    found = {str(path.relative_to(ROOT)): list(runners(ast.parse(path.read_bytes()))) for path in SOURCES}
    assert {path: names for path, names in found.items() if names} == {
        IMPORT_OWN_MODULES[0]: ["importlib"],
        IMPORT_OWN_MODULES[1]: ["importlib.import_module"],
        IMPORT_OWN_MODULES[2]: ["importlib.import_module"],
        MAKES_OWN_METHODS: ["exec"],
        ASKS_PIP: ["subprocess"],
        **FLEET,
        **VERIFIER,
        COMPILES_OWN_TABLES: ["importlib.machinery.SourceFileLoader", "exec", "compile"],
        **KEEP_OWN_CODE,
    }


@pytest.mark.parametrize(
    "source",
    [
        "import runpy",
        "import importlib.util",
        "from importlib import import_module",
        "from subprocess import run",
        "from os import system",
        "import os\nos.execvp('sh', ['sh'])",
        "eval('1')",
        "__import__('settings')",
    ],
)
def test_running_code_is_noticed(source: str) -> None:
    assert list(runners(ast.parse(source)))


@pytest.mark.parametrize("source", ["from importlib import resources", "from importlib.resources import files"])
def test_reading_data_files_is_not_running_code(source: str) -> None:
    assert list(runners(ast.parse(source))) == []


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_start_imports_no_heavy_package(option: str) -> None:
    imported = modules_after(option)
    assert "typer" in imported
    assert imported.isdisjoint(HEAVY)
    assert not any(name.startswith("analyzer.facts") for name in imported)


def test_a_scan_needs_no_packages_that_are_for_other_commands() -> None:
    imported = modules_after("scan", str(ROOT / "fixtures" / "heroku_celery_beat" / "repo"))
    assert "packaging" in imported
    assert imported.isdisjoint({"docker", "jinja2", "libcst"})


def test_a_parser_is_imported_for_a_file_that_needs_it(tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text('import os\nos.environ["DJANGO_SETTINGS_MODULE"] = "settings"\n')
    assert modules_after("scan", "--exit-zero", str(tmp_path)).isdisjoint({"yaml", "configparser"})
    (tmp_path / "app.yaml").write_text("services: []\n")
    assert "yaml" in modules_after("scan", "--exit-zero", str(tmp_path))
