"""Rules for people."""

from dataclasses import replace

import pytest

from analyzer.model.finding import Category, Example, Severity
from analyzer.model.report import Tool
from analyzer.render.rules.terminal import render_list, render_rule
from tests.render.audits import CACHE, HOSTILE, HOSTS, KEY, rule

TOOL = Tool(name="doctor", version="1.2.3")


def test_all_rules_by_category() -> None:
    text = render_list((HOSTS, CACHE, KEY), TOOL, width=80, colour=False)
    assert text.splitlines() == [
        "doctor 1.2.3  3 rules",
        "",
        "Health",
        "  allowed-hosts-fixed  ALLOWED_HOSTS lacks the app's domain (blocker)",
        "",
        "Security",
        "  secret-key-committed  Title of secret-key-committed (risk)",
        "",
        "Sessions",
        "  local-memory-cache  Title of local-memory-cache (advice)",
        "",
        "doctor explain RULE says why, shows an example of each, and how to ignore it.",
    ]


def test_a_category_is_written_in_words() -> None:
    front_end = rule("x", Severity.RISK, category=Category.FRONT_END)
    assert "\nFront end\n" in render_list((front_end,), TOOL, width=80, colour=False)


def test_one_rule_whole() -> None:
    assert render_rule(HOSTS, width=80, colour=False).splitlines() == [
        "allowed-hosts-fixed",
        "ALLOWED_HOSTS lacks the app's domain",
        "blocker, health, ~minutes, counts for boot",
        "",
        "Why",
        "  Why allowed-hosts-fixed matters on the target.",
        "",
        "Found in",
        "  shop/settings.py:",
        "     1 | from shop.defaults import *",
        "     2 |",
        "   > 3 | DEBUG = True",
        "",
        "Not found in",
        "  shop/settings.py:",
        "     1 | DEBUG = False",
        "  db.sqlite3: absent",
        "",
        "Remedy",
        "  Remedy of allowed-hosts-fixed.",
        "",
        '  ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")',
        "",
        "References",
        "  https://docs.example/allowed-hosts-fixed",
        "",
        "To ignore it",
        "  on the line or above it:",
        "    # doctor: ignore[allowed-hosts-fixed] REASON",
        "  or in doctor.toml; path and until may be left out:",
        "    [[ignore]]",
        '    rule = "allowed-hosts-fixed"',
        '    reason = "REASON"',
        '    path = "shop/*.py"',
        '    until = "2027-01-31"',
    ]


def test_the_line_that_is_meant_may_be_of_a_second_file() -> None:
    (example,) = HOSTS.bad
    files = {"other.py": "x = 1\n", **example.files}
    meant = replace(example, files=files, path="shop/settings.py")
    text = render_rule(replace(HOSTS, bad=(meant,)), width=80, colour=False)
    assert [line for line in text.splitlines() if " > " in line] == ["   > 3 | DEBUG = True"]


def test_an_example_may_have_no_files_of_its_own() -> None:
    text = render_rule(replace(HOSTS, good=(Example(files={}),)), width=80, colour=False)
    assert "Not found in\n  any project that is in order\n" in text


@pytest.mark.parametrize("width", [48, 80])
def test_only_what_is_to_be_copied_is_wider_than_the_terminal(width: int) -> None:
    long = rule("long", Severity.RISK, title="words " * 30)
    lines = render_rule(long, width=width, colour=False).splitlines()
    assert [line for line in lines if len(line) > width and not line.startswith("  or in doctor.toml")] == []


def test_colour_where_asked_for() -> None:
    assert "\x1b[1mWhy\x1b[0m" in render_rule(HOSTS, width=80, colour=True)
    assert "\x1b" not in render_rule(HOSTS, width=80, colour=False)


def test_no_text_moves_the_cursor() -> None:
    text = render_rule(rule("x", Severity.RISK, commands=(HOSTILE,)), width=80, colour=False)
    assert "octocat" in text
    assert "\x1b" not in text
