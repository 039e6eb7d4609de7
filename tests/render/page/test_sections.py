"""Variables, generated files and the trial, as the page shows them."""

from dataclasses import replace

from analyzer.model.artifact import Artifact
from analyzer.model.plan import Variable
from analyzer.model.report import Report
from analyzer.model.verification import Layer
from analyzer.render.page.files import files
from analyzer.render.page.places import Link, Places
from analyzer.render.page.trial import trial
from analyzer.render.page.variables import variables
from tests.render.document.test_verification import VERIFICATION
from tests.render.plans import SIMPLE, decided, plan_of


def test_variables_without_a_value_come_first(report: Report) -> None:
    given = (
        Variable(name="DEBUG", value=decided("False", "off"), scope="RUN_TIME", secret=False),
        Variable(name="DJANGO_SECRET_KEY", value=decided(None, "a secret"), scope="RUN_AND_BUILD_TIME", secret=True),
        Variable(name="ADDED", value=decided("1", "the plan adds it"), scope="RUN_TIME", secret=False),
    )
    rows = tuple(variables(replace(report, plan=plan_of(SIMPLE, variables=given)), Places(report)))
    assert [row.name for row in rows] == ["DJANGO_SECRET_KEY", "ADDED", "DEBUG"]
    secret, added, _ = rows
    assert (secret.required, secret.secret, secret.given[0].scope) == (True, True, "run and build time")
    assert [place.text for place in secret.read] == [
        "backend/config/settings/production.py:4",
        "backend/config/settings/base.py:22",
    ]
    assert added.read == ()


def test_a_file_is_cut_where_the_decision_changes(report: Report) -> None:
    first, second = decided(1, "one", "a.py:1"), decided(2, "two")
    artifact = Artifact(
        name="dockerfile", path="Dockerfile", body="a\nb\n\nc\nd\n", decisions={1: first, 2: first, 4: second, 5: first}
    )
    (file,) = files([artifact], Places(report))
    assert [(block.text, block.reason and block.reason.rule) for block in file.blocks] == [
        ("a\nb", "one"),
        ("", None),
        ("c", "two"),
        ("d", "one"),
    ]
    assert (file.id, file.explained) == ("file-dockerfile", 4)


def test_a_failure_leads_to_the_finding_and_to_the_file(report: Report) -> None:
    spec = Artifact(name="app-spec", path=".do/app.yaml", body="name: shop\n")
    card = Link(text="Title", url="#finding-a", note=".do/app.yaml:3")
    found = trial(VERIFICATION, files([spec], Places(report)), Places(report), (card, replace(card, note="b.py:3")))
    (failure,) = found.failures
    assert [link.url for link in failure.related] == ["#finding-a", "#file-app-spec"]
    assert failure.places == (Link(text=".do/app.yaml:3"),)
    assert found.memory[0][1] == 20


def test_the_log_has_no_colours(report: Report) -> None:
    checks = tuple(
        replace(one, finding=replace(one.finding, log=("\x1b[31mred\x1b[0m",))) for one in VERIFICATION.checks
    )
    found = trial(replace(VERIFICATION, checks=checks), (), Places(report), ())
    assert found.failures[0].log == ("red",)


def test_bars_have_the_checks_and_the_layers(report: Report) -> None:
    image = replace(VERIFICATION.images[0], layers=(Layer(instruction="a", bytes=3), Layer(instruction="b", bytes=1)))
    found = trial(replace(VERIFICATION, images=(image,)), (), Places(report), ())
    assert [(part.label, part.share) for part in found.images[0].parts] == [("a", 0.75), ("b", 0.25)]
    assert [part.label for part in found.timeline] == ["web, worker: image builds", "web: listens on its port"]
    assert found.summary == "1 of 3 checks failed, 1 not applicable, 42 s"


def test_a_trial_without_failures_says_so(report: Report) -> None:
    held = replace(VERIFICATION, checks=VERIFICATION.checks[:1])
    assert trial(held, (), Places(report), ()).summary == "1 check passed, 0 not applicable, 42 s"
