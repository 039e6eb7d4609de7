"""The whole plan of the image."""

from collections.abc import Callable

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import Decision, ImagePlan
from analyzer.plan.image import plan_image

Facts = Callable[..., ProjectFacts]


def image(facts: ProjectFacts, overrides: Overrides = Overrides()) -> ImagePlan:  # noqa: B008
    return plan_image(facts, overrides)[0]


def test_every_part_is_a_decision_with_a_sentence(facts: Facts) -> None:
    plan = image(facts({"Procfile": "web: gunicorn shop.wsgi\n"}))
    assert plan.env_file is None  # which only django-configurations asks for
    for name in plan.__dataclass_fields__.keys() - {"env_file"}:
        decision = getattr(plan, name)
        assert isinstance(decision, Decision), name
        assert decision.rule, name


def test_packages_that_a_dockerfile_installs_by_name_are_added(facts: Facts) -> None:
    dockerfile = (
        "FROM python:3.13\nCOPY . .\nRUN pip install -r requirements.txt && pip install sentry-sdk==2.1 gunicorn\n"
    )
    files = {"Dockerfile": dockerfile, "requirements.txt": "django==5.2.19\n", "Procfile": "web: gunicorn shop.wsgi\n"}
    plan = image(facts(files))
    assert {p.requirement for p in plan.added_packages.value} == {"gunicorn==27.0.1", "sentry-sdk==2.1"}
    assert plan.added_packages.evidence[0].path == "Dockerfile"


def test_nothing_is_added_where_the_requirements_name_all(facts: Facts) -> None:
    assert image(facts()).added_packages.value == ()


def test_the_port_and_the_user_can_be_configured(facts: Facts) -> None:
    plan = image(facts(), Overrides(image=ImageOverrides(port=3000, user_id=1234)))
    assert (plan.port.value, plan.user_id.value) == (3000, 1234)
    assert "${PORT:-3000}" in plan.command.value
    assert {v.name: v.value for v in plan.variables.value}["PORT"] == "3000"


def test_the_same_facts_give_the_same_plan(facts: Facts) -> None:
    found = facts({"Procfile": "web: gunicorn shop.wsgi\n"})
    assert plan_image(found, Overrides()) == plan_image(found, Overrides())
