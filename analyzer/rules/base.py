"""What a rule is made of, and all that it may see.

A rule is a module of a category's folder, named like the rule's id, with a `rule`. It looks at the context alone: what
it lacks becomes a fact. Rules do not import each other.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from shlex import quote
from typing import TypeAlias

from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath
from analyzer.model.facts import Plain, Process, ProcessType, ProjectFacts, Setting, Unknown
from analyzer.model.finding import (
    Example,
    Failed,
    NotApplicable,
    Passed,
    Problem,
    RuleInfo,
    RuleOutcome,
    Severity,
    Undetermined,
)
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import DeploymentPlan, PlanNote
from analyzer.model.prediction import BuildpackPrediction
from analyzer.model.quick_dataclass import dataclass

_OLDEST = lazy_pattern(r"(?:^|>=|~=|==)\s*(\d{1,4})\.(\d{1,4})")
_NAME = lazy_pattern(r"[\w.-]+")
"""Of a requirement, what comes before extras and releases."""
_ADD = {"pdm": "pdm add", "pipenv": "pipenv install", "poetry": "poetry add", "uv": "uv add"}
"""Package managers with a command of their own that adds a requirement."""
_RENDER_FIRST = "Render the template first, and scan the project that it makes: as it is, nothing builds or runs it."
MAX_SAID = 3
"""Texts of buildpacks in one message."""
_Case: TypeAlias = tuple[str | None, str, tuple[Evidence, ...]]
"""Mode, text and places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a rule may see."""

    facts: ProjectFacts
    predictions: tuple[BuildpackPrediction, ...]
    plan: DeploymentPlan
    notes: Mapping[str, tuple[PlanNote, ...]] = field(default_factory=dict)
    """The plan's notes by code."""

    def setting(self, name: str) -> Setting | None:
        """A name of the production settings, where they set it."""
        return self.facts.django.settings.get(name)

    @property
    def given_variables(self) -> frozenset[str]:
        """The variables to which the app spec gives a value."""
        return frozenset(variable.name for variable in self.plan.variables if variable.value.value)

    @property
    def web(self) -> Process | None:
        """The web process that the plan starts; else the first that is declared."""
        declared = [process for process in self.facts.processes if process.type is ProcessType.WEB]
        places = self.plan.image.command.evidence
        return next((one for one in declared if one.evidence in places), declared[0] if declared else None)

    def noted(self, *codes: str, with_remedy: bool = True) -> Failed | None:
        """The plan's notes of these codes as problems; None where there is none.

        Args:
            with_remedy: whether the remedy is the note's; otherwise it is the rule's own.
        """
        found = [note for code in codes for note in self.notes.get(code, ())]
        problems = (
            Problem(
                message=_sentence(note.message),
                evidence=note.evidence,
                remediation=(_sentence(note.remedy) or None) if with_remedy else None,
            )
            for note in found
        )
        return Failed(problems=tuple(problems)) if found else None

    def predicted(self, *modes: str, once: bool = False) -> Failed | None:
        """What buildpacks do by these failure modes, one problem for each place; None where none does.

        Args:
            once: whether it is one matter wherever it shows, so that there is one problem at most.
        """
        return self._told(modes, _cases, once)

    def predicted_to_fail(self, *modes: str) -> Failed | None:
        """The same of builds and starts that fail, without what is only warned of or told."""
        return self._told(modes, _failures, False)

    def _told(
        self, modes: Collection[str], cases: Callable[[BuildpackPrediction], Iterator[_Case]], once: bool
    ) -> Failed | None:
        places: dict[tuple[RepoPath, int] | None, list[_Said]] = {}
        for prediction in self.predictions:
            for mode, message, evidence in cases(prediction):
                if mode in modes:
                    place = (evidence[0].path, evidence[0].line) if evidence and not once else None
                    _add(places.setdefault(place, []), prediction.title, message, evidence)
        problems = tuple(_one_problem(said) for said in places.values())
        return Failed(problems=problems) if problems else None


@dataclass(slots=True, kw_only=True)
class _Said:
    """What some buildpacks do, in the same words."""

    message: str
    evidence: list[Evidence]
    who: list[str]


def _add(said: list[_Said], title: str, message: str, evidence: tuple[Evidence, ...]) -> None:
    """A buildpack is quoted once: what else it does there, and other versions of it, are in the report's table."""
    name = title.partition(" (")[0]
    found = next((one for one in said if one.message == message or name in one.who), None)
    if found is None:
        said.append(_Said(message=message, evidence=list(evidence), who=[name]))
        return
    found.evidence += evidence
    if not any(name in one.who for one in said):
        found.who.append(name)


def _one_problem(said: list[_Said]) -> Problem:
    texts = [f"{_and(one.who)}: {one.message.rstrip('.')}." for one in said[:MAX_SAID]]
    others = [name for one in said[MAX_SAID:] for name in one.who]
    if others:
        texts.append(f"Something of the kind: {_and(others)}.")
    evidence = tuple(dict.fromkeys(place for one in said for place in one.evidence))
    return Problem(message=" ".join(texts), evidence=evidence)


def _and(names: list[str]) -> str:
    """ "Paketo, Heroku and Google"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _failures(prediction: BuildpackPrediction) -> Iterator[_Case]:
    return ((one.mode, one.message, one.evidence) for one in prediction.failures)


def _cases(prediction: BuildpackPrediction) -> Iterator[_Case]:
    """Failures, warnings, and, of a buildpack that takes the folder, what it does."""
    yield from _failures(prediction)
    yield from ((one.mode, one.message, one.evidence) for one in prediction.warnings)
    if prediction.detected.value:
        yield from ((one.mode, one.text, one.evidence) for one in prediction.statements)


def _sentence(text: str) -> str:
    """A note's text as a sentence of its own; a name with signs in it, of a file or requirement, stays as it is."""
    start = f"{text[:1].upper()}{text[1:]}" if text.partition(" ")[0].isalpha() else text
    return f"{start}{'' if text.endswith(('.', '!', '?', ')')) else '.'}" if text else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule and the function that applies it, which is pure."""

    info: RuleInfo
    check: Callable[[Context], RuleOutcome]


def bad(files: Mapping[RepoPath, str | None], line: int, path: RepoPath | None = None) -> Example:
    """An example in which the rule finds something on a line of the first file, or of `path`."""
    return Example(files=files, line=line, path=path)


def good(files: Mapping[RepoPath, str | None]) -> Example:
    """An example that passes."""
    return Example(files=files)


def fail(
    message: str,
    *evidence: Evidence,
    certainty: Certainty = Certainty.CERTAIN,
    severity: Severity | None = None,
    remediation: str | None = None,
    commands: tuple[str, ...] | None = None,
) -> Failed:
    """One problem; the place to change first."""
    problem = Problem(
        message=message,
        evidence=evidence,
        certainty=certainty,
        severity=severity,
        remediation=remediation,
        commands=commands,
    )
    return Failed(problems=(problem,))


def fail_all(problems: Iterable[Problem]) -> Failed | None:
    """All problems; None where there is none."""
    found = tuple(problems)
    return Failed(problems=found) if found else None


def passed(reason: str, *evidence: Evidence) -> Passed:
    """All is well."""
    return Passed(reason=reason, evidence=evidence)


def with_commands(found: Failed, *commands: str) -> Failed:
    """The problems with commands of their own; none at all where the rule's do not fit this project."""
    return Failed(problems=tuple(replace(one, commands=commands) for one in found.problems))


def at_requirements(ctx: Context, found: Failed) -> Failed:
    """The problems; those that no file shows, at the file that production installs from."""
    places = tuple(Evidence(path=path) for path in ctx.facts.dependencies.install.manifests[:1])
    return Failed(
        problems=tuple(
            replace(one, evidence=(*places, *one.evidence)) if all(e.path == "." for e in one.evidence) else one
            for one in found.problems
        )
    )


def add_requirement(ctx: Context, requirement: str) -> tuple[str, ...]:
    """The commands that add a requirement of production; none where neither the package manager has one nor a
    requirements file of pip is written by hand.

    A file that a package manager exports is written by that manager. Where the image installs an extra of the project,
    the requirement belongs there: others may install the project without it.
    """
    install, manager = ctx.facts.dependencies.install, ctx.facts.dependencies.package_manager
    own = _ADD.get(str(manager.value)) if isinstance(manager, Fact) and not install.requirements else None
    if own is not None:
        return (f"{own} {quote(requirement)}",)
    files = [path for path in (*install.requirements, *install.manifests) if path != install.lock]
    if files and files[0].endswith("pyproject.toml") and install.static_metadata and own is None:
        into = (
            f"{install.extras[0]} of [project.optional-dependencies]" if install.extras else "dependencies of [project]"
        )
        return (f"# {files[0]}, {into}", f'"{requirement}",')
    if not files or not files[0].endswith(".txt"):
        return ()
    exported = install.exported.get(files[0])
    if exported is not None:
        return (f"{_ADD[exported.partition(' ')[0]]} {quote(requirement)}", exported)
    source = f"{files[0].removesuffix('.txt')}.in"
    if source in ctx.facts.repository.paths:
        return (add_line(source, requirement), f"pip-compile {quote(source)}")
    first = (to_utf_8(files[0]),) if files[0] in install.utf_16 else ()
    return (*first, add_line(files[0], requirement))


def loads(ctx: Context, path: RepoPath) -> bool:
    """Whether the image's command names this file, which then starts what it says there as well."""
    context = ctx.plan.image.context.value
    place = f"/app/{path if context == '.' else path.removeprefix(f'{context}/')}"
    return any(word.rpartition("=")[2] in (path, place) for word in ctx.plan.image.command.value.split())


def is_template(ctx: Context) -> bool:
    """Whether the project is one that a template makes: names with placeholders are in the place of its folder's."""
    return "{{" in (ctx.facts.repository.django_dir or "")


def rendered_first(found: Failed) -> Failed:
    """The problems of such a project, all with one remedy."""
    return Failed(problems=tuple(replace(one, remediation=_RENDER_FIRST, commands=()) for one in found.problems))


def add_missing(ctx: Context, requirement: str) -> tuple[str, ...]:
    """The same commands where the project does not have the package yet; extras and releases may be asked for
    (`celery[redis]>=5`)."""
    name = _NAME.match(requirement)
    return () if name is not None and ctx.facts.dependencies.has(name[0]) else add_requirement(ctx, requirement)


def add_line(path: RepoPath, line: str) -> str:
    """The command that adds a line to a file, even to one whose last line has no end."""
    return f"printf '\\n%s\\n' {quote(line)} >> {quote(path)}"


def to_utf_8(path: RepoPath) -> str:
    """The command that writes a file in UTF-16 anew."""
    return f"iconv -f UTF-16 -t UTF-8 {quote(path)} > utf8.txt && mv utf8.txt {quote(path)}"


def pin_python(ctx: Context, version: str | None = None) -> tuple[str, ...]:
    """The commands that ask for a Python; None is that of the image, which the project and its Django accept."""
    asked = version or ctx.plan.image.python_version.value
    return (f"echo {asked} > .python-version", *track(ctx, ".python-version"))


def track(ctx: Context, path: RepoPath) -> tuple[str, ...]:
    """The command that makes a file of the root part of the repository although its .gitignore leaves it out."""
    return (f"git add -f {quote(path)}",) if path in ctx.facts.repository.ignored_files else ()


def not_applicable(reason: str) -> NotApplicable:
    """The project has nothing that the rule is about."""
    return NotApplicable(reason=reason)


def ask(question: str, *evidence: Evidence, override: str | None = None) -> Undetermined:
    """Only a person can tell."""
    return Undetermined(question=question, evidence=evidence, override=override)


def known(answer: Answer[object] | None) -> bool:
    """Whether an answer is a fact with a value."""
    return isinstance(answer, Fact) and answer.value is not None


def plain_value(setting: Setting | None) -> Plain:
    """A setting's value in production, with all variables set; None where it is unset or could not be told."""
    return None if setting is None or isinstance(setting.configured, Unknown) else setting.configured


def switches(ctx: Context, name: str) -> tuple[str, ...]:
    """Variables by which the settings choose between values of a setting; those that turn DEBUG on choose none of
    production's."""
    debug = ctx.setting("DEBUG")
    found = ctx.facts.django.switches.get(name, ())
    return tuple(one for one in found if debug is None or one not in debug.env)


def server_tells_scheme(plan: DeploymentPlan) -> bool:
    """Whether the web server of the image believes X-Forwarded-Proto, so that Django sees HTTPS without a setting.

    uWSGI does so by itself (unbit/uwsgi, core/protocol.c).
    """
    trusted = any(v.name == "FORWARDED_ALLOW_IPS" and v.value == "*" for v in plan.image.variables.value)
    command = plan.image.command.value
    return trusted or command.startswith("uwsgi") or any(o in command for o in ("--proxy-headers", "--trusted-proxy="))


def django_at_least(facts: ProjectFacts, version: tuple[int, int]) -> bool:
    """Whether the project's Django, or the oldest that it accepts, is known to be of a version or a later one."""
    django = facts.dependencies.django_version
    found = _OLDEST.search(django.value or "") if isinstance(django, Fact) else None
    return found is not None and (int(found[1]), int(found[2])) >= version
