"""What Heroku's classic buildpack does with a folder, asked of its own scripts.

bin/detect and bin/analyse (see build.py) are run as they are. bin/steps/collectstatic is run with the Python and the
packages of this process, not with those of the project: what it says of the settings holds, what it says of packages
and of the version of Django need not.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.oracles.programs.build import source

_COMMAND = re.compile(r"^-----> \$ python (.*) collectstatic --noinput$", re.MULTILINE)
_EXCEPTION = re.compile(r"^ {7}((?:\w+\.)*[A-Z]\w+|Unknown command)(?::|(?<=Error)$)", re.MULTILINE)
"""The name of an exception, or what manage.py says of a command that it does not have."""
_WARNING = re.compile(r"^ !     (Warning: .*)$", re.MULTILINE)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def ask(programs: Path, name: str, folder: Path) -> dict[str, Any]:
    """The answer of the release `name` for a folder, which may be written to.

    Config vars are those to which app.json gives a value, as Heroku sets them; App Platform does not read that file.
    """
    scripts = source(programs, name) / "bin"
    with tempfile.TemporaryDirectory() as temporary:
        cache, variables = Path(temporary, "cache"), Path(temporary, "env")
        cache.mkdir()
        variables.mkdir()
        for key, value in (_config_vars(folder) if name == "heroku-classic" else {}).items():
            (variables / key).write_text(value, encoding="utf-8")
        environment = {
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": temporary,
            "STACK": "heroku-24",
            "LANG": "en_US.UTF-8",
            "LOCPATH": str(programs / "locale"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        if _run([scripts / "detect", folder], folder, environment).returncode != 0:
            return {"detected": False}
        done = _run([scripts / "analyse", folder, cache, variables], folder, environment)
        found = json.loads((cache / "build-data" / "python.json").read_text(encoding="utf-8"))
        answer = _analysis(found, failed=done.returncode != 0) | {"warnings": _WARNING.findall(_text(done))}
        if done.returncode == 0:
            environment |= {"BUILD_DIR": str(folder), "CACHE_DIR": str(cache), "ENV_DIR": str(variables)}
            answer["collectstatic"] = _collectstatic(scripts, cache, folder, environment)
        return answer


def _config_vars(folder: Path) -> dict[str, str]:
    file = folder / "app.json"
    declared = json.loads(file.read_text(encoding="utf-8")).get("env", {}) if file.is_file() else {}
    given = {key: row.get("value") if isinstance(row, dict) else row for key, row in declared.items()}
    return {key: value for key, value in given.items() if value is not None}


def _analysis(found: dict[str, Any], *, failed: bool) -> dict[str, Any]:
    manager = found.get("package_manager")
    python = {
        "requested": found.get("python_version_requested"),
        "resolved": found.get("python_version"),
        "origin": found.get("python_version_origin"),
    }
    return {
        "detected": True,
        "error": found["failure_reason"] if failed else None,
        "package_manager": "setuptools" if manager and found.get("setup_py_only") else manager,
        "python": python,
    }


def _collectstatic(scripts: Path, cache: Path, folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    done = _run([scripts / "steps" / "collectstatic"], folder, environment)
    found = json.loads((cache / "build-data" / "python.json").read_text(encoding="utf-8"))
    command = _COMMAND.search(_text(done))
    answer: dict[str, Any] = {"manage_py": command[1] if command is not None else None}
    if found["django_collectstatic"] != "enabled":
        return answer | {"outcome": "skipped", "reason": found["django_collectstatic"]}
    if done.returncode == 0:
        return answer | {"outcome": "runs"}
    exceptions = _EXCEPTION.findall(_text(done).partition(" !     ")[0])
    return answer | {"outcome": "fails", "reason": found["failure_reason"], "says": exceptions[-1]}


def _run(command: list[Path], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run a script without a network."""
    isolated = ["unshare", "--map-root-user", "--net", *map(os.fspath, command)]
    return subprocess.run(isolated, cwd=folder, env=environment, capture_output=True, timeout=120, check=False)


def _text(done: subprocess.CompletedProcess[bytes]) -> str:
    return _COLOUR.sub("", (done.stdout + done.stderr).decode("utf-8", "replace"))
