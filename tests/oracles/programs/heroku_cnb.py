"""What Heroku's Cloud Native Buildpacks heroku/python and heroku/procfile do with a folder, asked of their binaries.

bin/build of heroku/python is run without a network: it ends where it downloads Python.
"""

import os
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from tests.oracles.programs.build import source

_TITLE = re.compile(r"\[Error: (.*)\]")
_PROCFILE_TITLE = re.compile(r"^! ((?:Cannot|Invalid|Failed).*)$", re.MULTILINE)
_ASKED = re.compile(r"Using Python version (\S+) specified in (\S+)")
_DEFAULT = re.compile(r"current default of Python (\S+?)\.\s")
_RESOLVED = re.compile(r"Installing Python (\S+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ENDS_WITHOUT_NETWORK = "Unable to download Python"


def ask(programs: Path, folder: Path) -> dict[str, Any]:
    """The answers of both buildpacks for a folder, which may be written to."""
    answer: dict[str, Any] = {"detected": _run(programs, "heroku-cnb", "detect", folder)[0] == 0}
    if answer["detected"]:
        answer |= _python(_run(programs, "heroku-cnb", "build", folder)[1])
    if _run(programs, "heroku-procfile", "detect", folder)[0] == 0:
        code, text, processes = _run(programs, "heroku-procfile", "build", folder)
        title = _PROCFILE_TITLE.search(text)
        answer["procfile"] = {"error": title[1] if code != 0 and title is not None else None}
        if code == 0:
            answer["procfile"]["processes"] = {process["type"]: process["args"][0] for process in processes}
            default = (process["type"] for process in processes if process.get("default"))
            answer["procfile"]["default_process"] = next(default, None)
    return answer


def _python(text: str) -> dict[str, Any]:
    title, asked = _TITLE.search(text), _ASKED.search(text)
    default, resolved = _DEFAULT.search(text), _RESOLVED.search(text)
    if title is not None and title[1] != _ENDS_WITHOUT_NETWORK:
        return {"error": title[1]}
    python = {
        "requested": asked[1] if asked is not None else default[1] if default is not None else None,
        "resolved": resolved[1] if resolved is not None else None,
        "origin": asked[2] if asked is not None else "default",
    }
    return {"error": None, "python": python}


def _run(programs: Path, name: str, phase: str, folder: Path) -> tuple[int, str, list[dict[str, Any]]]:
    """Exit code, output and the processes of launch.toml."""
    with tempfile.TemporaryDirectory() as temporary:
        program, layers, platform = Path(temporary, phase), Path(temporary, "layers"), Path(temporary, "platform")
        plan = Path(temporary, "plan.toml")
        program.symlink_to(programs / "bin" / name)
        layers.mkdir()
        (platform / "env").mkdir(parents=True)
        plan.write_text("", encoding="utf-8")
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": temporary,
            "CNB_BUILDPACK_DIR": str(source(programs, name)),
            "CNB_TARGET_OS": "linux",
            "CNB_TARGET_ARCH": "amd64",
            "CNB_TARGET_DISTRO_NAME": "ubuntu",
            "CNB_TARGET_DISTRO_VERSION": "24.04",
            "CNB_STACK_ID": "heroku-24",
        }
        arguments = (platform, plan) if phase == "detect" else (layers, platform, plan)
        done = subprocess.run(
            ["unshare", "--map-root-user", "--net", *map(os.fspath, (program, *arguments))],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=120,
            check=False,
        )
        launch = layers / "launch.toml"
        processes = tomllib.loads(launch.read_text(encoding="utf-8"))["processes"] if launch.is_file() else []
        text = _COLOUR.sub("", (done.stdout + done.stderr).decode("utf-8", "replace"))
        return done.returncode, text, processes
