"""Which settings module each entry point chooses, and which one production uses."""

from collections.abc import Mapping
from dataclasses import replace

from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.imported_modules import always_imports, classes_of, may_import
from analyzer.facts.django.module_names import (
    dotted_name,
    is_development,
    is_for_build,
    is_production,
    is_shared,
    settings_candidates,
)
from analyzer.facts.evaluator.environment import Assumption, Environment
from analyzer.facts.evaluator.operators import describe
from analyzer.facts.evaluator.signals import LimitReached, Raised
from analyzer.facts.existing.settings_choice import SettingsChoice
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import SettingsModules
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot

VARIABLE = "DJANGO_SETTINGS_MODULE"
CONFIGURATION = "DJANGO_CONFIGURATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """A module that starts Django, and what it writes into the environment before."""

    path: RepoPath
    module: Answer[str | None]
    written: Mapping[str, str]


def read_entry_point(program: Program, path: RepoPath, name: str, given: Mapping[str, str] | None = None) -> EntryPoint:
    """Evaluate an entry point with nothing but `given` in the environment and see which settings module it chooses."""
    environment = Environment(Assumption(given=given or {}))
    interpreter = program.interpreter(environment)
    try:
        interpreter.run(path, name)
    except (Raised, LimitReached):
        interpreter.problem(f"{path} could not be followed")
    written = {k: v.data for k, v in environment.written.items() if isinstance(v.data, str)}
    chosen = environment.lookup(VARIABLE)
    if chosen is None:
        reads = environment.reads.get(VARIABLE, [])
        line = reads[0].at.line if reads and reads[0].at is not None else 1
        evidence = (Evidence(path=path, line=line, note=f"sets no {VARIABLE}"),)
        return EntryPoint(
            path=path,
            module=Unresolved(reason=f"the environment must set {VARIABLE}", evidence=evidence),
            written=written,
        )
    at = chosen.at
    evidence = (Evidence(path=at.path if at else path, line=at.line if at else 1),)
    module: Answer[str | None]
    if isinstance(chosen.data, str):
        module = Fact(value=chosen.data, evidence=evidence)
    else:
        module = Unresolved(reason=describe(chosen), evidence=evidence)
    return EntryPoint(path=path, module=module, written=written)


def find_entry_files(
    repo: RepositorySnapshot, django_dir: RepoPath, basename: str, package: str | None
) -> list[RepoPath]:
    """Files of that name below the project, the one beside the settings first, tests and examples last."""
    inside = set(repo.under(django_dir))
    found = [
        path
        for path in repo.named(basename)
        if path in inside and b"django" in (repo.read(path) or b"").lower().replace(b"\0", b"")
    ]
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
    program: Program,
    manage_py: RepoPath,
    declared: tuple[SettingsChoice, ...],
    celery: Answer[str | None],
    override: str | None = None,
) -> ChosenSettings:
    """Read every entry point and decide which module production uses.

    The order is that of settings.md: what a deployment file says, wsgi.py and asgi.py (unless the name says
    development), the module whose name says production, manage.py. The others stay as evidence.
    """
    repo, roots = program.repo, program.roots
    manage = read_entry_point(program, manage_py, "__main__")
    package = manage.module.value.split(".")[0] if isinstance(manage.module, Fact) and manage.module.value else None
    wsgi = _first(program, find_entry_files(repo, roots[0], "wsgi.py", package))
    asgi_files = find_entry_files(repo, roots[0], "asgi.py", package)
    asgi = _first(program, [path for path in asgi_files if not _of_another_project(repo, path, wsgi)])
    values = [
        e.module.value for e in (manage, wsgi, asgi) if e is not None and isinstance(e.module, Fact) and e.module.value
    ]
    named = tuple(choice for choice in declared if choice.module)
    values += [choice.module for choice in named]
    candidates = settings_candidates(repo, roots, tuple(values))
    production = _production(program, manage, wsgi, asgi, named, candidates, override)
    path = program.finds(production.value) if isinstance(production, Fact) and production.value else None
    written: dict[str, str] = {}
    for entry in (manage, asgi, wsgi):
        written.update(entry.written if entry is not None else {})
    if isinstance(production, Fact) and production.value:
        written[VARIABLE] = production.value
    written = _with_production_class(program, written)
    for choice in reversed(declared):
        if choice.production and choice.configuration:
            written[CONFIGURATION] = choice.configuration
    nothing: Answer[str | None] = Fact(
        value=None, evidence=(Evidence(path=manage_py, note="no such file in the project"),)
    )
    modules = SettingsModules(
        production=production,
        manage=manage.module,
        wsgi=wsgi.module if wsgi else nothing,
        asgi=asgi.module if asgi else nothing,
        celery=celery,
        candidates=candidates,
    )
    return ChosenSettings(modules=modules, path=path, written=written, wsgi=wsgi, asgi=asgi)


def _with_production_class(program: Program, written: dict[str, str]) -> dict[str, str]:
    """Where an entry point takes a class for development (django-configurations), the only one whose name says
    production, as a module's name would."""
    chosen, module = written.get(CONFIGURATION), written.get(VARIABLE)
    if chosen is None or module is None or not is_development(chosen):
        return written
    for_production = [name for name in classes_of(program, module) if is_production(name) and name[:1].isupper()]
    return {**written, CONFIGURATION: for_production[0]} if len(for_production) == 1 else written


def settings_of_workers(chosen: ChosenSettings, program: Program) -> ChosenSettings:
    """The choice as Celery's workers see it: a settings module of their own, where its module names one.

    A default that is manage.py's, or for development, is the template's text: the deployment sets the variable then.
    """
    own, modules = chosen.modules.celery, chosen.modules
    name = own.value if isinstance(own, Fact) else None
    path = program.finds(name) if name else None
    production = modules.production.value if isinstance(modules.production, Fact) else None
    manage = modules.manage.value if isinstance(modules.manage, Fact) else None
    if name is None or path is None or name in (production, manage) or is_development(name) or is_shared(name):
        return chosen
    written = {**chosen.written, VARIABLE: name}
    return replace(chosen, modules=replace(modules, production=own), path=path, written=written)


def _first(program: Program, paths: list[RepoPath]) -> EntryPoint | None:
    return read_entry_point(program, paths[0], dotted_name(paths[0], program.roots)) if paths else None


def _of_another_project(repo: RepositorySnapshot, asgi: RepoPath, wsgi: EntryPoint | None) -> bool:
    """Whether an asgi.py lies beside a wsgi.py other than the served one: the pair is a project of its own."""
    folder = parent(asgi)
    return wsgi is not None and parent(wsgi.path) != folder and repo.is_file(join(folder, "wsgi.py") or "")


Option = tuple[str, Evidence, Certainty]


def _production(
    program: Program,
    manage: EntryPoint,
    wsgi: EntryPoint | None,
    asgi: EntryPoint | None,
    declared: tuple[SettingsChoice, ...],
    candidates: tuple[str, ...],
    override: str | None,
) -> Answer[str | None]:
    """The module that production uses, with the losers and the reason in the notes.

    What wsgi.py chooses counts as a choice for production only when it differs from manage.py's default: otherwise it
    is the template's text, and a sibling whose name says production is what the deployment sets (unless the default
    always imports that sibling: then it is a part of the default).
    """
    default = _value(manage)
    served = [o for entry, name in ((wsgi, "wsgi.py"), (asgi, "asgi.py")) for o in _chosen_by(program, entry, name)]
    options: list[Option] = []
    if override is not None:
        options.append((override, Evidence(path=manage.path, note="chosen by the option"), Certainty.CERTAIN))
    options += [
        (c.module, _with_note(c.evidence, f"{c.source} chooses it"), Certainty.CERTAIN)
        for c in declared
        if c.production and program.finds(c.module) and not is_development(c.module)
    ]
    options += [o for o in served if o[0] != default and not is_development(o[0]) and not is_shared(o[0])]
    named = _named_for_production(program, default, candidates)
    if all(o[0] == default for o in served):
        named = [o for o in named if default is None or not always_imports(program, default, o[0])]
    options += named
    options += [o for o in served if not is_development(o[0])]
    options += _only_one_left(program, default, candidates)
    options += _chosen_by(program, manage, "manage.py")
    options += served
    options += [
        (c.module, _with_note(c.evidence, f"{c.source} chooses it"), Certainty.LIKELY)
        for c in declared
        if program.finds(c.module)
    ]
    plausible = [module for module in candidates if not is_development(module)] or list(candidates)
    if len(plausible) == 1 and not options:
        options.append((plausible[0], _file_evidence(program, plausible[0], "the only candidate"), Certainty.LIKELY))
    if not options:
        return Unresolved(
            reason="no settings module that an entry point names is in the tree", evidence=manage.module.evidence
        )
    module = options[0][0]
    _, evidence, certainty = next((o for o in options if o[0] == module and o[2] is Certainty.CERTAIN), options[0])
    losers = [Evidence(path=e.path, line=e.line, note=f"not {m}: {e.note}") for m, e, _ in options[1:] if m != module]
    return Fact(value=module, evidence=(evidence, *dict.fromkeys(losers)), certainty=certainty)


def _value(entry: EntryPoint | None) -> str | None:
    return entry.module.value if entry is not None and isinstance(entry.module, Fact) else None


def _chosen_by(program: Program, entry: EntryPoint | None, name: str) -> list[Option]:
    module = _value(entry)
    if entry is None or module is None or not program.finds(module):
        return []
    return [(module, _with_note(entry.module.evidence[0], f"{name} chooses it"), Certainty.CERTAIN)]


def _named_for_production(program: Program, default: str | None, candidates: tuple[str, ...]) -> list[Option]:
    """Candidates whose name says production, those beside or below manage.py's default first.

    What the default package loads itself, by a variable or always, is a part of the default.
    """
    family = (default or "").rpartition(".")[0]

    def rank(module: str) -> tuple[bool, bool, int, str]:
        related = bool(default) and (module.startswith(f"{default}.") or module.rpartition(".")[0] == family)
        return (not related, "prod" not in module.rsplit(".", 1)[-1], module.count("."), module)

    named = sorted((m for m in candidates if is_production(m) and not is_development(m)), key=rank)
    if default is not None:
        named = [m for m in named if not may_import(program, default, m)]
    return [(m, _file_evidence(program, m, "its name says production"), Certainty.LIKELY) for m in named]


def _only_one_left(program: Program, default: str | None, candidates: tuple[str, ...]) -> list[Option]:
    """Where manage.py's default is for development: the one module beside it that is for nothing else by its name."""
    if default is None or not is_development(default):
        return []
    family = default.rpartition(".")[0]
    left = [
        m
        for m in candidates
        if m.rpartition(".")[0] == family and not (is_development(m) or is_shared(m) or is_for_build(m))
    ]
    note = "the only module beside manage.py's default that is not for development, for a build or for all"
    return [(left[0], _file_evidence(program, left[0], note), Certainty.LIKELY)] if len(left) == 1 else []


def _file_evidence(program: Program, module: str, note: str) -> Evidence:
    path = program.finds(module) or program.repo.files[0]
    return Evidence(path=program.placed.get(path, path), note=note)


def _with_note(evidence: Evidence, note: str) -> Evidence:
    return Evidence(path=evidence.path, line=evidence.line, note=note)
