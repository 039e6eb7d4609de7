"""The comment of a pull request: what it says, that it fits, and that nothing of the repository becomes markup."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from analyzer.config import Config
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import EnvironmentVariable, NoDjangoProject, ProjectFacts
from analyzer.model.finding import Ignore, NotApplicable, Passed, Undetermined
from analyzer.model.plan import PlanNote
from analyzer.model.report import Report
from analyzer.pipeline import analyze
from analyzer.render.report.markdown import LIMIT, render
from tests.render.audits import (
    ALL_WELL,
    AUDIT,
    CACHE,
    DEBUG,
    FINDINGS,
    HOSTILE,
    HOSTS,
    MEDIA,
    REDIS,
    audit_of,
    failed,
    finding,
    result,
)
from tests.render.plans import SIMPLE, plan_of

FIXTURES = Path(__file__).parents[3] / "fixtures"
OWN_TAGS = {"details", "summary", "b", "code", "sub"}


def tokens(text: str) -> list[Token]:
    """What a reader of Markdown makes of the text, pieces of lines as well."""
    return [one for token in MarkdownIt().enable("table").parse(text) for one in (token, *(token.children or ()))]


def tags(text: str) -> set[str]:
    """Names of HTML elements that a browser would get from the text as HTML."""
    found = [one.content for one in tokens(text) if one.type in ("html_block", "html_inline")]
    return set(re.findall(r"</?([a-zA-Z]+)", "\n".join(found)))


def test_the_first_lines_say_what_it_comes_to(report: Report) -> None:
    text = render(replace(report, audit=AUDIT, commit="0123456789abcdef"))
    assert text.startswith(
        "<!-- doctor scan -->\n\n## doctor: Not ready: 1 blocker stops the build or the start.\n\n"
        "`shop/`, Django `5.0.6` at `backend/requirements/base.txt:1`, Python `3.12.4`"
    )
    assert "commit `0123456789ab`" in text
    assert "\n1 blocker, 1 risk, 1 advice, 1 question; 1 passed," in text
    assert "**Readiness 23/100**, kept low by blockers\n\n| boot | data | config | operations |" in text
    assert "## doctor: Ready: nothing was found." in render(replace(report, audit=ALL_WELL))


def test_a_finding_is_folded_with_its_line_and_its_remedy(report: Report) -> None:
    text = render(replace(report, audit=AUDIT))
    assert (
        "<details><summary><b>blocker</b>: ALLOWED_HOSTS lacks the app&#x27;s domain (~minutes), "
        "<code>shop/settings.py:12</code></summary>\n\n"
        "ALLOWED\\_HOSTS is \\['shop.example'\\]: Django answers 400.\n\n`shop/settings.py:12`\n\n"
        "```\n12 | ALLOWED_HOSTS = []\n```\n\n**Fix:** Remedy of allowed-hosts-fixed.\n\n"
        '```\nALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\n```\n\n'
        "`doctor explain allowed-hosts-fixed`, [docs.example](https://docs.example/allowed-hosts-fixed)\n\n</details>"
    ) in text
    assert "and 1 more place.\n" in text
    assert "Message of secret-key-committed at 4. (likely)" in text


def test_places_of_one_rule_are_told_together(report: Report) -> None:
    many = tuple(finding(CACHE, line) for line in range(1, 8))
    text = render(replace(report, audit=audit_of(*many)))
    assert text.count("<details><summary><b>advice</b>") == 1
    assert "(~hours, 7 places)" in text
    assert "and 4 more places.\n" in text


def test_questions_variables_and_the_rest_have_their_sections(report: Report) -> None:
    text = render(replace(report, audit=AUDIT))
    assert (
        "- [ ] Can two instances run at once? at `shop/settings.py:20` "
        "Answer with `components.web.instances` in doctor.toml. `doctor explain media-root-shared`\n"
    ) in text
    assert (
        "| `DJANGO_SECRET_KEY` (secret) | `backend/config/settings/production.py:4` | required, build and run | - | - |"
    ) in text
    assert "- `debug-on`: DEBUG is off at `shop/settings.py:3`\n" in text
    assert "- `redis-without-tls`: no Redis is used\n" in text
    assert "- `local-memory-cache` at `shop/settings.py:31`: one process\n" in text


def test_the_plan_gives_the_dockerfile_and_the_move(report: Report) -> None:
    notes = (PlanNote(code="allowed-hosts-fixed", message="m"), PlanNote(code="other", message="look at it"))
    text = render(replace(report, audit=AUDIT, plan=plan_of(SIMPLE, notes=notes)))
    before = text[text.index("**Before the move**") : text.index("**Cut-over**")]
    steps = [line.removeprefix("- [ ] ").split(":")[0] for line in before.splitlines() if line.startswith("- [ ] ")]
    assert steps[:2] == ["ALLOWED\\_HOSTS lacks the app's domain", "Title of secret-key-committed"]
    assert "Look at it" in steps
    assert "`doctor emit` (~minutes)\n" in before
    after = text[text.index("**Afterwards**") :]
    assert "- [ ] Title of local-memory-cache: Remedy of local-memory-cache. (~hours) at `shop/settings.py:30`" in after


def hostile_report(report: Report, facts: ProjectFacts) -> Report:
    """Every text that comes from a repository wants to be more than text."""
    place = (Evidence(path=HOSTILE, line=12, note=HOSTILE),)
    bad = replace(finding(HOSTS, 12, message=HOSTILE, text=HOSTILE), evidence=place * 2, remediation=HOSTILE)
    ignored = replace(bad, ignored=Ignore(reason=HOSTILE, source=place[0]))
    results = (
        failed(HOSTS),
        result(DEBUG, Passed(reason=HOSTILE, evidence=place)),
        result(REDIS, NotApplicable(reason=HOSTILE)),
        result(MEDIA, Undetermined(question=HOSTILE, evidence=place, override=HOSTILE)),
    )
    variable = EnvironmentVariable(
        name=HOSTILE, required=False, secret=False, kind="text", default=HOSTILE, phases=("run",), evidence=place
    )
    dependencies = replace(facts.dependencies, django_version=Fact(value=HOSTILE, evidence=place))
    return replace(
        report,
        target=HOSTILE,
        facts=replace(facts, environment=(variable,), dependencies=dependencies),
        audit=audit_of(replace(bad, commands=(HOSTILE, "```\n# x")), ignored, results=results),
        plan=plan_of(SIMPLE, notes=(PlanNote(code="other", message=HOSTILE, remedy=HOSTILE, evidence=place),)),
    )


def test_text_of_the_repository_stays_text(report: Report, facts: ProjectFacts) -> None:
    text = render(hostile_report(report, facts))
    found = tokens(text)
    assert text.count("octocat") > 15
    assert tags(text) <= OWN_TAGS
    assert {one.attrGet("href") for one in found if one.type == "link_open"} == {
        "https://docs.example/allowed-hosts-fixed"
    }
    assert not [one for one in found if one.type in ("image", "em_open")]
    assert "**x**" in "".join(one.content for one in found if one.type == "text")
    # A name, a number or an address that GitHub would link stands in code, or is kept apart by a character.
    for one in found:
        if one.type in ("text", "html_block", "html_inline"):
            prose = re.sub(r"<code>.*?</code>", "", one.content)
            assert not re.search(r"@octocat|#1\b|www\.|://", prose), one.content
    assert "\x1b" not in text


def test_a_table_keeps_its_cells(report: Report, facts: ProjectFacts) -> None:
    found = tokens(render(hostile_report(report, facts)))
    rows = " ".join(one.type for one in found if one.type in ("tr_open", "td_open", "th_open")).split("tr_open")
    assert [row.split() for row in rows[-2:]] == [["th_open"] * 5, ["td_open"] * 5]


@pytest.mark.parametrize("number", [60, 3000])
def test_it_fits_into_a_comment_and_says_what_does_not(report: Report, number: int) -> None:
    info = [replace(HOSTS, id=f"rule-{index}", title=f"Title {index}") for index in range(number)]
    results = tuple(failed(one) for one in info)
    findings = tuple(finding(one, 1, message=f"{'long ' * 300}", text="x" * 200) for one in info)
    text = render(replace(report, audit=audit_of(*findings, results=results)))
    assert len(text) <= LIMIT
    assert len(text) > LIMIT - 4000
    assert f"{number - text.count('<b>blocker</b>'):,} more do not fit into a comment" in text
    assert text.count("<details>") == text.count("</details>")
    assert "### Migration plan" in text


def test_one_huge_text_does_not_push_out_the_rest(report: Report) -> None:
    huge = replace(FINDINGS[0], message="x" * 100_000, commands=("y" * 100_000,))
    text = render(replace(report, audit=audit_of(huge, *FINDINGS[1:])))
    assert len(text) < 20_000
    assert "Title of local-memory-cache" in text


@pytest.mark.parametrize("root", sorted(FIXTURES.glob("*/repo")), ids=lambda root: root.parent.name)
def test_every_fixture_fits_and_has_no_stray_markup(root: Path) -> None:
    report = analyze(root, Config(), lambda _: None)
    if isinstance(report, NoDjangoProject):
        return
    text = render(report)
    assert len(text) <= LIMIT
    assert tags(text) <= OWN_TAGS
