"""What the app costs a month: containers, databases, object storage."""

from collections.abc import Iterable, Iterator

from analyzer.model.facts import ProjectFacts
from analyzer.model.plan import Component, ComponentKind, CostItem, DatabasePlan, MonthlyCost, PlanNote
from analyzer.plan.sizes import price
from analyzer.plan.storage import Keeper, media_storage, speaks_to_spaces, static_storage
from analyzer.plan.tables import table


def plan_cost(
    facts: ProjectFacts, components: Iterable[Component], databases: Iterable[DatabasePlan]
) -> tuple[MonthlyCost, tuple[PlanNote, ...]]:
    """The estimate; a cluster that several databases share counts once, a price that is not known is a note."""
    items = [*_containers(components)]
    notes: list[PlanNote] = []
    seen: set[str] = set()
    for database in databases:
        cluster = database.cluster_name.value or database.name
        if cluster in seen:
            continue
        seen.add(cluster)
        item = _database(database)
        if item is not None:
            items.append(item)
        else:
            notes.append(_not_known(database))
    items += _spaces(facts)
    return MonthlyCost(currency=table("instance_sizes")["currency"], items=tuple(items)), tuple(notes)


def _containers(components: Iterable[Component]) -> Iterator[CostItem]:
    sizes = table("instance_sizes")
    for component in components:
        slug = component.size.value
        if slug is None:
            continue
        count = component.instances.value if component.instances is not None else 1
        job = component.kind is ComponentKind.JOB
        note = f"{slug} while it runs" if job else f"{slug} x {count}"
        cents = 0 if job else price(slug) * count
        yield CostItem(name=component.name, cents=cents, note=note, source=sizes["source"], as_of=sizes["as_of"])


def _database(database: DatabasePlan) -> CostItem | None:
    data = table("databases")
    if not database.production.value:
        row = data["development"]
        return CostItem(
            name=database.name, cents=row["cents"], note=row["size"], source=row["source"], as_of=row["as_of"]
        )
    prices = data["prices"]
    cents = prices["sizes"].get(database.engine.value.value, {}).get(database.size.value)
    if cents is None:
        return None
    return CostItem(
        name=database.cluster_name.value or database.name,
        cents=cents,
        note=f"{database.engine.value.value} {database.size.value}, one node",
        source=prices["source"],
        as_of=prices["as_of"],
    )


def _spaces(facts: ProjectFacts) -> Iterator[CostItem]:
    """One subscription, whatever the number of buckets."""
    used = Keeper.S3 in (media_storage(facts).keeper, static_storage(facts).keeper)
    if used and speaks_to_spaces(facts):
        row = table("spaces")
        note = "250 GiB stored and 1 TiB out are included"
        yield CostItem(name="Spaces", cents=row["cents"], note=note, source=row["source"], as_of=row["as_of"])


def _not_known(database: DatabasePlan) -> PlanNote:
    engine, size = database.engine.value.value, database.size.value
    return PlanNote(
        code="price-not-known",
        message=f"the estimate leaves {database.name} out: no price of a {engine} cluster of {size} is at hand",
        evidence=database.engine.evidence[:1],
        remedy="ask `doctl databases options slugs` for sizes and the price page for prices",
    )
