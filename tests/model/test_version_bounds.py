"""What a requirement allows at most."""

import pytest
from packaging.version import Version

from analyzer.model.version_bounds import is_before


@pytest.mark.parametrize(
    ("requirement", "before"),
    [
        ("3.1.14", True),
        ("3.2", False),
        ("==3.1.*", True),
        ("==3.2.*", False),
        ("<3.2", True),
        ("<=3.2", False),
        (">=2.2,<3.2", True),
        (">=2.2,<4", False),
        ("~=3.1.0", True),
        ("~=3.1", False),
        (">=2.2", False),
        ("!=3.2", False),
        ("", False),
        ("no version", False),
    ],
)
def test_whether_every_allowed_release_is_older(requirement: str, before: bool) -> None:
    assert is_before(requirement, Version("3.2")) is before
