"""Sizes, numbers of containers, and what they cost."""

import json
from pathlib import Path

from analyzer.model.overrides import ComponentOverrides, DatabaseOverrides, Overrides
from analyzer.plan.sizes import allows_several, price
from analyzer.plan.tables import table
from tests.plan.conftest import MakePlan, codes

SCHEMA = json.loads((Path(__file__).parents[1] / "oracles" / "app_spec.schema.json").read_text(encoding="utf-8"))


def test_the_table_has_the_sizes_of_the_schema() -> None:
    current, former = (one["enum"] for one in SCHEMA["$defs"]["instance_size_slug"]["oneOf"])
    sizes = table("instance_sizes")
    assert list(sizes["sizes"]) == current
    assert list(sizes["former"]) == former
    single = [slug for slug in (*current, *former) if not allows_several(slug)]
    assert single == SCHEMA["x-single-instance-sizes"]


def test_prices() -> None:
    assert [price("apps-s-1vcpu-0.5gb"), price("apps-d-8vcpu-32gb"), price("basic-xxs"), price("other")] == [
        500,
        39200,
        500,
        0,
    ]


def test_more_than_one_container_needs_a_size_that_allows_it(plan: MakePlan) -> None:
    made = plan(overrides=Overrides(components={"web": ComponentOverrides(instances=3)}))
    web = made.components[0]
    assert web.instances is not None
    assert (web.size.value, web.instances.value) == ("apps-s-1vcpu-1gb", 3)
    assert [(i.cents, i.note) for i in made.cost.items if i.name == "web"] == [(3600, "apps-s-1vcpu-1gb x 3")]


def test_a_size_that_does_not_allow_it(plan: MakePlan) -> None:
    configured = ComponentOverrides(instances=3, size="apps-s-1vcpu-1gb-fixed")
    made = plan(overrides=Overrides(components={"web": configured}))
    web = made.components[0]
    assert web.instances is not None
    assert web.instances.value == 1
    assert "size-allows-one-container" in codes(made)


def test_the_estimate_names_source_and_day_of_each_price(plan: MakePlan) -> None:
    cost = plan().cost
    assert [(i.name, i.cents) for i in cost.items] == [("web", 500), ("migrate", 0), ("shop-db", 1515)]
    assert cost.cents == 2015
    assert cost.currency == "USD"
    assert all(item.source for item in cost.items)
    assert all(len(item.as_of) == len("2026-01-07") for item in cost.items)


def test_a_development_database_costs_less(plan: MakePlan) -> None:
    made = plan(overrides=Overrides(databases={"db": DatabaseOverrides(production=False)}))
    assert [(i.name, i.cents) for i in made.cost.items][-1] == ("db", 700)


def test_a_larger_node(plan: MakePlan) -> None:
    made = plan(overrides=Overrides(databases={"db": DatabaseOverrides(size="db-s-2vcpu-4gb")}))
    assert [i.cents for i in made.cost.items][-1] == 6090
    made = plan(overrides=Overrides(databases={"db": DatabaseOverrides(size="db-s-8vcpu-16gb")}))
    assert "price-not-known" in codes(made)
    assert "price-not-known" not in codes(plan())
