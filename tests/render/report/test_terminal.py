"""The report for people: what it says, how it fits, what it must never do."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from analyzer.config import Config
from analyzer.model.evidence import Evidence, Fact, Unresolved
from analyzer.model.facts import NoDjangoProject, Plain, ProjectFacts, SkippedFile, SystemPackage
from analyzer.model.plan import PlanNote
from analyzer.model.report import Report
from analyzer.pipeline import analyze
from analyzer.render.report.terminal import FACTS, Detail, render
from tests.render.audits import ALL_WELL, AUDIT, FINDINGS, HOSTILE, OLD_IGNORES, audit_of
from tests.render.plans import SIMPLE, plan_of

FIXTURES = Path(__file__).parents[3] / "fixtures"
ReportOf = Callable[[ProjectFacts], Report]


def with_facts(report: Report, **options: Any) -> str:
    """The report with the facts."""
    return render(report, show=(FACTS,), **options)


def line_with(text: str, start: str) -> str:
    found = [line for line in text.splitlines() if line.strip().startswith(start)]
    assert len(found) == 1, (start, found)
    return found[0]


def part_of(text: str, title: str) -> str:
    """The section that begins with this title."""
    return text[text.index(f"\n{title}") :].strip().partition("\n\n")[0]


def test_the_first_line_says_what_the_project_is(report: Report) -> None:
    head = "doctor 1.2.3  shop/  Django 5.0.6  Python 3.12.4  pip\n  settings config.settings.production\n"
    assert render(report, detail=Detail.SUMMARY) == head
    assert render(report).startswith(head)


def test_findings_come_first_and_facts_where_they_are_asked_for(report: Report) -> None:
    report = replace(report, audit=AUDIT, plan=plan_of(SIMPLE))
    text, full = render(report), render(report, detail=Detail.FULL)
    parts = [
        "\n1 blocker, 1 risk, ",
        "\nblocker  ",
        "\nrisk  ",
        "\nadvice  ",
        "\nquestion ",
        "\nPlan, ",
        "\nReadiness ",
    ]
    assert sorted(parts, key=text.index) == sorted(parts, key=full.index) == parts
    assert "\nDatabases, caches and sessions\n" not in text
    assert "\nDatabases, caches and sessions\n" in with_facts(report)
    assert "\nDatabases, caches and sessions\n" in full
    assert text.splitlines()[-4:] == [
        "Next: doctor emit     write Dockerfile, .dockerignore and .do/app.yaml",
        "      doctor verify   build and boot them",
        "      doctor scan -v  every detail: settings, variables, processes, packages",
        "Nothing was run, written or fetched: doctor scan only reads.",
    ]


def test_the_summary_is_one_line(report: Report) -> None:
    assert render(replace(report, audit=AUDIT), detail=Detail.SUMMARY, width=40) == (
        "1 blocker, 1 risk, 1 advice, 1 question; 1 passed, 1 not applicable, 1 ignored, 1 in the baseline\n"
    )
    assert (
        render(replace(report, audit=ALL_WELL), detail=Detail.SUMMARY) == "Ready: 1 check passed, 1 not applicable.\n"
    )


def test_what_a_rule_tells_needs_no_look_in_the_plan(report: Report) -> None:
    codes = ("allowed-hosts-fixed", "secrets-to-set")
    notes = tuple(PlanNote(code=code, message="m") for code in codes)
    report = replace(report, plan=plan_of(SIMPLE, notes=notes))
    assert "2 notes: allowed-hosts-fixed, secrets-to-set" in render(report)
    assert "1 note: secrets-to-set" in render(replace(report, audit=AUDIT))


def test_what_is_left_out_is_shown_on_demand(report: Report) -> None:
    report = replace(report, audit=AUDIT)
    for part, title in (("passed", "\nPassed\n"), ("ignored", "\nIgnored\n"), ("score", "\nBoot: 0 of 25 points\n")):
        assert title not in render(report)
        assert title in render(report, show=(part,))
        assert title in render(report, detail=Detail.FULL)
    assert "(doctor scan --show score says why)" in render(report)
    assert "--show score" not in render(report, show=("score",))


def test_a_question_too_many_is_counted(report: Report) -> None:
    (media,) = (one for one in AUDIT.results if one.rule.id == "media-root-shared")
    many = tuple(replace(media, rule=replace(media.rule, id=f"rule-{number}")) for number in range(7))
    report = replace(report, audit=audit_of(results=many))
    assert "\nand 2 more questions: doctor scan --show questions\n" in render(report)
    assert "doctor explain rule-6" not in render(report)
    assert "doctor explain rule-6" in render(report, show=("questions",))


def test_ignores_that_are_over_or_of_no_use_are_named(report: Report) -> None:
    over, unused = OLD_IGNORES
    text = render(replace(report, audit=replace(AUDIT, expired_ignores=(over,), unused_ignores=(unused,))))
    part = " ".join(part_of(text, "Ignores to take out of the configuration").split())
    assert "over debug-on: held until 2026-01-01 doctor.toml:3" in part
    assert "of no use local-memory-cache: no finding needs it doctor.toml:9" in part
    assert "Ignores to take out" not in render(replace(report, audit=AUDIT))


def test_statements_end_with_their_place(report: Report) -> None:
    text = with_facts(report)
    assert line_with(text, "URLs").split() == ["URLs", "config.urls", "backend/config/settings/base.py:28"]
    assert line_with(text, "web ").split()[-1] == "Procfile:1"
    assert line_with(text, "backend/config/settings/production.py:60").startswith(" " * 40)


def test_the_settings_of_production_say_why(report: Report) -> None:
    text = with_facts(report)
    assert "config.settings.production (likely)\n" in text
    assert line_with(text, "default of wsgi.py").endswith("backend/config/wsgi.py:6")
    assert line_with(text, "started by gunicorn").endswith("Procfile:1")


def test_required_variables_come_first(report: Report) -> None:
    text = with_facts(report)
    assert "Environment variables: 1 required, 1 optional\n" in text
    assert text.index("  DJANGO_SECRET_KEY  required, text, secret, at build too") < text.index("optional, bool")


def test_other_projects_of_a_monorepo_are_named_with_the_option_that_chooses_them(report: Report) -> None:
    assert line_with(with_facts(report), "also there").split()[2:] == ["--root-dir", "demo", "demo/manage.py:11"]


OF_THE_PLAN = ("facts.django.image_settings", "facts.django.build_settings.debug")
"""What is observed for the image that the plan builds, and shown with it."""


def test_everything_that_could_not_be_told_is_listed_with_its_reason(facts: ProjectFacts, report_of: ReportOf) -> None:
    reasons: list[str] = []

    def unresolved(node: Any, name: str) -> Any:
        if name in OF_THE_PLAN:
            return node
        if isinstance(node, Fact | Unresolved):
            reasons.append(f"because of {name}")
            return Unresolved(reason=reasons[-1], evidence=(Evidence(path="shop/settings.py", line=len(reasons)),))
        if is_dataclass(node) and not isinstance(node, type):
            # What an image would be told is for the plan: a reader is told what a build is.
            told = [f.name for f in fields(node) if f.name != "image_settings"]
            return replace(node, **{key: unresolved(getattr(node, key), f"{name}.{key}") for key in told})
        if isinstance(node, dict):
            return {key: unresolved(value, f"{name}.{key}") for key, value in node.items()}
        return node

    text = with_facts(report_of(unresolved(facts, "facts")), width=120)
    part = text[text.index("\nCould not tell\n") :]
    assert len(reasons) > 40
    for number, reason in enumerate(reasons, start=1):
        line = next(line for line in part.splitlines() if f" {reason} " in line)
        assert line.endswith(f"shop/settings.py:{number}")


def test_nothing_is_listed_when_everything_could_be_told(facts: ProjectFacts, report_of: ReportOf) -> None:
    assert "\nCould not tell\n" in with_facts(report_of(facts))
    told = Fact(value="media", evidence=(Evidence(path="shop/settings.py"),))
    django = replace(facts.django, media=replace(facts.django.media, root=told))
    everything = replace(facts, django=django, frontend=replace(facts.frontend, output_dir=told))
    assert "Could not tell" not in with_facts(report_of(everything))


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("detail", [Detail.NORMAL, Detail.FULL])
def test_lines_fit(report: Report, width: int, detail: Detail) -> None:
    text = with_facts(replace(report, audit=AUDIT), width=width, detail=detail)
    too_long = [line for line in text.splitlines() if len(line) > width]
    assert [
        line for line in too_long if "os.environ" not in line and not line.startswith(("Next:", "      doctor "))
    ] == []


def test_no_line_ends_in_a_space(report: Report) -> None:
    for detail in Detail:
        assert not [line for line in with_facts(report, detail=detail).splitlines() if line != line.rstrip()]


@pytest.mark.parametrize(("folders", "broken"), [(2, False), (5, True)])
def test_a_path_is_broken_only_where_it_is_wider_than_the_terminal(
    facts: ProjectFacts, report_of: ReportOf, folders: int, broken: bool
) -> None:
    deep = "/".join(["a-rather-long-folder-name"] * folders) + "/settings.py"
    django = replace(facts.django, root_urlconf=Fact(value="config.urls", evidence=(Evidence(path=deep, line=7),)))
    text = with_facts(report_of(replace(facts, django=django)))
    assert (f"{deep}:7" not in text.split()) is broken
    assert f"{deep}:7" in "".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_a_default_of_a_library_is_not_said_to_stand_in_the_settings(facts: ProjectFacts, report_of: ReportOf) -> None:
    django, celery = (
        (Evidence(path="shop/settings.py", note=note),)
        for note in ("SESSION_ENGINE is not set here: Django's default", "not configured: Celery's default")
    )
    changed = replace(
        facts,
        django=replace(facts.django, session_engine=Fact(value="shop.sessions", evidence=django)),
        task_queue=replace(facts.task_queue, beat_scheduler=Fact(value="shop.beat", evidence=celery)),
    )
    text = with_facts(report_of(changed))
    assert line_with(text, "sessions").split(maxsplit=2)[1:] == ["shop.sessions", "Django's default"]
    assert line_with(text, "beat scheduler").split(maxsplit=3)[2:] == ["shop.beat", "Celery's default"]
    assert "shop/settings.py:1" not in text
    assert "shop/settings.py:1" in with_facts(report_of(changed), detail=Detail.FULL)


def test_a_value_that_a_variable_changes_says_so(facts: ProjectFacts, report_of: ReportOf) -> None:
    changed = (Evidence(path="a.py", line=3, note="unless changed by DEBUG"),)
    django = replace(facts.django, debug=Fact(value=False, evidence=changed))
    shown = line_with(part_of(with_facts(report_of(replace(facts, django=django))), "Security"), "DEBUG")
    assert " ".join(shown.split()) == "DEBUG False, unless changed by DEBUG a.py:3"
    assert "unless changed" not in with_facts(report_of(facts))


def test_values_are_written_for_people(facts: ProjectFacts, report_of: ReportOf) -> None:
    where = (Evidence(path="a.py", line=3),)
    values: dict[str, Plain] = {
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X", "https"),
        "SECURE_REDIRECT_EXEMPT": (("a", 1), {"b": None}),
        "SESSION_COOKIE_NAMES": {"one": ("x",), "two": ""},
        "SESSION_COOKIE_PATHS": ("", ()),
    }
    secure = {name: Fact(value=value, evidence=where) for name, value in values.items()}
    text = with_facts(report_of(replace(facts, django=replace(facts.django, secure=secure))))
    assert {name: " ".join(line_with(text, name).split()[1:-1]) for name in values} == {
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_PROXY_SSL_HEADER": "HTTP_X, https",
        "SECURE_REDIRECT_EXEMPT": "(a, 1), (b: None)",
        "SESSION_COOKIE_NAMES": "one: (x), two: empty",
        "SESSION_COOKIE_PATHS": "empty, (none)",
    }


def test_one_cause_of_several_doubts_is_told_once(facts: ProjectFacts, report_of: ReportOf) -> None:
    def unresolved(name: str, line: int) -> Unresolved:
        reason = f"{name} may be set in a part that is not in the tree: local.py is absent"
        return Unresolved(reason=reason, evidence=(Evidence(path="a.py", line=line),))

    django = replace(
        facts.django,
        debug=unresolved("DEBUG", 3),
        session_engine=unresolved("SESSION_ENGINE", 4),
        secret_key=Unresolved(reason="read from a file", evidence=(Evidence(path="a.py", line=5),)),
    )
    text = with_facts(report_of(replace(facts, django=django)))
    part = " ".join(part_of(text, "Could not tell").split())
    assert part.count("local.py is absent") == 1
    assert "local.py is absent; likewise DEBUG a.py:4" in part
    assert "SECRET_KEY read from a file a.py:5" in part
    full = with_facts(report_of(replace(facts, django=django)), detail=Detail.FULL)
    assert " ".join(full.split()).count("local.py is absent") == 2


def test_no_place_says_that_nothing_is_asked_for(facts: ProjectFacts, report_of: ReportOf) -> None:
    nothing = Fact(value=None, evidence=(Evidence(path="manage.py"),))
    dependencies = replace(facts.dependencies, python_version=nothing, python_declared=())
    shown = line_with(with_facts(report_of(replace(facts, dependencies=dependencies))), "Python  ")
    assert shown.split(maxsplit=1) == ["Python", "no version requested"]
    assert line_with(with_facts(report_of(facts)), "Python  ").endswith("backend/runtime.txt:1")


def test_lines_that_are_not_understood_are_told_by_file_and_reason(facts: ProjectFacts, report_of: ReportOf) -> None:
    problems = tuple(Evidence(path="r.txt", line=line, note="a template") for line in range(1, 9))
    other = (Evidence(path="s.txt", line=5, note="a template"),)
    dependencies = replace(facts.dependencies, problems=(*problems, *other))
    text = with_facts(report_of(replace(facts, dependencies=dependencies)))
    assert [line.split()[2:] for line in text.splitlines() if "not understood" in line] == [
        ["a", "template;", "likewise", "7", "more", "lines", "r.txt:1"],
        ["a", "template", "s.txt:5"],
    ]
    assert "r.txt:8" in with_facts(report_of(replace(facts, dependencies=dependencies)), detail=Detail.FULL)


def test_a_default_is_shown_only_where_it_is_used(facts: ProjectFacts, report_of: ReportOf) -> None:
    debug, key = facts.environment
    text = with_facts(report_of(replace(facts, environment=(replace(debug, default=""), replace(key, default="x")))))
    assert "optional, bool, default empty" in line_with(part_of(text, "Environment"), "DEBUG")
    assert "default 'x'" not in text
    assert "optional, bool, default 'False'" in line_with(part_of(with_facts(report_of(facts)), "Environment"), "DEBUG")


def test_a_system_package_names_requirements_and_other_names(facts: ProjectFacts, report_of: ReportOf) -> None:
    image = SystemPackage(package="curl", because="Dockerfile", evidence=Evidence(path="Dockerfile", line=4))
    names = (("trixie", "libmagic1t64"), ("bookworm", "libmagic1"))
    magic = replace(image, package="libmagic1t64")
    needed = replace(magic, because="python-magic", evidence=Evidence(path="r.txt", line=2), names=names)
    text = with_facts(report_of(replace(facts, build_packages=(image, magic), run_packages=(image, needed))))
    assert " ".join(line_with(text, "curl").split()) == "curl to build and run Dockerfile:4"
    shown = " ".join(text[text.index("libmagic1t64") :].split())
    assert shown.startswith(
        "libmagic1t64 to build and run, for python-magic, Dockerfile; libmagic1 in bookworm r.txt:2"
    )


def test_the_command_line_of_beat_goes_before_the_configuration(facts: ProjectFacts, report_of: ReportOf) -> None:
    worker = facts.task_queue.started_by[0]
    configured = line_with(part_of(with_facts(report_of(facts)), "Task queue"), "beat scheduler")
    assert "DatabaseScheduler" in configured
    beat = replace(worker, command="celery beat --scheduler shop.beat:Own -l info")
    queue = replace(facts.task_queue, started_by=(worker, beat))
    shown = line_with(part_of(with_facts(report_of(replace(facts, task_queue=queue))), "Task queue"), "beat scheduler")
    assert shown.split()[2:] == ["shop.beat:Own", "docker-compose.production.yml:31"]


@pytest.mark.parametrize("kind", ["celery", "huey"])
def test_that_there_is_no_schedule_is_known_of_celery_only(facts: ProjectFacts, report_of: ReportOf, kind: str) -> None:
    where = (Evidence(path="a.py", line=3),)
    queue = replace(facts.task_queue, kind=Fact(value=kind, evidence=where), beat=Fact(value=False, evidence=where))
    lines = [line.split() for line in with_facts(report_of(replace(facts, task_queue=queue))).splitlines()]
    assert (["beat", "no", "a.py:3"] in lines) is (kind == "celery")


@pytest.mark.parametrize("root", sorted(FIXTURES.glob("*/repo")), ids=lambda root: root.parent.name)
def test_every_fixture_fits_and_names_no_line_of_a_default(root: Path) -> None:
    report = analyze(root, Config(), lambda _: None)
    if isinstance(report, NoDjangoProject):
        return
    assert report.audit is not None
    copied = {
        line.strip() for one in report.audit.findings for command in one.commands for line in command.splitlines()
    }
    for detail in (Detail.NORMAL, Detail.FULL):
        lines = with_facts(report, detail=detail).splitlines()
        assert [line for line in lines if len(line) > 80 and line.strip() not in copied] == []
    defaults = [line for line in with_facts(report).splitlines() if line.endswith("'s default")]
    assert defaults
    assert not [line for line in defaults if ".py:" in line]


def test_colour_only_where_asked_for(report: Report) -> None:
    report = replace(report, audit=AUDIT)
    plain, coloured = with_facts(report), with_facts(report, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1mSettings\x1b[0m\n" in coloured
    without = coloured
    for word in ("\x1b[31mblocker", "\x1b[33mrisk", "\x1b[36madvice", "\x1b[35mquestion", "\x1b[31m^"):
        assert word in coloured
    for code in ("0", "1", "2", "31", "33", "35", "36"):
        without = without.replace(f"\x1b[{code}m", "")
    assert without == plain


def test_text_of_the_repository_cannot_take_over_the_terminal(facts: ProjectFacts, report_of: ReportOf) -> None:
    hostile = Evidence(path="a\x1b]0;title\x07b\n.py", line=2, note="\u202egnitirw")
    django = replace(
        facts.django,
        root_urlconf=Fact(value="x\x1b[31m\r\x9b2Jy [bold]z[/bold]\u2028", evidence=(hostile,)),
        secret_key=Unresolved(reason="line\nbreak \udcff", evidence=(hostile,)),
    )
    audit = audit_of(
        replace(FINDINGS[0], message=HOSTILE, remediation=HOSTILE, commands=(HOSTILE,), evidence=(hostile,))
    )
    text = with_facts(replace(report_of(replace(facts, django=django)), audit=audit), detail=Detail.FULL)
    assert not [c for c in text if c != "\n" and not c.isprintable()]
    assert r"x\x1b[31m\r\x9b2Jy [bold]z[/bold]\u2028" in text
    assert r"a\x1b]0;title\x07b\n.py:2" in text
    assert r"line\nbreak \udcff" in text
    text.encode("utf-8")


def test_a_huge_value_does_not_flood_the_report(facts: ProjectFacts, report_of: ReportOf) -> None:
    apps = Fact(value=tuple(f"app{n}" for n in range(9999)), evidence=(Evidence(path="shop/settings.py"),))
    facts = replace(facts, django=replace(facts.django, installed_apps=apps))
    assert "app9998" not in with_facts(report_of(facts))
    assert "0 of Django, 9999 more: app0, app1" in with_facts(report_of(facts))
    assert "app9998" in with_facts(report_of(facts), detail=Detail.FULL)


def test_skipped_files_are_summed_up_by_reason(report: Report) -> None:
    text = with_facts(report)
    assert line_with(text, "2 paths").split(maxsplit=2)[2] == "installed packages: frontend/node_modules and 1 more"
    full = with_facts(report, detail=Detail.FULL)
    assert [line.split() for line in full.splitlines() if "installed packages" in line] == [
        ["installed", "packages", "frontend/node_modules"],
        ["installed", "packages", "node_modules"],
    ]


def test_full_detail_shows_each_dependency_and_each_place(report: Report) -> None:
    full = with_facts(report, detail=Detail.FULL)
    assert 'if python_version >= "3.12", in dev' in full
    assert "backend/config/settings/base.py:22" in full
    assert "backend/config/settings/base.py:22" not in with_facts(report)


def test_sections_without_anything_to_say_are_left_out(facts: ProjectFacts, report_of: ReportOf) -> None:
    empty = replace(facts, processes=(), build_packages=(), run_packages=())
    text = with_facts(report_of(replace(empty, repository=replace(facts.repository, skipped=()))))
    for title in ("Processes", "System packages (Debian)", "Not read"):
        assert title in with_facts(report_of(facts))
        assert title not in text


def test_the_same_report_gives_the_same_bytes(report: Report, facts: ProjectFacts, report_of: ReportOf) -> None:
    skipped = tuple(SkippedFile(path=s.path, reason=s.reason) for s in facts.repository.skipped)
    again = report_of(replace(facts, repository=replace(facts.repository, skipped=skipped)))
    assert with_facts(again) == with_facts(report)
