"""What names one state of a repository."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

BASE = "django==5.2.8\ngunicorn==23.0.0\n"


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("", True),
        ("@main", True),
        ("@release/next", True),
        ("@v1.4.2", False),
        ("@1.4", False),
        ("@1f6a0d2", False),
        ("@1f6a0d2c9f0b6a1d5f5f3c0a9d8e7b6c5a4f3e2d#subdirectory=back", False),
    ],
)
def test_references(tmp_path: Path, reference: str, found: bool) -> None:
    line = f"theme @ git+https://git.example/shop/theme.git{reference}\n"
    findings = findings_of(report_of(tmp_path, {"requirements.txt": BASE + line}), "requirement-from-branch")
    assert [(one.evidence[0].path, one.evidence[0].line) for one in findings] == (
        [("requirements.txt", 3)] if found else []
    )
