"""Follows a command to the programs that it starts: through scripts, `sh -c`, make targets and task runners."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analyzer.facts.commands.conditions import is_on_request, is_reached
from analyzer.facts.commands.programs import Program, identify, is_helper
from analyzer.facts.commands.shell import SimpleCommand, split_commands
from analyzer.facts.commands.tokens import MAX_CHARACTERS
from analyzer.facts.commands.variables import substitute
from analyzer.facts.commands.wrappers import Launch, LaunchKind, unwrap
from analyzer.facts.existing.declaration import quoted_words
from analyzer.facts.existing.makefile import MAKEFILE_NAMES, read_target
from analyzer.facts.existing.places import Place
from analyzer.facts.existing.shell_scope import EVERYTHING, Reach, Scope
from analyzer.facts.existing.task_runners import read_task
from analyzer.facts.existing.uwsgi import UWSGI_NAMES, configuration_file, uwsgi_commands
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot

MAX_DEPTH = 6
MAX_COMMANDS = 1000
"""Of all texts that one command leads to."""
MAX_TOTAL = 10_000
"""Of all that is followed in a repository."""
CHARACTERS_PER_COMMAND = 100
"""So many characters of a text count as a command, for the time that splitting it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A command found at the end of the way: `program` is None when the table of programs does not have it."""

    launch: Launch
    program: Program | None
    evidence: Evidence
    environment: tuple[tuple[str, str, Evidence], ...] = ()
    """What the way sets in the environment before: name, value, where."""
    reach: Reach = Reach.CERTAIN
    attached: bool = False
    """Started beside the main program by its configuration (uWSGI)."""


class Follower:
    """Follows the commands of one repository. Nothing is run; loops, long scripts and what is too much are cut."""

    def __init__(self, repo: RepositorySnapshot) -> None:
        self.repo = repo
        self.left = MAX_TOTAL

    def follow(
        self, place: Place, command: str, evidence: Evidence, variables: Mapping[str, str] | None = None
    ) -> tuple[Started, ...]:
        """The commands that `command`, declared at `evidence` and run at `place`, starts, in order.

        `variables` are known variables of the environment.
        """
        scope = Scope(
            path=evidence.path,
            line=evidence.line,
            directory=place.start,
            variables=dict(variables or {}),
            arguments=None,
            arguments_at=evidence,
        )
        budget = min(MAX_COMMANDS, self.left)
        way = _Way(self.repo, place, budget)
        found = tuple(way.text(command, scope))
        self.left -= budget - way.budget
        return found


class _Way:
    """What is followed for one command."""

    def __init__(self, repo: RepositorySnapshot, place: Place, budget: int) -> None:
        self.repo = repo
        self.place = place
        self.budget = budget
        self.active: list[tuple[RepoPath, str]] = []

    def text(self, text: str, scope: Scope) -> Iterator[Started]:
        self.budget -= min(len(text), MAX_CHARACTERS) // CHARACTERS_PER_COMMAND
        if scope.depth > MAX_DEPTH or self.budget < 0:
            return
        commands = split_commands(text)
        functions: dict[str, list[SimpleCommand]] = {}
        for command in commands:
            if command.in_function is not None:
                functions.setdefault(command.in_function, []).append(command)
        main = [command for command in commands if command.in_function is None]
        yield from self._commands(main, functions, scope)

    def _commands(
        self, commands: list[SimpleCommand], functions: dict[str, list[SimpleCommand]], scope: Scope
    ) -> Iterator[Started]:
        for command in commands:
            self.budget -= 1
            reached = is_reached(command, scope.known())
            if self.budget < 0 or reached is False:
                continue
            reach = Reach.CERTAIN if reached else Reach.OPEN
            if not reached and is_on_request(command, scope.known()):
                reach = Reach.ON_REQUEST
            reach = min(scope.reach, reach)
            called = functions.get(command.words[0]) if command.words else None
            if called is not None:
                inner = replace(scope, depth=scope.depth + 1, reach=reach)
                yield from self._commands(called, functions, inner) if inner.depth <= MAX_DEPTH else ()
                continue
            yield from self._command(command, scope, reach=reach)
            if command.words[:1] == ("exec",) and len(command.words) > 1 and reached and not command.tests:
                return

    def _command(self, command: SimpleCommand, scope: Scope, *, reach: Reach) -> Iterator[Started]:
        before = len(scope.environment)
        scope.assign(command)
        if not command.words or scope.change(command):
            return
        if command.words[0] == "cd":
            there = substitute(command.words[-1], scope.known())
            scope.directory = self.place.enter(scope.directory, there) if len(command.words) > 1 else scope.directory
            return
        if command.words[0] in ("source", ".") and len(command.words) > 1:
            yield from self._sourced(command, scope, reach=reach)
            return
        plain = [word for word in command.words if word not in ("exec", "eval")]
        if scope.arguments is not None and len(plain) == 1 and plain[0] in EVERYTHING:
            yield from self._arguments(scope, reach=reach)
        else:
            launch = unwrap(*scope.expand(command))
            for name, value in launch.assignments:
                scope.environment.append((name, value, scope.at(command)))
            yield from self._launch(launch, scope, scope.at(command), reach=reach)
        del scope.environment[before:]

    def _sourced(self, command: SimpleCommand, scope: Scope, *, reach: Reach) -> Iterator[Started]:
        """`. file`: its text in the same shell."""
        path = self.place.locate(scope.directory, substitute(command.words[1], scope.known()))
        if path is not None:
            inner = replace(
                scope, path=path, line=1, depth=scope.depth + 1, reach=reach, note=_started_at(scope.at(command))
            )
            yield from self.text(self.repo.text(path) or "", inner)

    def _arguments(self, scope: Scope, *, reach: Reach) -> Iterator[Started]:
        """`exec "$@"`: what the script was called with."""
        at = scope.arguments_at
        inner = replace(
            scope, path=at.path, line=at.line, note=at.note, arguments=None, depth=scope.depth + 1, reach=reach
        )
        yield from self.text(quoted_words(scope.arguments or ()), inner)

    def _launch(self, launch: Launch, scope: Scope, at: Evidence, *, reach: Reach) -> Iterator[Started]:
        if not launch.words:
            return
        if launch.kind is LaunchKind.SHELL:
            yield from self.text(
                launch.words[0], replace(scope, path=at.path, line=at.line, depth=scope.depth + 1, reach=reach)
            )
            return
        program = identify(launch)
        started = Started(
            launch=launch, program=program, evidence=at, environment=tuple(scope.environment), reach=reach
        )
        if program is not None:
            yield started
            if launch.name in UWSGI_NAMES:
                yield from self._uwsgi(launch, scope, started)
            return
        yield from self._unknown(started, scope)

    def _unknown(self, started: Started, scope: Scope) -> Iterator[Started]:
        launch, at = started.launch, started.evidence
        if "/" not in launch.words[0] and is_helper(launch):
            return
        if launch.kind in (LaunchKind.PROGRAM, LaunchKind.SCRIPT):
            script = self.place.locate(scope.directory, substitute(launch.words[0], scope.known()))
            if script is not None and self._is_shell(script):
                yield from self._script(script, launch, scope, started)
                return
            if launch.name in ("make", "gmake"):
                yield from self._make(launch, scope, started)
                return
            task = read_task(self.repo, self._folders(scope), launch.words)
            if task is not None:
                inner = replace(scope, path=task.path, line=task.line, depth=scope.depth + 1, note=_started_at(at))
                yield from self.text(task.command, inner)
                return
            rest = launch.words[launch.words.index("--") + 1 :] if "--" in launch.words else launch.words[1:]
            inner_launch = unwrap(rest, tuple(quoted_words((word,)) for word in rest))
            if ("/" in launch.words[0] or "--" in launch.words) and identify(inner_launch) is not None:
                yield from self._launch(inner_launch, scope, at, reach=started.reach)
                return
        if not is_helper(launch):
            yield started

    def _is_shell(self, path: RepoPath) -> bool:
        text = self.repo.text(path) or ""
        first = text.split("\n", 1)[0]
        if first.startswith("#!"):
            return "sh" in first or "contenv" in first
        return not path.endswith((".py", ".js", ".rb", ".pl")) and "\0" not in text

    def _script(self, path: RepoPath, launch: Launch, scope: Scope, started: Started) -> Iterator[Started]:
        arguments = tuple(substitute(word, scope.known()) for word in launch.words[1:])
        key = (path, " ".join(arguments))
        if key in self.active:
            return
        self.active.append(key)
        at = started.evidence
        inner = replace(
            scope,
            path=path,
            line=1,
            arguments=arguments,
            arguments_at=at,
            variables=dict(scope.variables),
            environment=list(scope.environment),
            exported=set(scope.exported),
            depth=scope.depth + 1,
            reach=started.reach,
            note=_started_at(at),
        )
        yield from self.text(self.repo.text(path) or "", inner)
        self.active.pop()

    def _make(self, launch: Launch, scope: Scope, started: Started) -> Iterator[Started]:
        words, folder = list(launch.words[1:]), scope.directory
        names: tuple[str, ...] = MAKEFILE_NAMES
        target = None
        while words:
            word = words.pop(0)
            if word in ("-C", "--directory") and words:
                folder = self.place.enter(folder, words.pop(0))
            elif word in ("-f", "--file", "--makefile") and words:
                names = (words.pop(0),)
            elif not word.startswith("-") and "=" not in word and target is None:
                target = word
        path = next((found for name in names if (found := self.place.locate(folder, name)) is not None), None)
        self.budget -= len(self.repo.text(path) or "") // CHARACTERS_PER_COMMAND if path is not None else 0
        for recipe in read_target(self.repo, path, target) if path is not None and self.budget > 0 else ():
            note = _started_at(started.evidence)
            inner = replace(
                scope, path=path or "", line=recipe.line, directory=folder, depth=scope.depth + 1, note=note
            )
            yield from self.text(recipe.text, inner)

    def _uwsgi(self, launch: Launch, scope: Scope, started: Started) -> Iterator[Started]:
        named = configuration_file(launch.words)
        path = self.place.locate(scope.directory, substitute(named, scope.known())) if named else None
        self.budget -= len(self.repo.text(path) or "") // CHARACTERS_PER_COMMAND if path is not None else 0
        for command in uwsgi_commands(self.repo, path) if path is not None and self.budget > 0 else ():
            inner = replace(
                scope, path=path or "", line=command.line, depth=scope.depth + 1, note=_started_at(started.evidence)
            )
            for attached in self.text(command.command, inner):
                yield replace(attached, attached=True)

    def _folders(self, scope: Scope) -> tuple[RepoPath, ...]:
        """Repository folders whose task files may be meant."""
        found = [self.place.locate(scope.directory, name) for name in ("pyproject.toml", "Pipfile")]
        return tuple(
            dict.fromkeys(path[: -len(basename(path))].rstrip("/") or "." for path in found if path is not None)
        )


def _started_at(evidence: Evidence) -> str:
    return f"started at {evidence.path}:{evidence.line}"
