"""`doctor explain` as its users meet it."""

import json

import pytest
from typer.testing import CliRunner, Result

from analyzer.cli.app import app
from analyzer.rules.registry import all_rules


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["explain", *arguments], prog_name="doctor")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOCTOR_COLOR", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_rule_all_are_listed() -> None:
    text = run().stdout
    assert f"{len(all_rules())} rules" in text.splitlines()[0]
    assert not [one.info.id for one in all_rules() if one.info.id not in text]


def test_one_rule_is_told_whole() -> None:
    result = run("allowed-hosts-fixed")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("allowed-hosts-fixed\nALLOWED_HOSTS ")
    assert "# doctor: ignore[allowed-hosts-fixed] REASON" in result.stdout


def test_a_category_lists_its_rules() -> None:
    text = run("health").stdout
    assert "  allowed-hosts-fixed  " in text
    assert "local-memory-cache" not in text


def test_an_unknown_rule_is_refused_with_the_one_that_was_meant() -> None:
    result = run("alowed-hosts-fixed")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "no rule or category is called alowed-hosts-fixed; did you mean allowed-hosts-fixed? (exit 2)" in result.stderr
    )
    assert "doctor explain lists them" in run("qqqqq").stderr


def test_the_formats_for_programs_and_for_documents() -> None:
    assert [one["id"] for one in json.loads(run("--format", "json").stdout)["rules"]] == [
        rule.info.id for rule in all_rules()
    ]
    assert [one["id"] for one in json.loads(run("allowed-hosts-fixed", "-f", "json").stdout)["rules"]] == [
        "allowed-hosts-fixed"
    ]
    assert run("--format", "markdown").stdout.startswith("# Rules\n")
    assert run("allowed-hosts-fixed", "-f", "markdown").stdout.startswith("### allowed-hosts-fixed\n")


@pytest.mark.parametrize("rule", [one.info.id for one in all_rules()])
def test_every_rule_fits_but_for_what_is_to_be_copied(rule: str) -> None:
    info = next(one.info for one in all_rules() if one.info.id == rule)
    texts = [*info.commands, *info.references]
    texts += [text for one in (*info.bad, *info.good) for text in one.files.values() if text is not None]
    copied = "\n".join(texts)
    long = [line for line in run(rule).stdout.splitlines() if len(line) > 80]
    assert [line for line in long if (line.partition(" | ")[2] or line.strip()) not in copied] == []
