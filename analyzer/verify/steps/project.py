"""Asks Django what it says of itself, once for each image."""

from analyzer.model.app_spec import SpecComponent
from analyzer.verify.checks import migrations, variables
from analyzer.verify.session import Session

SECONDS = 90
"""For a probe."""


def ask_django(run: Session, jobs: int) -> None:
    """Ask beside one component of each image.

    Args:
        jobs: how many ran before.
    """
    for one in run.one_of_each_image():
        _ask(run, one, jobs)


def _ask(run: Session, one: SpecComponent, jobs: int) -> None:
    state = run.app.probe(one, "django_state", database=True, seconds=SECONDS)
    for component in run.app.images[one.name].components:
        run.app.states[component.name] = state
    check = run.recorder.check
    check(
        "variables-declared",
        "declared variables are enough",
        one.name,
        lambda: variables.declared(one, run.app.probe(one, "variables", readers=variables.READERS, seconds=SECONDS)),
    )
    check("migrated", "database is migrated", one.name, lambda: migrations.applied(state, jobs))
    check("migrations-written", "no migration is missing", one.name, lambda: migrations.missing(state))
    check("deploy-check", "manage.py check --deploy", one.name, lambda: migrations.deploy_check(state))
