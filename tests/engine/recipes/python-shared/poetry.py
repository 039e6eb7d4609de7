"""Lets Poetry in this image install from the package index that pip installs from.

Poetry asks PyPI itself, and for documents about single releases, which mirrors often do not have. Where pip has another
index, or its usual one lacks them, Poetry gets the plugin that makes it ask as pip does. It is there only for a Poetry
that is installed beside it, not in a virtual environment of its own.
"""

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import pip
from pip._internal.models.index import PyPI  # where pip installs from when it is told nothing

configured = subprocess.run(
    [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True
).stdout.strip()


def has_releases() -> bool:
    """Whether pip's usual index has documents about single releases."""
    try:
        with urllib.request.urlopen(urljoin(PyPI.url, f"pypi/pip/{pip.__version__}/json"), timeout=60):
            return True
    except urllib.error.URLError:
        return False


if configured or not has_releases():
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-cache-dir", "--no-deps", "poetry-plugin-pypi-mirror"], check=True
    )
    settings = Path.home() / ".config/pypoetry/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f'[plugins.pypi_mirror]\nurl = "{configured or PyPI.simple_url}"\n', encoding="utf-8")
