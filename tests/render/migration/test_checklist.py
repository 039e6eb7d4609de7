"""The steps of the move follow from findings, notes and plan."""

from dataclasses import replace

import pytest

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import DatabaseFact
from analyzer.model.finding import Effort
from analyzer.model.plan import DatabaseEngine, DatabasePlan, PlanNote, Variable
from analyzer.model.report import Report
from analyzer.render.migration.checklist import migration_plan
from analyzer.render.migration.steps import Step
from tests.render.audits import ALL_WELL, AUDIT
from tests.render.plans import SIMPLE, decided, plan_of


def steps(report: Report, title: str) -> tuple[Step, ...]:
    return next((phase.steps for phase in migration_plan(report) if phase.title == title), ())


def texts(found: tuple[Step, ...]) -> str:
    return "\n".join(one.text for one in found)


def commands(found: tuple[Step, ...]) -> str:
    return "\n".join(command for one in found for command in one.commands)


def database(engine: DatabaseEngine) -> DatabasePlan:
    return DatabasePlan(
        name="db",
        engine=decided(engine, "the settings say so", "shop/settings.py:9"),
        version=decided("17", "the newest"),
        production=decided(True, "data matters"),
        cluster_name=decided("shop-db", "a name"),
        size=decided("db-s-1vcpu-1gb", "the smallest"),
        extensions=("postgis",) if engine is DatabaseEngine.POSTGRESQL else (),
    )


def test_without_a_plan_only_findings_are_steps(report: Report) -> None:
    assert migration_plan(report) == ()
    phases = migration_plan(replace(report, audit=AUDIT))
    assert [phase.title for phase in phases] == ["Before the move", "Afterwards"]


def test_findings_come_first_the_worst_before_all(report: Report) -> None:
    found = steps(replace(report, audit=AUDIT, plan=plan_of(SIMPLE)), "Before the move")
    assert [one.rule for one in found[:2]] == ["allowed-hosts-fixed", "secret-key-committed"]
    assert found[0].effort is Effort.MINUTES
    assert found[0].detail == "Remedy of allowed-hosts-fixed."
    assert found[2].text == "Answer 1 question"
    after = steps(replace(report, audit=AUDIT, plan=plan_of(SIMPLE)), "Afterwards")
    assert [one.rule for one in after if one.rule] == ["local-memory-cache"]


def test_what_is_well_asks_for_nothing(report: Report) -> None:
    found = steps(replace(report, audit=ALL_WELL, plan=plan_of(SIMPLE)), "Before the move")
    assert found[0].text == "Write the deployment files and commit them"
    assert [one for one in found if one.rule] == []


def test_a_note_is_a_step_unless_a_rule_or_another_step_has_it(report: Report) -> None:
    notes = (
        PlanNote(code="allowed-hosts-fixed", message="a rule has it"),
        PlanNote(code="secrets-to-set", message="a step has it"),
        PlanNote(code="other", message="it stops there", remedy="take it away"),
        PlanNote(code="create-clusters", message="m", remedy="doctl databases create a; doctl databases create b"),
    )
    found = steps(replace(report, audit=AUDIT, plan=plan_of(SIMPLE, notes=notes)), "Before the move")
    assert "Take it away" in texts(found)
    assert "Because it stops there." in [one.detail for one in found]
    assert "has it" not in texts(found)
    assert "doctl databases create a\ndoctl databases create b\n" in commands(found)


@pytest.mark.parametrize(
    ("engine", "program"), [(DatabaseEngine.POSTGRESQL, "pg_restore"), (DatabaseEngine.MYSQL, "mysqldump")]
)
def test_data_is_copied_with_the_programs_of_the_database(report: Report, engine: DatabaseEngine, program: str) -> None:
    django = replace(report.facts.django, databases=Fact(value={}, evidence=(Evidence(path="a.py"),)))
    report = replace(report, facts=replace(report.facts, django=django))
    found = steps(replace(report, plan=plan_of(SIMPLE, databases=(database(engine),))), "Data")
    assert program in commands(found)
    assert "loaddata" not in commands(found)
    assert "heroku maintenance:on" in commands(found)


def test_sqlite_is_copied_as_fixtures(report: Report) -> None:
    sqlite = {"default": DatabaseFact(engine="django.db.backends.sqlite3", env=())}
    django = replace(report.facts.django, databases=Fact(value=sqlite, evidence=(Evidence(path="a.py"),)))
    report = replace(report, facts=replace(report.facts, django=django, processes=()))
    plan = plan_of(SIMPLE, databases=(database(DatabaseEngine.POSTGRESQL),))
    found = commands(steps(replace(report, plan=plan), "Data"))
    assert "manage.py loaddata data.json" in found
    assert "pg_dump" not in found
    assert "heroku" not in found
    assert "CREATE EXTENSION IF NOT EXISTS postgis" in commands(steps(replace(report, plan=plan), "Before the move"))


def test_a_cache_is_not_copied_and_uploads_are(report: Report) -> None:
    valkey = plan_of(SIMPLE, databases=(database(DatabaseEngine.VALKEY),))
    assert steps(replace(report, plan=valkey), "Data") == ()
    uploads = PlanNote(code="uploads-in-container", message="m", evidence=(Evidence(path="shop/settings.py", line=8),))
    found = steps(replace(report, plan=replace(valkey, notes=(uploads,))), "Data")
    assert "Copy the uploaded files" in texts(found)
    assert uploads.evidence in [one.evidence for one in found]


def test_secrets_and_values_are_named(report: Report) -> None:
    variables = (
        Variable(name="SECRET_KEY", value=decided(None, "a secret"), scope="RUN_TIME", secret=True),
        Variable(name="SITE_NAME", value=decided(None, "nobody knows"), scope="RUN_TIME", secret=False),
        Variable(name="DEBUG", value=decided("False", "off"), scope="RUN_TIME", secret=False),
    )
    found = steps(replace(report, plan=plan_of(SIMPLE, variables=variables)), "Before the move")
    assert "Set 1 secret in the app's settings: SECRET_KEY" in texts(found)
    assert "The settings do not load without SITE_NAME." in [one.detail for one in found]
    assert "DEBUG" not in texts(found)
