"""The plan in the report for people."""

from dataclasses import replace

from analyzer.model.plan import Component, ComponentKind, CostItem, MonthlyCost, PlanNote, Role, StaticBuild
from analyzer.model.report import Report
from analyzer.render.report.terminal import render
from analyzer.render.sections.plan import dockerfile_column, plan_section
from tests.render.plans import SIMPLE, decided, plan_of


def component(kind: ComponentKind, name: str, command: str | None, job_kind: str | None = None) -> Component:
    return Component(
        name=name,
        kind=kind,
        role=Role.OTHER,
        because=decided(name, "because", "Procfile:3"),
        command=decided(command, "as it is"),
        size=decided(None, "none"),
        job_kind=job_kind,
        static=decided(StaticBuild(source_dir=".", build_command="", output_dir="dist"), "vite")
        if kind is ComponentKind.STATIC_SITE
        else None,
    )


COMPONENTS = (
    component(ComponentKind.SERVICE, "web", None),
    component(ComponentKind.WORKER, "worker", "exec celery -A shop worker --loglevel INFO"),
    component(ComponentKind.JOB, "migrate", "python manage.py migrate --noinput", "PRE_DEPLOY"),
    component(ComponentKind.STATIC_SITE, "site", None),
)
COST = MonthlyCost(
    currency="USD", items=(CostItem(name="web", cents=1250, note="", source="a page", as_of="2026-01-01"),)
)
NOTES = tuple(PlanNote(code=code, message="m") for code in ("values-to-set", "values-to-set", "debug-on"))


def test_a_line_for_each_part() -> None:
    section = plan_section(
        plan_of(SIMPLE, components=COMPONENTS, cost=COST, notes=NOTES), ("values-to-set", "debug-on")
    )
    assert [(row.label, row.value, row.place) for row in section.rows] == [
        ("web", "service: gunicorn shop.wsgi", "Procfile:3"),
        ("worker", "worker: celery -A shop worker", "Procfile:3"),
        ("migrate", "PRE_DEPLOY job: python manage.py migrate", "Procfile:3"),
        ("site", "static site: dist", "Procfile:3"),
        ("a month", "about 12.50 USD", ""),
        ("needs a look", "3 notes: values-to-set, debug-on", ""),
    ]
    one = plan_section(plan_of(SIMPLE, notes=NOTES), ("values-to-set",))
    assert one.rows[-1].value == "2 notes: values-to-set"
    assert "needs a look" not in [row.label for row in plan_section(plan_of(SIMPLE), ()).rows]


def test_what_runs_before_the_server_does_not_hide_it() -> None:
    command = "python manage.py migrate --noinput && exec gunicorn shop.wsgi --bind 0.0.0.0:8080"
    section = plan_section(plan_of(SIMPLE, components=(component(ComponentKind.SERVICE, "web", command),)), ())
    assert section.rows[0].value == "service: gunicorn shop.wsgi"


def test_the_dockerfile_stands_beside_the_buildpacks() -> None:
    assert dockerfile_column(plan_of(SIMPLE)).cells == {
        "detects": "-",
        "packages by": "pip",
        "Python": "3.12 (decided)",
        "default process": "web: gunicorn shop.wsgi",
        "first failure": "-",
    }


def test_the_report_has_the_plan_where_there_is_one(report: Report) -> None:
    assert "Plan, which doctor emit writes" not in render(report)
    text = render(replace(report, plan=plan_of(SIMPLE, components=COMPONENTS)))
    assert (
        "\nPlan, which doctor emit writes: doctor plan says why\n  web               service: gunicorn shop.wsgi"
        in text
    )
