"""[[tool.doctor.ignore]] and [tool.doctor.audit]: what they say, and what they must not."""

from pathlib import Path

import pytest

from analyzer.config import AuditSettings, load_config
from analyzer.model.errors import UsageError
from analyzer.model.evidence import Evidence
from analyzer.model.finding import IgnoreRule


def load(folder: Path, text: str) -> tuple[IgnoreRule, ...]:
    (folder / "doctor.toml").write_text(text, encoding="utf-8")
    return load_config(folder).ignores


def test_entries_with_their_lines(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        '[[ignore]]\nrule = "debug-on"\nreason = "a demo"\n\n'
        '[[ignore]]\nreason = "later"\npath = "shop/*.py"\nuntil = 2027-01-31\nrule = "log-file"\n'
        '[[ignore]]\nrule = "log-file"\nreason = "later"\nuntil = "2027-01-31"\n',
    )
    assert found == (
        IgnoreRule(rule="debug-on", reason="a demo", source=Evidence(path="doctor.toml", line=2)),
        IgnoreRule(
            rule="log-file",
            reason="later",
            path="shop/*.py",
            until="2027-01-31",
            source=Evidence(path="doctor.toml", line=9),
        ),
        IgnoreRule(rule="log-file", reason="later", until="2027-01-31", source=Evidence(path="doctor.toml", line=11)),
    )


def test_lines_in_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[[tool.doctor.ignore]]\nrule = "debug-on"\nreason = "a demo"\n'
    (tmp_path / "pyproject.toml").write_text(text)
    (found,) = load_config(tmp_path).ignores
    assert found.source == Evidence(path="pyproject.toml", line=4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('ignore = "debug-on"\n', r"ignore is 'debug-on', not a list of tables"),
        ('[[ignore]]\nrule = "debug-on"\n', r"ignore\[0\] has no reason"),
        ('[[ignore]]\nreason = "x"\n', r"ignore\[0\] has no rule"),
        ('[[ignore]]\nrule = "a"\nreason = ""\n', r"ignore\[0\]\.reason is empty"),
        ('[[ignore]]\nrule = "a"\nreason = "x"\nuntil = "soon"\n', r"ignore\[0\]\.until is 'soon', not a date"),
        ('[[ignore]]\nrule = "a"\nreason = "x"\nuntil = 3\n', r"ignore\[0\]\.until is 3, not"),
        ('[[ignore]]\nrule = "a"\nreasn = "x"\n', r"did you mean ignore\[0\]\.reason\?"),
        ('[audit]\nfail_on = "worst"\n', r"audit\.fail_on is 'worst', not one of blocker, risk, advice, never"),
        ('[audit]\nskip = "debug-on"\n', r"audit\.skip is 'debug-on', not a list"),
    ],
)
def test_mistakes(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=message):
        load(tmp_path, text)


def test_audit_settings(tmp_path: Path) -> None:
    load(tmp_path, '[audit]\nfail_on = "risk"\nskip = ["email"]\nbaseline = "known.json"\nmin_certainty = "likely"\n')
    assert load_config(tmp_path).audit == AuditSettings(
        fail_on="risk", skip=("email",), baseline="known.json", min_certainty="likely"
    )
