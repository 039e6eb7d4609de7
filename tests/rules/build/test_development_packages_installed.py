"""Requirements that are compiled are changed where they are asked for."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

REQUIREMENTS = "django==5.2.8\ngunicorn==23.0.0\npytest==8.4.2\n"


@pytest.mark.parametrize("is_compiled", [True, False])
def test_a_compiled_file_is_not_written_by_hand(tmp_path: Path, is_compiled: bool) -> None:
    files: dict[str, str | None] = {
        "requirements.txt": REQUIREMENTS,
        "requirements.in" if is_compiled else "requirements-docs.in": "django\ngunicorn\npytest\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "development-packages-installed")
    assert (found.commands == ("git grep -in -e pytest -- '*.in'", "git grep -n -e '^-r' -- '*.in'")) == is_compiled
    assert ("each file whose .in reads one of the compiled ones" in found.remediation) == is_compiled


def test_what_builds_on_a_tool_moves_with_it(tmp_path: Path) -> None:
    text = "django==5.2.8\ndjango-debug-toolbar==6.0.0\ndjango-graphiql-debug-toolbar==0.2.0\ngunicorn==23.0.0\n"
    (found,) = findings_of(report_of(tmp_path, {"requirements.txt": text}), "development-packages-installed")
    assert "django-graphiql-debug-toolbar would bring it back" in found.remediation
    assert found.commands[-2:] == ("django-debug-toolbar==6.0.0", "django-graphiql-debug-toolbar==0.2.0")
    assert "graphiql" not in found.message
