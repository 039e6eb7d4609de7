"""The wheel holds all that the program needs, and the program in it runs."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.xdist_group("wheel")  # which is built once
FIXTURE = ROOT / "fixtures" / "heroku_celery_beat" / "repo"


def run(*command: str | Path, cwd: Path, path: str | Path = "") -> str:
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=100,
        check=False,
        env={**os.environ, "PYTHONPATH": str(path)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip(*arguments: str | Path) -> None:
    run(sys.executable, "-m", "pip", *arguments, "--quiet", "--no-deps", "--disable-pip-version-check", cwd=ROOT)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (built,) = folder.iterdir()
    return built


def files_below(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in files}


def test_the_wheel_holds_the_package_with_its_data_and_the_templates(wheel: Path) -> None:
    expected = {f"analyzer/{name}" for name in files_below(ROOT / "analyzer")}
    expected |= {f"analyzer/_templates/{name}" for name in files_below(ROOT / "templates")}
    assert any(name.endswith(".toml") for name in expected)
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == expected


def test_doctor_from_the_wheel_says_what_doctor_in_the_checkout_says(wheel: Path, tmp_path: Path) -> None:
    pip("install", "--target", tmp_path / "site", wheel)
    site = tmp_path / "site"
    command = (site / "bin" / "doctor", "scan", FIXTURE, "--format", "json")
    where = run(sys.executable, "-c", "import analyzer; print(analyzer.__file__)", cwd=tmp_path, path=site)
    assert Path(where).is_relative_to(site)
    assert run(*command, cwd=tmp_path, path=site) == run(sys.executable, "-m", "analyzer", *command[1:], cwd=ROOT)
