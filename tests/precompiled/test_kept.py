"""What is kept for quick starts is what the sources say, or it is not used.

Each test runs a copy of the package, so that nothing is written beside the code under test.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import analyzer

Run = Callable[..., subprocess.CompletedProcess[str]]
FIXTURE = Path(__file__).parents[2] / "fixtures" / "heroku_celery_beat" / "repo"
IMPORTED = """
import sys
from analyzer.precompiled.modules import use_kept_modules
importer = use_kept_modules()
import {module}
print(type(sys.modules["{module}"].__loader__).__name__, sys.modules["{module}"].__doc__)
"""
PATTERN = """
import re
from analyzer.precompiled import patterns
compile, re.compile = re.compile, None
pattern = patterns.compiled({text!r}, {flags})
re.compile = compile
print(pattern == re.compile({text!r}, {flags}), pattern.groupindex, pattern.fullmatch("ab-12").groups())
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with all that `python -m analyzer.precompile` makes."""
    root = tmp_path_factory.mktemp("package")
    shutil.copytree(Path(analyzer.__file__).parent, root / "analyzer", ignore=shutil.ignore_patterns("__pycache__"))
    _python(root, "-m", "analyzer.precompile")
    return root


@pytest.fixture
def package(made: Path, tmp_path: Path) -> Path:
    """A copy of that which a test may change."""
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def _python(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": "", **environment}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )


def _kept(root: Path, name: str) -> Path:
    (found,) = (root / "analyzer" / "__pycache__").glob(f"{name}.*")
    return found


def _scan(root: Path, **environment: str) -> str:
    return _python(root, "-m", "analyzer", "scan", str(FIXTURE), "--exit-zero", **environment).stdout


def test_modules_come_from_the_kept_code(package: Path) -> None:
    done = _python(package, "-c", IMPORTED.format(module="analyzer.plan.planner"))
    assert done.stdout.startswith("_Loader ")


def test_what_a_module_imports_runs_before_it_and_once(package: Path) -> None:
    source = package / "analyzer" / "plan" / "commands.py"
    source.write_text(source.read_text() + "\nprint(__name__, __spec__.parent, __file__)\n")
    _python(package, "-m", "analyzer.precompile")
    done = _python(package, "-c", IMPORTED.format(module="analyzer.plan.planner"))
    first, second = done.stdout.splitlines()
    assert first == f"analyzer.plan.commands analyzer.plan {source}"
    assert second.startswith("_Loader ")


def test_an_exception_of_a_module_says_where_it_happened(package: Path) -> None:
    source = package / "analyzer" / "plan" / "commands.py"
    source.write_text(source.read_text() + "\nif 'plan' in __import__('sys').argv: raise OverflowError('too much')\n")
    _python(package, "-m", "analyzer.precompile")
    program = f"try:\n {IMPORTED.format(module='analyzer.plan.planner').strip().replace(chr(10), chr(10) + ' ')}\n"
    program += "except OverflowError as error:\n import traceback\n print(traceback.format_tb(error.__traceback__)[-1])"
    program += "\n print('analyzer.plan.commands' in sys.modules, 'analyzer.plan.planner' in sys.modules)"
    done = _python(package, "-c", program, "plan")
    assert f'File "{source}"' in done.stdout
    assert "raise OverflowError" in done.stdout
    assert done.stdout.endswith("False False\n")


def test_a_changed_source_is_read(package: Path) -> None:
    source = package / "analyzer" / "plan" / "planner.py"
    source.write_text('"""Changed."""\n')
    assert (
        _python(package, "-c", IMPORTED.format(module="analyzer.plan.planner")).stdout == "SourceFileLoader Changed.\n"
    )


@pytest.mark.parametrize("share", [0.0005, 0.5])
def test_a_damaged_file_is_not_used(package: Path, share: float) -> None:
    expected = _scan(package)
    for name in ("modules", "patterns"):
        path = _kept(package, name)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
    assert _scan(package, PYTHONDONTWRITEBYTECODE="1") == expected


def test_a_file_of_another_interpreter_is_not_used(package: Path) -> None:
    expected = _scan(package)
    program = (
        "from analyzer.precompiled.modules import KEY\n"
        "from analyzer.precompiled import store\n"
        "known, read = store.read('modules', {old})\n"
        "store.write('modules', {new}, known, read(0, max(end for _, end in known[1].values())))\n"
    )
    _python(package, "-c", program.format(old="KEY", new="b'other'"))
    assert _scan(package, PYTHONDONTWRITEBYTECODE="1") == expected
    _python(package, "-c", program.format(old="b'other'", new="KEY"))
    done = _python(package, "-c", IMPORTED.format(module="analyzer.plan.planner"))
    assert done.stdout.startswith("_Loader ")  # so it was the key that kept the file from being used


def test_a_command_keeps_what_was_lacking(package: Path) -> None:
    for name in ("modules", "patterns"):
        _kept(package, name).unlink()
    expected = _scan(package, PYTHONDONTWRITEBYTECODE="1")
    assert not list((package / "analyzer" / "__pycache__").glob("modules.*"))
    assert _scan(package) == expected
    assert _python(package, "-c", IMPORTED.format(module="analyzer.plan.planner")).stdout.startswith("_Loader ")
    before = {name: _kept(package, name).stat().st_mtime_ns for name in ("modules", "patterns")}
    assert _scan(package) == expected
    assert before == {name: _kept(package, name).stat().st_mtime_ns for name in ("modules", "patterns")}


def test_where_nothing_can_be_written_a_command_works_all_the_same(package: Path) -> None:
    expected = _scan(package)
    _kept(package, "modules").unlink()
    folder = package / "analyzer" / "__pycache__"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.touch()  # a file where the folder should be: not even root can write there
    assert _scan(package) == expected


def test_kept_patterns_are_those_that_are_compiled(package: Path) -> None:
    text, flags = r"(?P<name>[a-z]+)-(\d+)", 2
    keep = "from analyzer.precompiled import patterns\npatterns.compiled({!r}, {})\npatterns.keep_patterns()"
    _python(package, "-c", keep.format(text, flags))
    done = _python(package, "-c", PATTERN.format(text=text, flags=flags))
    assert done.stdout == "True {'name': 1} ('ab', '12')\n"


def test_every_pattern_of_the_program_is_kept_as_it_is_compiled(made: Path) -> None:
    program = (
        "import re\n"
        "from analyzer.precompiled import patterns\n"
        "known = patterns._kept()\n"
        "assert len(known) > 300\n"
        "print([one for one, program in known.items() if patterns._build(one, program) != re.compile(*one)])\n"
    )
    assert _python(made, "-c", program).stdout == "[]\n"


def test_a_package_in_an_archive_works_without(made: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "package"), "zip", made)
    done = _python(tmp_path, "-m", "analyzer", "--version", PYTHONPATH=archive)
    assert done.stdout.startswith("doctor ")
