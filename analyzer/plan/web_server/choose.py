"""Which server serves the project, and with which command."""

import shlex
from collections.abc import Iterator

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import Process, ProcessType, ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import AddedPackage, Alternative, Decision, PlanNote
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.commands import Command
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.python_table import order
from analyzer.plan.tables import table
from analyzer.plan.web_server.declared import DEFAULT_WORKERS, Fitted, fit, place_files, started
from analyzer.plan.web_server.servers import Server, servers
from analyzer.plan.web_server.target import application, asgi_need, has_application

OVERRIDE = "components.web.command"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebServer:
    """The web process: its command, what has to be installed for it, and files of the repository that it reads."""

    name: str
    command: Command
    rule: str
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    added: tuple[AddedPackage, ...]
    named: tuple[RepoPath, ...]
    process: Process | None
    trusts: bool
    """Whether FORWARDED_ALLOW_IPS says whose X-Forwarded headers it believes."""
    notes: tuple[PlanNote, ...]


def choose_web_server(facts: ProjectFacts, python: str, port: int) -> WebServer:
    """The server that the project's own files start, else the one that it installs, else one that is added."""
    declared = list(_declared(facts))
    if declared:
        process, server = declared[0]
        others = [p for p, _ in declared[1:]]
        return _as_declared(facts, process, server, python, port, others)
    return _chosen(facts, python, port)


def plan_command(server: WebServer, context: RepoPath, overrides: Overrides) -> Decision[str]:
    """The command of the web process, as the image runs it."""
    command = server.command if server.process is None else place_files(server.command, server.process, context)
    decision = decide(command.text, server.rule, *server.evidence, override=OVERRIDE, alternatives=server.alternatives)
    web = overrides.components.get("web")
    return overridden(decision, web.command if web is not None else None, overrides)


def _declared(facts: ProjectFacts) -> Iterator[tuple[Process, Server]]:
    """The web processes whose program is a server, in the order in which their files count."""
    for process in facts.processes:
        server = servers().get(process.program)
        if process.type is ProcessType.WEB and server is not None:
            yield process, server


def _as_declared(
    facts: ProjectFacts, process: Process, server: Server, python: str, port: int, others: list[Process]
) -> WebServer:
    fitted = fit(facts, process, server, port)
    where = f"{process.evidence.path} starts {server.name}"
    changes = ", ".join(fitted.changes)
    alternatives = [
        Alternative(value=p.command, reason=f"{p.evidence.path}:{p.evidence.line} declares it, which counts for less")
        for p in others
    ]
    alternatives.insert(0, Alternative(value=process.command, reason="as it is written"))
    return WebServer(
        name=server.name,
        command=fitted.command,
        rule=f"{where}; {changes}",
        evidence=(process.evidence,),
        alternatives=tuple(alternatives),
        added=tuple(_needed(facts, fitted.command, server, python)),
        named=fitted.named,
        process=process,
        trusts=server.trusts,
        notes=tuple(_notes(facts, process, server, fitted)),
    )


def _chosen(facts: ProjectFacts, python: str, port: int) -> WebServer:
    need = asgi_need(facts)
    interface = "asgi" if need is not None else "wsgi"
    server, added = _installed(facts, interface), list[AddedPackage]()
    if server is None and interface == "wsgi" and has_application(facts, "asgi"):
        asgi = _installed(facts, "asgi")
        server, interface = (asgi, "asgi") if asgi is not None else (None, "wsgi")
    ignored = [p for p in facts.processes if p.type is ProcessType.WEB]
    if server is not None:
        requirement = next(d for name in server.package if (d := facts.dependencies.get(name)) is not None)
        rule = f"no file starts a server for production, and the project installs {server.name}"
        evidence = [requirement.evidence]
    else:
        server = servers()["uvicorn" if interface == "asgi" else "gunicorn"]
        requirement_text = addition(server.name, python)
        added.append(AddedPackage(requirement=requirement_text, because="the project installs no web server"))
        rule = f"the project installs no web server, so {server.name} is added"
        evidence = []
    if need is not None:
        rule += "; Channels needs ASGI"
        evidence += need[:1]
    target = application(facts, interface)
    words = [*server.interface.get(interface, ())]
    words += [server.target, target.text] if server.target is not None else [target.text]
    words += [word.replace("PORT_NUMBER", str(port)) for word in server.bind]
    if server.workers:
        words += [server.workers[-1], f"${{WEB_CONCURRENCY:-{DEFAULT_WORKERS}}}"]
    words += table("web_servers")["defaults"].get(server.name, [])
    for entry in (*server.added, *server.unless_configured):
        spelling, *rest = shlex.split(entry)
        option = spelling.split("|")[0]
        if server.has(option.partition("=")[0], facts.dependencies):
            words += [option, *rest]
    alternatives = [
        Alternative(value=p.command, reason=f"{p.evidence.path}:{p.evidence.line} starts it, which is for development")
        for p in ignored[:2]
    ]
    return WebServer(
        name=server.name,
        command=started(Command(before=(), program=server.name, arguments=tuple(words)), server),
        rule=rule,
        evidence=(*evidence, *target.evidence[:1]),
        alternatives=tuple(alternatives),
        added=tuple(added),
        named=(),
        process=None,
        trusts=server.trusts,
        notes=tuple(_unknown(ignored)),
    )


def _installed(facts: ProjectFacts, interface: str) -> Server | None:
    """The first server of the table that production installs; where Channels is used, one that takes websockets."""
    names = table("web_servers")["order"][interface]
    found = [server for name in names if (server := servers()[name]).installed(facts.dependencies)]
    if interface == "asgi" and asgi_need(facts) is not None and not _has_websockets(facts):
        found = [server for server in found if server.name != "uvicorn"]
    return found[0] if found else None


def _has_websockets(facts: ProjectFacts) -> bool:
    """Whether uvicorn finds a library for websockets, of which its `standard` extra brings one."""
    uvicorn = facts.dependencies.get("uvicorn")
    extra = uvicorn is not None and "standard" in uvicorn.extras
    return extra or any(facts.dependencies.has(name) for name in ("websockets", "wsproto"))


def _needed(facts: ProjectFacts, command: Command, server: Server, python: str) -> Iterator[AddedPackage]:
    """Packages of the command that no file of the project asks for."""
    if not server.installed(facts.dependencies):
        because = f"{server.name} is started, but nothing installs it"
        yield AddedPackage(requirement=addition(server.name, python), because=because)
    worker = command.option("-k", "--worker-class") or ""
    for name, row in table("web_servers")["worker_classes"].items():
        package = row.get("package")
        if worker.startswith(name) and package is not None and not facts.dependencies.has(package):
            because = f"the worker class {worker} is from it, and nothing installs it"
            yield AddedPackage(requirement=row.get("requirement", package), because=because)


def addition(server: str, python: str) -> str:
    """The pinned requirement that brings a server, the newest that runs on a version of Python."""
    rows = [row for row in table("web_servers")["added"] if row["server"] == server]
    fitting = [row for row in rows if order(row["python"]) <= order(python)] or rows[-1:]
    return str(fitting[0]["requirement"])


def _notes(facts: ProjectFacts, process: Process, server: Server, fitted: Fitted) -> Iterator[PlanNote]:
    need = asgi_need(facts)
    if need is not None and fitted.interface == "wsgi":
        yield PlanNote(
            code="websockets-not-served",
            message=f"{process.evidence.path} serves WSGI, though Channels is installed: websockets get no answer",
            evidence=(process.evidence, *need[:1]),
            remedy=f"set {OVERRIDE} to a command that serves the ASGI application",
        )
    if server.target is not None and any(path.endswith(".ini") for path in fitted.named):
        yield PlanNote(
            code="server-configuration",
            message="uWSGI also opens the sockets that its ini file names, and can start as another user only as root",
            evidence=tuple(Evidence(path=path) for path in fitted.named),
            remedy="take sockets, uid, gid, chdir and daemonize out of the file",
        )


def _unknown(processes: list[Process]) -> Iterator[PlanNote]:
    """Web processes whose program is neither a known server nor Django's own."""
    for process in processes[:1]:
        if process.program not in ("manage.py", "") and process.program not in servers():
            yield PlanNote(
                code="web-command-not-understood",
                message=f"{process.evidence.path} starts {process.program}, whose options are not known here",
                evidence=(process.evidence,),
                remedy=f"if it has to be that program, set {OVERRIDE}; it must listen on 0.0.0.0:$PORT",
            )
