"""Which settings module each entry point chooses, and which one production uses."""

from collections.abc import Mapping
from dataclasses import dataclass

from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.module_names import dotted_name, is_development, is_production, settings_candidates
from analyzer.facts.evaluator.environment import Assumption, Environment
from analyzer.facts.evaluator.imports import find_module
from analyzer.facts.evaluator.interpreter import Interpreter
from analyzer.facts.evaluator.operators import describe
from analyzer.facts.evaluator.signals import LimitReached, Raised
from analyzer.facts.existing.settings_choice import SettingsChoice
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import SettingsModules
from analyzer.snapshot.repository import RepositorySnapshot

VARIABLE = "DJANGO_SETTINGS_MODULE"
CONFIGURATION = "DJANGO_CONFIGURATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """A module that starts Django, and what it writes into the environment before."""

    path: RepoPath
    module: Answer[str | None]
    written: Mapping[str, str]


def read_entry_point(program: Program, path: RepoPath, name: str) -> EntryPoint:
    """Evaluate an entry point with an empty environment and see which settings module it chooses."""
    environment = Environment(Assumption())
    interpreter = Interpreter(program.repo, program.roots, environment, program.distributions)
    try:
        interpreter.run(path, name)
    except (Raised, LimitReached):
        interpreter.problem(f"{path} could not be followed")
    written = {k: v.data for k, v in environment.written.items() if isinstance(v.data, str)}
    chosen = environment.written.get(VARIABLE)
    if chosen is None:
        reads = environment.reads.get(VARIABLE, [])
        line = reads[0].at.line if reads and reads[0].at is not None else 1
        evidence = (Evidence(path=path, line=line, note=f"sets no {VARIABLE}"),)
        return EntryPoint(path=path, module=Fact(value=None, evidence=evidence), written=written)
    at = chosen.at
    evidence = (Evidence(path=at.path if at else path, line=at.line if at else 1),)
    module: Answer[str | None]
    if isinstance(chosen.data, str):
        module = Fact(value=chosen.data, evidence=evidence)
    else:
        module = Unresolved(reason=describe(chosen), evidence=evidence)
    return EntryPoint(path=path, module=module, written=written)


def find_entry_files(repo: RepositorySnapshot, django_dir: RepoPath, basename: str, package: str | None) -> list[RepoPath]:
    """Files of that name below the project, the one beside the settings first, tests and examples last."""
    inside = set(repo.under(django_dir))
    found = [path for path in repo.named(basename) if path in inside and b"django" in (repo.read(path) or b"").lower().replace(b"\0", b"")]
    folder = package.replace(".", "/") if package else ""

    def rank(path: RepoPath) -> tuple[bool, bool, int, str]:
        beside = bool(folder) and f"/{path}".endswith(f"/{folder}/{basename}")
        return (not beside, "test" in path or "example" in path, path.count("/"), path)

    return sorted(found, key=rank)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSettings:
    """The settings modules, the file of the production one, and what its entry point writes."""

    modules: SettingsModules
    path: RepoPath | None
    written: Mapping[str, str]
    wsgi: EntryPoint | None
    asgi: EntryPoint | None


def choose_settings(
    program: Program, manage_py: RepoPath, declared: tuple[SettingsChoice, ...], celery: Answer[str | None], override: str | None = None
) -> ChosenSettings:
    """Read every entry point and decide which module production uses.

    The order is that of settings.md: what a deployment file says, wsgi.py and asgi.py (unless the name says
    development), the module whose name says production, manage.py. The others stay as evidence.
    """
    repo, roots = program.repo, program.roots
    manage = read_entry_point(program, manage_py, "__main__")
    package = manage.module.value.split(".")[0] if isinstance(manage.module, Fact) and manage.module.value else None
    wsgi = _first(program, find_entry_files(repo, roots[0], "wsgi.py", package))
    asgi = _first(program, find_entry_files(repo, roots[0], "asgi.py", package))
    values = [e.module.value for e in (manage, wsgi, asgi) if e is not None and isinstance(e.module, Fact) and e.module.value]
    values += [choice.module for choice in declared]
    candidates = settings_candidates(repo, roots, tuple(values))
    production = _production(program, manage, wsgi, asgi, declared, candidates, override)
    path = find_module(repo, roots, production.value) if isinstance(production, Fact) and production.value else None
    written: dict[str, str] = {}
    for entry in (manage, asgi, wsgi):
        written.update(entry.written if entry is not None else {})
    if isinstance(production, Fact) and production.value:
        written[VARIABLE] = production.value
    for choice in reversed(declared):
        if choice.production and choice.configuration:
            written[CONFIGURATION] = choice.configuration
    nothing: Answer[str | None] = Fact(value=None, evidence=(Evidence(path=manage_py, note="no such file in the project"),))
    modules = SettingsModules(
        production=production,
        manage=manage.module,
        wsgi=wsgi.module if wsgi else nothing,
        asgi=asgi.module if asgi else nothing,
        celery=celery,
        candidates=candidates,
    )
    return ChosenSettings(modules=modules, path=path, written=written, wsgi=wsgi, asgi=asgi)


def _first(program: Program, paths: list[RepoPath]) -> EntryPoint | None:
    return read_entry_point(program, paths[0], dotted_name(paths[0], program.roots)) if paths else None


def _production(
    program: Program,
    manage: EntryPoint,
    wsgi: EntryPoint | None,
    asgi: EntryPoint | None,
    declared: tuple[SettingsChoice, ...],
    candidates: tuple[str, ...],
    override: str | None,
) -> Answer[str | None]:
    """The module that production uses, with the losers and the reason in the notes."""
    exists = lambda module: find_module(program.repo, program.roots, module) is not None  # noqa: E731
    options: list[tuple[str, Evidence, Certainty]] = []
    if override is not None:
        options.append((override, Evidence(path=manage.path, note="chosen by the option"), Certainty.CERTAIN))
    options += [
        (c.module, _with_note(c.evidence, f"{c.source} chooses it"), Certainty.CERTAIN)
        for c in declared
        if c.production and exists(c.module) and not is_development(c.module)
    ]
    entries = [(e, n) for e, n in ((wsgi, "wsgi.py"), (asgi, "asgi.py")) if e is not None]
    for entry, note in entries:
        if isinstance(entry.module, Fact) and entry.module.value and exists(entry.module.value) and not is_development(entry.module.value):
            options.append((entry.module.value, _with_note(entry.module.evidence[0], f"{note} chooses it"), Certainty.CERTAIN))
    options += [
        (module, Evidence(path=find_module(program.repo, program.roots, module) or manage.path, note="its name says production"), Certainty.LIKELY)
        for module in candidates
        if is_production(module)
    ]
    for entry, note in [(manage, "manage.py"), *entries]:
        if isinstance(entry.module, Fact) and entry.module.value and exists(entry.module.value):
            options.append((entry.module.value, _with_note(entry.module.evidence[0], f"{note} chooses it"), Certainty.CERTAIN))
    options += [(c.module, _with_note(c.evidence, f"{c.source} chooses it"), Certainty.LIKELY) for c in declared if exists(c.module)]
    if len(candidates) == 1:
        options.append((candidates[0], Evidence(path=find_module(program.repo, program.roots, candidates[0]) or manage.path, note="the only settings module"), Certainty.LIKELY))
    if not options:
        return Unresolved(reason="no settings module that an entry point names is in the tree", evidence=manage.module.evidence)
    options = _prefer_specific(options)
    module, evidence, certainty = options[0]
    losers = [
        Evidence(path=e.path, line=e.line, note=f"not {m}: {e.note}") for m, e, _ in options[1:] if m != module
    ]
    return Fact(value=module, evidence=(evidence, *dict.fromkeys(losers)), certainty=certainty)


def _prefer_specific(options: list[tuple[str, Evidence, Certainty]]) -> list[tuple[str, Evidence, Certainty]]:
    """A base module that wsgi.py names loses against a production module of the same package.

    `config.settings.base` holds what the modules of the environments share; production does not use it itself.
    """
    first = options[0][0]
    if first.rsplit(".", 1)[-1] in ("base", "common", "defaults", "default", "settings") or options[0][2] is not Certainty.CERTAIN:
        package = first.rpartition(".")[0]
        better = [o for o in options if is_production(o[0]) and package and o[0].rpartition(".")[0] == package]
        if better and first.rsplit(".", 1)[-1] != "settings":
            return [better[0], *(o for o in options if o is not better[0])]
    return options


def _with_note(evidence: Evidence, note: str) -> Evidence:
    return Evidence(path=evidence.path, line=evidence.line, note=note)
