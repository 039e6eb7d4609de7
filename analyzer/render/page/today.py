"""The architecture today: the processes that files of the repository declare, and the stores that the settings name."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from analyzer.model.connections import Connection, ConnectionRole
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.facts import ProcessType, ProjectFacts
from analyzer.model.report import Report
from analyzer.render.drawings.columns import Node, draw
from analyzer.render.page.parts import Architecture, Part
from analyzer.render.page.places import Places
from analyzer.render.statements import counted, listing

MOST_PROCESSES = 8
"""Boxes for processes of today; the table names all."""


def today(report: Report, places: Places) -> Architecture | None:
    """The processes that files of the repository declare, and the stores that the settings name; None without both."""
    facts = report.facts
    stores = list(_stores(facts, places))
    processes = list(_processes(facts, places))
    if not stores and not processes:
        return None
    settings = facts.django.settings_modules.production
    name = settings.value if isinstance(settings, Fact) and settings.value else "settings"
    hub = Node(
        id="today-settings",
        column=1,
        kind="settings",
        title=name,
        lines=(counted(len(facts.environment), "variable") + " read",),
        tone="entry",
        to=tuple(node.id for node, _ in stores),
    )
    part = Part(
        id=hub.id,
        kind="settings",
        name=name,
        detail=hub.lines[0],
        because="the module that production loads",
        places=places.of(settings.evidence),
    )
    shown = [replace(node, to=(hub.id,)) for node, _ in processes[:MOST_PROCESSES]]
    drawing = draw(
        ("Processes", "Settings", "Stores")[: 3 if stores else 2], [*shown, hub, *(node for node, _ in stores)]
    )
    parts = (*(part for _, part in processes), part, *(part for _, part in stores))
    return Architecture(drawing=drawing, parts=parts)


def _processes(facts: ProjectFacts, places: Places) -> Iterator[tuple[Node, Part]]:
    """One for each name and command, in the order of what they are for."""
    order = list(ProcessType)
    seen: set[tuple[str, str]] = set()
    for process in sorted(facts.processes, key=lambda one: order.index(one.type)):
        if (process.name, process.command) in seen:
            continue
        seen.add((process.name, process.command))
        anchor = f"today-process-{len(seen)}"
        kind = f"{process.type.value}, {process.source}"
        tone = "job" if process.type is ProcessType.RELEASE else "run"
        short = process.command.partition(" --")[0]
        yield (
            Node(id=anchor, column=0, kind=kind, title=process.name, lines=(short,), tone=tone),
            Part(
                id=anchor,
                kind=kind,
                name=process.name,
                detail=process.command,
                because=f"{process.source} declares it",
                places=places.of((process.evidence,)),
            ),
        )


def _stores(facts: ProjectFacts, places: Places) -> Iterator[tuple[Node, Part]]:
    """One for each address of the settings; one address in several settings is one store."""
    by_address: dict[str, list[Connection]] = {}
    for one in facts.connections:
        by_address.setdefault(_address(one) or f"{one.role.value} {one.name}", []).append(one)
    for number, (address, same) in enumerate(by_address.items(), start=1):
        anchor = f"today-store-{number}"
        roles = listing(list(dict.fromkeys(one.role.value for one in same)))
        title = _title(same[0], facts)
        settings = listing(list(dict.fromkeys(one.setting for one in same)))
        evidence: Iterable[Evidence] = (place for one in same for place in one.evidence)
        yield (
            Node(id=anchor, column=2, kind=roles, title=title, lines=(address,), tone="data"),
            Part(
                id=anchor,
                kind=roles,
                name=title,
                detail=address,
                because=f"{settings} of the settings",
                places=places.of(evidence),
            ),
        )


def _address(connection: Connection) -> str:
    """The variables that give the address, else the address without credentials."""
    names = list(dict.fromkeys(name for part in connection.parts.values() for name in part.variables))
    if names:
        return listing(names[:3]) + (" …" if len(names) > 3 else "")
    for key in ("url", "host", "bucket", "name"):
        part = connection.parts.get(key)
        if part is not None and part.text:
            return _without_credentials(part.text)
    return ""


def _without_credentials(text: str) -> str:
    if "@" not in text:
        return text
    return f"{text.partition('://')[0]}://{text.rpartition('@')[2]}" if "://" in text else text.rpartition("@")[2]


def _title(connection: Connection, facts: ProjectFacts) -> str:
    databases = facts.django.databases
    if connection.role is ConnectionRole.DATABASE and isinstance(databases, Fact):
        found = databases.value.get(connection.name)
        engine = (found.configured_engine or found.engine) if found is not None else None
        if engine:
            return f"{engine.rpartition('.')[2]} ({connection.name})"
    scheme = connection.parts.get("scheme") or connection.parts.get("url")
    known = urlsplit(scheme.default or scheme.text).scheme if scheme is not None and "://" in scheme.text else ""
    return f"{known or connection.role.value} ({connection.name})"
