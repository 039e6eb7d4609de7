"""What a stand-in image has to know of the machine it is built on: where packages come from and who is trusted.

All of it is read when images are built and goes into local images only. Nothing of it is ever written into the
repository.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TRUST_STORE = Path("/etc/ssl/certs/ca-certificates.crt")
USUAL_CERTIFICATES = Path("/usr/share/ca-certificates")
CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)

# Options of pip that say where packages come from; file and folder names of the machine mean nothing in a container.
PIP_OPTIONS = ("index-url", "extra-index-url", "trusted-host", "proxy", "timeout", "default-timeout", "retries")
# Options of apt that say how to reach an archive. An archive whose dates the machine does not check has old dates.
APT_OPTIONS = re.compile(r"Acquire::(?:http|https|Check-Valid-Until|Check-Date|Retries)\b[^\"]*\"[^\"]+\";")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A Debian archive: its address and what it holds (a release name, with -updates or -security)."""

    address: str
    codename: str


def release() -> dict[str, str]:
    """The fields of /etc/os-release; none where there is no such file."""
    path = Path("/etc/os-release")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {key: value.strip("\"'") for key, separator, value in (line.partition("=") for line in lines) if separator}


@cache
def archives() -> tuple[Archive, ...]:
    """The Debian archives that apt of this machine uses for its own release, once it has read their lists."""
    own = release()["VERSION_CODENAME"]
    lines = _output("apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(ORIGIN) $(CREATED_BY)")
    known = [line.split() for line in dict.fromkeys(lines) if line.endswith(" Debian Packages")]
    found = (Archive(address=address, codename=codename) for address, codename, *_ in known)
    return tuple(archive for archive in found if archive.codename.partition("-")[0] == own)


@cache
def apt_options() -> tuple[str, ...]:
    """Lines of apt's configuration without which it may not reach the archives from inside a container."""
    return tuple(line for line in _output("apt-config", "dump") if APT_OPTIONS.fullmatch(line))


@cache
def added_certificates() -> tuple[str, ...]:
    """The certificates (PEM) that this machine trusts besides Debian's list.

    There are some where a company or a workplace opens TLS connections on their way.
    """
    usual = {pem for path in USUAL_CERTIFICATES.rglob("*.crt") for pem in _certificates(path)}
    trusted = _certificates(TRUST_STORE) if TRUST_STORE.exists() else []
    return tuple(pem for pem in trusted if pem not in usual)


@cache
def pip_options() -> tuple[tuple[str, str], ...]:
    """The options (name, value) of this machine's pip, from files and variables, that name an index or a way there."""
    found = {}
    for line in _output(sys.executable, "-m", "pip", "config", "list"):
        key, _, value = line.partition("=")
        option = key.rpartition(".")[2]
        if option in PIP_OPTIONS:
            found[option] = " ".join(ast.literal_eval(value).split())
    return tuple(sorted(found.items()))


@cache
def npm_registry() -> str | None:
    """The address that this machine's npm installs from; None without npm."""
    lines = _output("npm", "config", "get", "registry") if shutil.which("npm") else []
    return lines[0] if lines else None


def python_tree(version: str) -> Path | None:
    """The newest CPython `version` ("3.12") that pyenv has built on this machine."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    trees = (tree for tree in root.glob(f"versions/{version}.*") if re.fullmatch(r"\d+\.\d+\.\d+", tree.name))
    return max(trees, key=lambda tree: int(tree.name.rpartition(".")[2]), default=None)


def _certificates(path: Path) -> list[str]:
    return CERTIFICATE.findall(path.read_text(encoding="utf-8"))


def _output(*command: str) -> list[str]:
    """The lines that a command of this machine prints; none when it fails."""
    result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return result.stdout.splitlines() if result.returncode == 0 else []
