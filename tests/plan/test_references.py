"""References of values to other parts of the app."""

import pytest

from analyzer.model.overrides import Overrides, VariableOverrides
from tests.plan.conftest import MakePlan, codes


@pytest.mark.parametrize(
    "value",
    [
        "${db.DATABASE_URL}",
        "postgres://${db.USERNAME}@${db.HOSTNAME}",
        "${APP_URL}/x",
        "${web.PRIVATE_URL}",
        "${db.pool.DATABASE_URL}",
        "${_self.PUBLIC_URL}",
        "plain $text",
    ],
)
def test_what_exists(plan: MakePlan, value: str) -> None:
    overrides = Overrides(environment={"X": VariableOverrides(value=value)})
    assert "unknown-reference" not in codes(plan(overrides=overrides))


@pytest.mark.parametrize(
    "value",
    [
        "${cache.DATABASE_URL}",
        "${db.PRIVATE_URL}",
        "${DATABASE_URL}",
        "${web.DATABASE_URL}",
        "${migrate.COMMIT_HASH}",
        "${}",
    ],
)
def test_what_does_not(plan: MakePlan, value: str) -> None:
    overrides = Overrides(environment={"X": VariableOverrides(value=value)})
    (note,) = [n for n in plan(overrides=overrides).notes if n.code == "unknown-reference"]
    assert value in note.message
