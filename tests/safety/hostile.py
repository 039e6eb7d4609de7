"""Hostile repositories, and the public command that is run on them in a process of its own."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCTOR = str(Path(sysconfig.get_path("scripts"), "doctor"))
"""The installed command. `python -m analyzer` would look for modules in the working directory first."""
MAX_MEGABYTES = 300
HANG = 100
"""Seconds after which a command counts as one that does not end."""
MANAGE = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
SETTINGS = 'ROOT_URLCONF = "shop.urls"\nSECRET_KEY = "x"\nINSTALLED_APPS = ["shop"]\n'
PROJECT = {
    "manage.py": MANAGE,
    "shop/__init__.py": "",
    "shop/settings.py": SETTINGS,
    "shop/urls.py": "urlpatterns = []\n",
    "requirements.txt": "django==5.2.7\n",
}
# A process of its own with little memory, since a child counts the memory of the process that it is forked from.
_MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(done.returncode if done.returncode >= 0 else 128 - done.returncode)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str
    megabytes: float
    """The most memory that it had."""

    @property
    def skipped(self) -> dict[str, str]:
        """Of a report in JSON, what was not read and why."""
        return {one["path"]: one["reason"] for one in json.loads(self.out)["repository"]["skipped"]}

    @property
    def facts(self) -> Any:
        """Of a report in JSON."""
        return json.loads(self.out)["facts"]


def write(root: Path, files: Mapping[str, str | bytes] = {}, *, project: bool = True) -> Path:
    """Write files into the folder `root`, with those of a project unless they are among them."""
    for path, content in ({**PROJECT, **files} if project else files).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def doctor(tmp_path: Path, *arguments: str | Path, folder: Path | None = None, **environment: str) -> Done:
    """Run the command in a folder, `tmp_path` unless there is another; it ends, and with less memory than the bound."""
    peak = tmp_path / "peak"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DOCTOR_", "PYTHON", "COVERAGE"))}
    done = subprocess.run(
        [sys.executable, "-I", "-c", _MEASURE, str(peak), DOCTOR, *map(str, arguments)],
        cwd=folder or tmp_path,
        env={**kept, **environment},
        capture_output=True,
        timeout=HANG,
        check=False,
    )
    megabytes = int(peak.read_text()) / (1000 if sys.platform == "linux" else 1_000_000)
    out, err = (stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in err
    assert megabytes < MAX_MEGABYTES
    return Done(code=done.returncode, out=out, err=err, megabytes=megabytes)


def scan(root: Path) -> Done:
    """Scan a repository that lies in a folder of its own; there is a report."""
    done = doctor(root.parent, "scan", root, "--format", "json", "--exit-zero")
    assert (done.code, done.err) == (0, ""), f"exit {done.code}: {done.err[-2_000:]}"
    return done
