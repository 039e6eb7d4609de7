"""The production settings, evaluated under several assumptions about the environment."""

from collections.abc import Mapping
from dataclasses import field, replace

from analyzer.facts.environment_names import matches
from analyzer.facts.evaluator import attributes
from analyzer.facts.evaluator.environment import Assumption, Environment
from analyzer.facts.evaluator.imports import find_module
from analyzer.facts.evaluator.interpreter import SERVED, Interpreter, Shared
from analyzer.facts.evaluator.library.configurations import ConfigurationValue
from analyzer.facts.evaluator.signals import TOO_MANY_STEPS, LimitReached, Raised
from analyzer.facts.evaluator.values import (
    BoundMethod,
    Function,
    Instance,
    Klass,
    Module,
    Names,
    Namespace,
    Value,
    truth,
    unresolved,
)
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

MAX_RESTARTS = 12
"""Evaluations until no further variable turns out to be required."""


_DEBUG = lazy_pattern(r"(^|_)DEBUG(_(VALUE|MODE|ENABLED|FLAG|STATUS))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What is needed to evaluate a module of the repository."""

    repo: RepositorySnapshot
    roots: tuple[RepoPath, ...]
    distributions: Mapping[str, str] = field(default_factory=dict)
    """Installed distributions (canonical names) with their versions, "" when not known."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Variables that the entry point itself sets (DJANGO_SETTINGS_MODULE, DJANGO_CONFIGURATION)."""
    placed: Mapping[RepoPath, RepoPath] = field(default_factory=dict)
    """Files that the image build puts into the tree: where they will be -> where the repository has them."""
    argv: tuple[str, ...] = SERVED
    """`sys.argv`"""
    uses_secret_key: bool = True
    """Whether it needs a SECRET_KEY that is not empty."""
    shared: Shared = field(default_factory=Shared)
    """What all evaluations count and know."""
    evaluated: "dict[tuple[object, ...], list[EvaluatedSettings]]" = field(default_factory=dict)
    """The evaluations so far, by what else than the assumption they hang on."""

    def finds(self, module: str) -> RepoPath | None:
        """The file of a module of the repository, None when there is none."""
        return find_module(self.repo, self.roots, module, self.placed)

    def interpreter(self, environment: Environment, settings: Namespace | None = None) -> Interpreter:
        """An interpreter for this program in one environment."""
        return Interpreter(
            self.repo, self.roots, environment, self.distributions, settings, self.placed, self.argv, self.shared
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedSettings:
    """The namespace of a settings module under one assumption."""

    module: str
    path: RepoPath
    namespace: Namespace
    """What reads it does not change it: evaluations that are told the same share it."""
    environment: Environment
    """What was read, what turned out to be required."""
    interpreter: Interpreter
    files: tuple[RepoPath, ...]

    @property
    def incomplete(self) -> str | None:
        """Why names may be missing from the namespace; None when it is complete."""
        mark = self.namespace.values.get("__incomplete__")
        if mark is not None:
            return str(getattr(mark.data, "reason", "a part of the settings is not in the tree"))
        return TOO_MANY_STEPS if self.interpreter.state.get("incomplete") else None

    def evidence(self, name: str) -> tuple[Evidence, ...]:
        """The lines that wrote a name, the last one first."""
        places = self.namespace.history.get(name, ())
        value = self.namespace.values.get(name)
        if value is not None and value.at is not None and value.at not in places:
            places = (*places, value.at)
        return tuple(Evidence(path=p.path, line=p.line) for p in reversed(places))


def evaluate_settings(
    program: Program,
    module: str,
    path: RepoPath,
    *,
    given: Mapping[str, str] | None = None,
    present: Names = frozenset(),
    configured: bool = False,
) -> EvaluatedSettings:
    """Evaluate a settings module until no further variable turns out to be required.

    Each round assumes the variables that the round before could not do without; that is how a person finds them, and
    how ../oracles found them with Django itself.

    Args:
        given: variables with a known text.
        present: further variables that are set from the first round on.
        configured: whether every variable that names a service is set, and DEBUG false.
    """
    texts = dict(given or {})
    required: dict[str, str] = {}
    for _ in range(MAX_RESTARTS):
        settings = evaluate_once(program, module, path, Assumption(present=present, given=texts))
        required.update(settings.environment.required)
        more, more_texts = present | frozenset(required), dict(texts)
        if configured:
            reads = settings.environment.reads
            more |= frozenset(n for n in reads if matches("service", n) and not matches("never", n))
            more_texts |= {n: "False" for n in reads if _DEBUG.search(n.upper())}
        if more == present and more_texts == texts:
            break
        present, texts = more, more_texts
    settings.environment.required = required
    return settings


def evaluate_with(program: Program, settings: EvaluatedSettings, texts: Mapping[str, str]) -> EvaluatedSettings:
    """Evaluate configured settings once more, with a known text for some variables besides what is assumed already."""
    assumption = settings.environment.assumption
    given = {**assumption.given, **texts}
    return evaluate_settings(
        program, settings.module, settings.path, given=given, present=assumption.present, configured=True
    )


def evaluate_once(program: Program, module: str, path: RepoPath, assumption: Assumption) -> EvaluatedSettings:
    """Evaluate a settings module under one assumption, whatever it turns out to lack.

    An earlier evaluation of the same program is taken over where this one would be told the same: where both
    assumptions agree on every variable that was asked for, and both commands are the same if that was asked for.
    """
    same_program = (module, path, *program.written.items(), *program.placed.items())
    known = program.evaluated.setdefault(same_program, [])
    found = next((settings for settings in known if _is_told_the_same(settings, program, assumption)), None)
    if found is None:
        # A copy: the caller may go on changing its texts, and this is compared with what comes later.
        found = _evaluate(program, module, path, replace(assumption, given=dict(assumption.given)))
        known.append(found)
    settings = replace(found, environment=found.environment.under(assumption))
    if program.uses_secret_key:
        _require_secret_key(settings.environment, settings.namespace)
    return settings


def _is_told_the_same(settings: EvaluatedSettings, program: Program, assumption: Assumption) -> bool:
    """Whether the evaluation would go the same way for that program under that assumption."""
    environment, interpreter = settings.environment, settings.interpreter
    if interpreter.asked_argv and interpreter.argv != program.argv:
        return False
    return environment.assumption.agrees(assumption, environment.asked)


def _evaluate(program: Program, module: str, path: RepoPath, assumption: Assumption) -> EvaluatedSettings:
    environment = Environment(assumption)
    for name, text in program.written.items():
        environment.written[name] = Value(text)
    interpreter = program.interpreter(environment)
    try:
        loaded = interpreter.load(module) or interpreter.run(path, module)
    except (Raised, LimitReached) as stop:
        loaded = Module(module, path, Namespace(), ".")
        loaded.namespace.values["__incomplete__"] = unresolved(f"{module}: {stop}")
    namespace = loaded.namespace
    configuration = environment.written.get("DJANGO_CONFIGURATION")
    if configuration is not None and isinstance(configuration.data, str):
        klass = namespace.values.get(configuration.data)
        if klass is not None and isinstance(klass.data, Klass):
            namespace = _configuration_namespace(interpreter, klass.data)
    else:
        namespace = _sole_configuration(interpreter, namespace) or namespace
    files = tuple(
        dict.fromkeys([m.path for m in interpreter.modules.values()] + list(interpreter.state.get("included", ())))
    )
    return EvaluatedSettings(
        module=module,
        path=path,
        namespace=namespace,
        environment=environment,
        interpreter=interpreter,
        files=tuple(sorted(files)),
    )


def _require_secret_key(environment: Environment, namespace: Namespace) -> None:
    """Django raises ImproperlyConfigured for an empty SECRET_KEY (django/conf/__init__.py)."""
    key = namespace.values.get("SECRET_KEY")
    if key is not None and truth(key) is False:
        absent = sorted(n for n in key.env if environment.lookup(n) is None)
        if absent:
            says = "django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty."
            environment.miss(absent[0], says)


def _configurations(namespace: Namespace) -> list[Klass]:
    return [
        value.data
        for value in namespace.values.values()
        if isinstance(value.data, Klass) and any(b.startswith("configurations.") for b in value.data.extern_bases())
    ]


def _sole_configuration(interpreter: Interpreter, namespace: Namespace) -> Namespace | None:
    """The settings of a django-configurations module whose class no file names: the one that says production."""
    from analyzer.facts.django.module_names import is_production

    if "INSTALLED_APPS" in namespace.values:
        return None
    classes = _configurations(namespace)
    chosen = next((k for k in classes if is_production(k.name)), classes[-1] if len(classes) == 1 else None)
    return _configuration_namespace(interpreter, chosen) if chosen is not None else None


def _configuration_namespace(interpreter: Interpreter, klass: Klass) -> Namespace:
    """The settings that a django-configurations class makes: its upper-case attributes, read or computed."""
    namespace = Namespace()
    owners: dict[str, Klass] = {}
    for one in klass.lineage():
        for name in one.namespace.values:
            if name.isupper():
                owners.setdefault(name, one)
    instance = Value(Instance(klass))
    # All values are set up before the first method or property is called (configurations/importer.py, load_module).
    for name in sorted(owners, key=lambda name: (isinstance(owners[name].namespace.values[name].data, Function), name)):
        written = owners[name].namespace.values[name]
        places = owners[name].namespace.history.get(name, ())
        interpreter.where = places[-1] if places else None
        try:
            if isinstance(written.data, Instance) and isinstance(written.data.payload, ConfigurationValue):
                value = written.data.payload.resolve(interpreter, name)
            elif isinstance(written.data, Function):
                value = attributes.of_instance(interpreter, instance, instance.data, name)
            else:
                value = written
        except Raised as raised:
            interpreter.blame(raised.env, f"{raised.kind}: {raised.message}")
            value = unresolved(f"{raised.kind}: {raised.message}")
        except LimitReached:
            value = unresolved(TOO_MANY_STEPS)
        if isinstance(written.data, Function):
            klass.namespace.values.setdefault(name, value)
        else:
            klass.namespace.values[name] = value
        instance.data.attributes[name] = value
        namespace.values[name] = value
        namespace.history[name] = places
    _after_setup(interpreter, klass, namespace)
    return namespace


def _after_setup(interpreter: Interpreter, klass: Klass, namespace: Namespace) -> None:
    """What the class's `post_setup` changes once all values are there (configurations/importer.py, load_module)."""
    hook = klass.find("post_setup")
    if hook is None or not isinstance(hook.data, Function):
        return
    before = dict(klass.namespace.values)
    try:
        interpreter.call(Value(BoundMethod(hook.data, Value(klass))), [], {})
    except Raised as raised:
        interpreter.blame(raised.env, f"{raised.kind}: {raised.message}")
    except LimitReached:
        interpreter.state["incomplete"] = True
    for name, value in klass.namespace.values.items():
        if name.isupper() and before.get(name) is not value and not isinstance(value.data, Function):
            namespace.values[name] = value
