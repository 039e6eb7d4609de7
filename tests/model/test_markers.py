"""Markers are those of the image, not of this machine."""

import pytest

from analyzer.model.markers import applies


@pytest.mark.parametrize(
    ("marker", "python", "installed"),
    [
        (None, "3.12", True),
        ("python_version < '3.11'", "3.10", True),
        ("python_version < '3.11'", "3.12", False),
        ("python_full_version >= '3.12.4'", "3.12", True),
        ("sys_platform == 'win32'", "3.12", False),
        ("platform_machine == 'x86_64' and implementation_name == 'cpython'", "3.12", True),
        ("extra == 'docs'", "3.12", False),
        ("no marker", "3.12", True),
    ],
)
def test_applies(marker: str | None, python: str, installed: bool) -> None:
    assert applies(marker, python) is installed
