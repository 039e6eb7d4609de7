"""Whether an index wants a login is told by its address, or only a person can tell."""

from pathlib import Path

from analyzer.model.finding import Undetermined
from tests.rules.examples import outcome_of, report_of

REQUIREMENTS = "--extra-index-url https://packages.example/simple\ndjango==5.2.8\ngunicorn==23.0.0\n"


def test_an_index_without_a_login_is_a_question(tmp_path: Path) -> None:
    outcome = outcome_of(report_of(tmp_path, {"requirements.txt": REQUIREMENTS}), "package-index")
    assert isinstance(outcome, Undetermined)
    assert "https://packages.example/simple" in outcome.question
    assert [(place.path, place.line) for place in outcome.evidence] == [("requirements.txt", 1)]
