"""A server's command as a file of the project declares it, made to fit: it listens on 0.0.0.0:$PORT, stays in front,
writes its log to standard output, and names files where the image has them."""

import re
import shlex
from collections.abc import Iterator

from analyzer.model.evidence import RepoPath
from analyzer.model.facts import Process, ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.commands import Command
from analyzer.plan.image_places import ROOT, in_image, is_inside
from analyzer.plan.tables import table
from analyzer.plan.web_server.servers import Server
from analyzer.plan.web_server.target import Target, application, interface_of, is_there

DEFAULT_WORKERS = "2"
"""A process of 512 MiB holds one or two workers of a usual Django project."""

_EVERYBODY = ("", "0.0.0.0", "[::]")
_VARIABLE = lazy_pattern(r"\$(?:\{(?P<long>\w+)(?::?-(?P<default>[^{}]*))?\}|(?P<short>\w+))")
_FOLDER_OF_IMAGE = lazy_pattern(r"/(?!dev/|proc/|tmp\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A command that fits the platform, and what was changed in it, in words."""

    command: Command
    interface: str | None
    changes: tuple[str, ...]
    named: tuple[RepoPath, ...]
    """Files of the repository among its arguments."""


def fit(facts: ProjectFacts, process: Process, server: Server, port: int) -> Fitted:
    """The command of `process`, which runs `server`; paths in it are those of the repository's root.

    Args:
        port: what it listens on where PORT is not set.
    """
    changes: list[str] = []
    words = [
        word for option in _options(server, process.arguments) for word in _option(process, server, option, changes)
    ]
    command = Command(before=_wrappers(process, changes), program=server.name, arguments=tuple(words))
    configured = _is_configured(facts, command, server)
    command, interface = _with_target(facts, command, server, configured, changes)
    without = command.without(server.dropped)
    changes += [f"without {name}" for name in server.dropped if _has(command, name) and not _is_address(name)]
    opens = _opens(facts, process, port)
    command = without if opens else without.plus(*(word.replace("PORT_NUMBER", str(port)) for word in server.bind))
    command = _with_workers(command, server, configured)
    if (folder := _folder_elsewhere(facts, process)) is not None:
        command = _with_option_for_file(command, process).plus("--chdir", ".")
        changes.append(f"in the folder of manage.py in place of {folder}, which the image does not have")
    added = list(server.added) + ([] if configured else list(server.unless_configured))
    for entry in added:
        spellings, *rest = shlex.split(entry)
        names = spellings.split("|")
        if not any(_has(command, name) for name in names) and server.has(
            names[0].partition("=")[0], facts.dependencies
        ):
            command = command.plus(names[0], *rest)
    command = started(command, server)
    changes += [f"TERM ends it, for which {server.name} has no handler"] if server.start else []
    named = tuple(dict.fromkeys(process.paths.values()))
    address = "its ini file opens the port" if opens else "it listens on 0.0.0.0:$PORT"
    return Fitted(command=command, interface=interface, changes=tuple(dict.fromkeys((address, *changes))), named=named)


def _opens(facts: ProjectFacts, process: Process, port: int) -> bool:
    """Whether uWSGI's own file opens the port to everybody, so that a second socket for it would be refused.

    `$(PORT)` is the variable, which the image has a value for.
    """
    opened = (one.value for one in facts.server_settings if one.name in ("http", "http-socket"))
    texts = [str(value).strip("\"'").split(",")[0] for value in opened] if process.program == "uwsgi" else []
    return any(text == f"{host}:{number}" for text in texts for host in _EVERYBODY for number in (port, "$(PORT)"))


def _folder_elsewhere(facts: ProjectFacts, process: Process) -> str | None:
    """The folder of another image that uWSGI's own file changes to; of two such options the last counts."""
    found = (str(one.value) for one in facts.server_settings if one.name in ("chdir", "chdir2"))
    folder = next(found, "") if process.program == "uwsgi" else ""
    return folder if _FOLDER_OF_IMAGE.match(folder) and not is_inside(folder, ROOT) else None


def _with_option_for_file(command: Command, process: Process) -> Command:
    """uWSGI reads a file without an option after all options, which its lines then overrule; with --ini in its turn.

    Source: unbit/uwsgi, core/uwsgi.c (uwsgi_commandline_config).
    """
    words: list[str] = []
    for word in command.arguments:
        is_file = word.endswith(".ini") and word in process.paths and words[-1:] != ["--ini"]
        words += ["--ini", word] if is_file else [word]
    return Command(before=command.before, program=command.program, arguments=tuple(words))


def started(command: Command, server: Server) -> Command:
    """The command as the server has to be started: some read no option after the application, or ignore TERM."""
    target = _target(command, server) if server.target_last else None
    arguments = command.arguments
    if target is not None:
        arguments = (*(word for word in arguments if word != target), target)
    program, *rest = server.start or (command.program,)
    return Command(before=command.before, program=program, arguments=(*rest, *arguments))


def place_files(command: Command, process: Process, context: RepoPath) -> Command:
    """The command with the files of the repository where the image has them."""
    places = {written: in_image(path, context) for written, path in process.paths.items()}

    def placed(word: str) -> str:
        option, equals, value = word.partition("=")
        if word in places:
            return places[word]
        return f"{option}={places[value]}" if equals and option.startswith("-") and value in places else word

    return Command(before=command.before, program=command.program, arguments=tuple(map(placed, command.arguments)))


def _options(server: Server, arguments: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """An option with its value, or an argument, each as one."""
    position = 0
    while position < len(arguments):
        word = arguments[position]
        has_value = word in server.values and position + 1 < len(arguments)
        yield arguments[position : position + (2 if has_value else 1)]
        position += 2 if has_value else 1


def _option(process: Process, server: Server, option: tuple[str, ...], changes: list[str]) -> Iterator[str]:
    """The option without variables that nothing sets, and without files that the image does not have."""
    name = option[0].partition("=")[0]
    if name in server.dropped or name in server.workers:
        yield from option
        return
    value = option[-1]
    known = value in process.paths or value.partition("=")[2] in process.paths
    path = value.partition("=")[2] if value.startswith("-") and "=" in value else value
    if _FOLDER_OF_IMAGE.match(path) and not known and (len(option) > 1 or value.startswith("-")):
        if "log" in name:
            yield name
            yield "-"
            changes.append(f"{name} writes to standard output")
        else:
            changes.append(f"without {name} {path}, which the image does not have")
        return
    missing: list[str] = []
    replaced = [_VARIABLE.sub(lambda found: _variable(process, found, missing), word) for word in option]
    if missing:
        changes.append(f"without {option[0]}, as nothing sets {missing[0]}")
        return
    yield from replaced


def _variable(process: Process, found: re.Match[str], missing: list[str]) -> str:
    name = found["long"] or found["short"]
    default = found["default"] if found["default"] is not None else process.environment.get(name)
    if name == "PORT":
        return found[0]
    if default is None:
        missing.append(name)
        return ""
    return f"${{{name}:-{default}}}"


def _wrappers(process: Process, changes: list[str]) -> tuple[str, ...]:
    """The wrappers that matter to the process; those that enter the virtual environment are not needed."""
    words = list(process.wrappers)
    kept: list[str] = []
    data = table("commands")
    while words:
        length = data["wrappers"].get(words[0], 0)
        pair = f"{words[0].rsplit('/', 1)[-1]} {words[1] if len(words) > 1 else ''}"
        if length:
            kept += words[:length]
            words = words[length:]
        elif pair in data["runners"]:
            words = words[2:]
        else:
            changes.append(f"without {words[0]}, which the image does not have")
            words = words[1:]
    return tuple(kept)


def _with_target(
    facts: ProjectFacts, command: Command, server: Server, configured: bool, changes: list[str]
) -> tuple[Command, str | None]:
    """The application that is served: as written where its module is found, else the project's."""
    written = _target(command, server)
    if written is None:
        if configured:
            return command, server.serves[0]
        target = application(facts, server.serves[0])
        return command.plus(*_as_arguments(target, server)), target.interface
    interface = _interface(facts, command, server, written)
    if is_there(facts, written):
        return command, interface
    target = application(facts, interface or server.serves[0])
    changes.append(f"{target.text} in place of {written}, which is not found from the folder of manage.py")
    arguments = tuple(target.text if word == written else word for word in command.arguments)
    return Command(before=command.before, program=command.program, arguments=arguments), interface


def _interface(facts: ProjectFacts, command: Command, server: Server, written: str) -> str | None:
    known = interface_of(facts, written)
    if known is not None or len(server.serves) == 1:
        worker = command.option("-k", "--worker-class") or ""
        served = next((row["serves"] for name, row in _worker_classes() if worker.startswith(name)), None)
        return known or served or server.serves[0]
    return None


def _worker_classes() -> list[tuple[str, dict[str, str]]]:
    return list(table("web_servers")["worker_classes"].items())


def _target(command: Command, server: Server) -> str | None:
    if server.target is not None:
        return command.option(server.target, "-w", "--wsgi")
    plain = [words[0] for words in _options(server, command.arguments) if not words[0].startswith("-")]
    return next((word for word in plain if "/" not in word), None)


def _as_arguments(target: Target, server: Server) -> tuple[str, ...]:
    words = (server.target, target.text) if server.target is not None else (target.text,)
    return (*server.interface.get(target.interface, ()), *words)


def _is_configured(facts: ProjectFacts, command: Command, server: Server) -> bool:
    """Whether a configuration file of the server is read, which may say anything that options say."""
    if any(_has(command, name) for name in server.config):
        return True
    if any(word.endswith((".ini", ".yaml", ".yml")) for word in command.arguments if server.target is not None):
        return True
    folder = facts.repository.django_dir or "."
    default = server.config_file
    path = default if folder == "." else f"{folder}/{default}"
    return default is not None and path in facts.repository.paths


def _with_workers(command: Command, server: Server, configured: bool) -> Command:
    """The number of processes from WEB_CONCURRENCY, as the buildpack's platform sets it; the project's number else."""
    if not server.workers:
        return command
    given = command.option(*server.workers)
    if given is None and configured:
        return command
    number = given if given is not None and given.isdecimal() else DEFAULT_WORKERS
    found = _VARIABLE.fullmatch(given or "")
    variable, default = "WEB_CONCURRENCY", number
    if found is not None:
        variable, default = found["long"] or found["short"], found["default"] or DEFAULT_WORKERS
    bare = command.without(dict.fromkeys(server.workers, 1))
    attached = tuple(w for w in bare.arguments if not (w[:2] in server.workers and w[2:].isdecimal()))
    bare = Command(before=bare.before, program=bare.program, arguments=attached)
    return bare.plus(server.workers[-1], f"${{{variable}:-{default}}}")


def _has(command: Command, name: str) -> bool:
    option = name.partition("=")[0]
    return any(word == option or word.startswith(f"{option}=") for word in command.arguments)


def _is_address(name: str) -> bool:
    return name in ("-b", "--bind", "-p", "--port", "--host", "--listen", "--http", "--http-socket", "-s", "--socket")
