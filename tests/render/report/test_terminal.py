"""The report for people: what it says, how it fits, what it must never do."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from analyzer.model.evidence import Evidence, Fact, Unresolved
from analyzer.model.facts import ProjectFacts, SkippedFile
from analyzer.model.report import Report
from analyzer.render.report.terminal import Detail, render

ReportOf = Callable[[ProjectFacts], Report]


def line_with(text: str, start: str) -> str:
    found = [line for line in text.splitlines() if line.strip().startswith(start)]
    assert len(found) == 1, (start, found)
    return found[0]


def test_the_first_line_sums_up(report: Report) -> None:
    summary = render(report, detail=Detail.SUMMARY)
    assert summary == ("doctor 1.2.3  shop/  Django 5.0.6  Python 3.12.4  pip\n  settings config.settings.production\n")
    assert render(report).startswith(summary)


def test_statements_end_with_their_place(report: Report) -> None:
    text = render(report)
    assert line_with(text, "URLs").split() == ["URLs", "config.urls", "backend/config/settings/base.py:28"]
    assert line_with(text, "web ").split()[-1] == "Procfile:1"
    assert line_with(text, "backend/config/settings/production.py:60").startswith(" " * 40)


def test_the_settings_of_production_say_why(report: Report) -> None:
    text = render(report)
    assert "config.settings.production (likely)\n" in text
    assert line_with(text, "default of wsgi.py").endswith("backend/config/wsgi.py:6")
    assert line_with(text, "started by gunicorn").endswith("Procfile:1")


def test_required_variables_come_first(report: Report) -> None:
    text = render(report)
    assert "Environment variables: 1 required, 1 optional\n" in text
    assert text.index("  DJANGO_SECRET_KEY  required, text, secret, at build too") < text.index("optional, bool")


def test_other_projects_of_a_monorepo_are_named_with_the_option_that_chooses_them(report: Report) -> None:
    assert line_with(render(report), "also there").split()[2:] == ["--root-dir", "demo", "demo/manage.py:11"]


def test_everything_that_could_not_be_told_is_listed_with_its_reason(facts: ProjectFacts, report_of: ReportOf) -> None:
    reasons: list[str] = []

    def unresolved(node: Any, name: str) -> Any:
        if isinstance(node, Fact | Unresolved):
            reasons.append(f"because of {name}")
            return Unresolved(reason=reasons[-1], evidence=(Evidence(path="shop/settings.py", line=len(reasons)),))
        if is_dataclass(node) and not isinstance(node, type):
            changed = {f.name: unresolved(getattr(node, f.name), f"{name}.{f.name}") for f in fields(node)}
            return replace(node, **changed)
        if isinstance(node, dict):
            return {key: unresolved(value, f"{name}.{key}") for key, value in node.items()}
        return node

    text = render(report_of(unresolved(facts, "facts")), width=120)
    part = text[text.index("\nCould not tell\n") :]
    assert len(reasons) > 40
    for number, reason in enumerate(reasons, start=1):
        line = next(line for line in part.splitlines() if f" {reason} " in line)
        assert line.endswith(f"shop/settings.py:{number}")


def test_nothing_is_listed_when_everything_could_be_told(facts: ProjectFacts, report_of: ReportOf) -> None:
    assert "\nCould not tell\n" in render(report_of(facts))
    told = Fact(value="media", evidence=(Evidence(path="shop/settings.py"),))
    django = replace(facts.django, media=replace(facts.django.media, root=told))
    everything = replace(facts, django=django, frontend=replace(facts.frontend, output_dir=told))
    assert "Could not tell" not in render(report_of(everything))


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("detail", list(Detail))
def test_lines_fit(report: Report, width: int, detail: Detail) -> None:
    assert max(map(len, render(report, width=width, detail=detail).splitlines())) <= width


def test_no_line_ends_in_a_space(report: Report) -> None:
    for detail in Detail:
        assert not [line for line in render(report, detail=detail).splitlines() if line != line.rstrip()]


def test_a_path_is_never_broken(facts: ProjectFacts, report_of: ReportOf) -> None:
    deep = "/".join(["a-rather-long-folder-name"] * 5) + "/settings.py"
    django = replace(facts.django, root_urlconf=Fact(value="config.urls", evidence=(Evidence(path=deep, line=7),)))
    assert f"{deep}:7" in render(report_of(replace(facts, django=django))).split()


def test_colour_only_where_asked_for(report: Report) -> None:
    plain, coloured = render(report), render(report, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1mSettings\x1b[0m\n" in coloured
    without = coloured
    for code in ("0", "1", "2", "33"):
        without = without.replace(f"\x1b[{code}m", "")
    assert without == plain


def test_text_of_the_repository_cannot_take_over_the_terminal(facts: ProjectFacts, report_of: ReportOf) -> None:
    hostile = Evidence(path="a\x1b]0;title\x07b\n.py", line=2, note="\u202egnitirw")
    django = replace(
        facts.django,
        root_urlconf=Fact(value="x\x1b[31m\r\x9b2Jy [bold]z[/bold]\u2028", evidence=(hostile,)),
        secret_key=Unresolved(reason="line\nbreak \udcff", evidence=(hostile,)),
    )
    text = render(report_of(replace(facts, django=django)), detail=Detail.FULL)
    assert not [c for c in text if c != "\n" and not c.isprintable()]
    assert r"x\x1b[31m\r\x9b2Jy [bold]z[/bold]\u2028" in text
    assert r"a\x1b]0;title\x07b\n.py:2" in text
    assert r"line\nbreak \udcff" in text
    text.encode("utf-8")


def test_a_huge_value_does_not_flood_the_report(facts: ProjectFacts, report_of: ReportOf) -> None:
    apps = Fact(value=tuple(f"app{n}" for n in range(9999)), evidence=(Evidence(path="shop/settings.py"),))
    facts = replace(facts, django=replace(facts.django, installed_apps=apps))
    assert "app9998" not in render(report_of(facts))
    assert "0 of Django, 9999 more: app0, app1" in render(report_of(facts))
    assert "app9998" in render(report_of(facts), detail=Detail.FULL)


def test_skipped_files_are_summed_up_by_reason(report: Report) -> None:
    text = render(report)
    assert line_with(text, "2 paths").split(maxsplit=2)[2] == "installed packages: frontend/node_modules and 1 more"
    full = render(report, detail=Detail.FULL)
    assert [line.split() for line in full.splitlines() if "installed packages" in line] == [
        ["installed", "packages", "frontend/node_modules"],
        ["installed", "packages", "node_modules"],
    ]


def test_full_detail_shows_each_dependency_and_each_place(report: Report) -> None:
    full = render(report, detail=Detail.FULL)
    assert 'if python_version >= "3.12", in dev' in full
    assert "backend/config/settings/base.py:22" in full
    assert "backend/config/settings/base.py:22" not in render(report)


def test_sections_without_anything_to_say_are_left_out(facts: ProjectFacts, report_of: ReportOf) -> None:
    empty = replace(facts, processes=(), build_packages=(), run_packages=())
    text = render(report_of(replace(empty, repository=replace(facts.repository, skipped=()))))
    for title in ("Processes", "System packages (Debian)", "Not read"):
        assert title in render(report_of(facts))
        assert title not in text


def test_the_same_report_gives_the_same_bytes(report: Report, facts: ProjectFacts, report_of: ReportOf) -> None:
    skipped = tuple(SkippedFile(path=s.path, reason=s.reason) for s in facts.repository.skipped)
    again = report_of(replace(facts, repository=replace(facts.repository, skipped=skipped)))
    assert render(again) == render(report)
