"""Facts made of single settings: the value, Django's default where a setting is absent, or why it cannot be told."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, TypeVar

from analyzer.facts.django.evaluation import EvaluatedSettings
from analyzer.facts.django.plain_settings import first_unknown, places, to_plain
from analyzer.facts.evaluator.library.registry import django_defaults
from analyzer.facts.evaluator.values import Extern, all_env, wrap
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, Unresolved
from analyzer.model.facts import Plain, Setting, Unknown
from analyzer.model.quick_dataclass import dataclass

T = TypeVar("T")
MISSING = Unknown(reason="not set")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """The production settings under three assumptions.

    `bare`: only the required variables are set, to something unknown. `example`: these have the values that the
    repository's own example or deployment files give. `configured`: every service variable is set, DEBUG is false.
    """

    bare: EvaluatedSettings
    example: EvaluatedSettings
    configured: EvaluatedSettings

    @property
    def module_evidence(self) -> Evidence:
        """The settings file itself, where the repository has it."""
        path = self.bare.interpreter.placed.get(self.bare.path, self.bare.path)
        return Evidence(path=path, line=1, note=self.bare.module)

    def plain(self, name: str, settings: EvaluatedSettings) -> Plain:
        """A setting as data; `MISSING` when the module does not set it."""
        value = settings.namespace.values.get(name)
        return MISSING if value is None else to_plain(value)

    def env(self, name: str) -> tuple[str, ...]:
        """The variables that decide a setting."""
        names: set[str] = set()
        for settings in (self.bare, self.configured):
            value = settings.namespace.values.get(name)
            if value is not None:
                names |= all_env(value)
        return tuple(sorted(names))

    @property
    def switches(self) -> dict[str, tuple[str, ...]]:
        """Names that the settings assign inside an `if` -> the variables that decide it, sorted."""
        views = [settings.environment.switches for settings in (self.bare, self.configured)]
        return {
            name: tuple(sorted({variable for view in views for variable in view.get(name, ())}))
            for name in sorted({name for view in views for name in view})
        }

    @property
    def at_hand(self) -> frozenset[str]:
        """What a further line of the settings could use, by the words of `DjangoFacts.at_hand`."""
        values = self.bare.namespace.values
        module, base = values.get("os"), values.get("BASE_DIR")
        found = {
            "os": module is not None and isinstance(module.data, Extern) and module.data.dotted == "os",
            "BASE_DIR": base is not None,
            "BASE_DIR /": base is not None and isinstance(base.data, PurePosixPath),
        }
        return frozenset(name for name, has in found.items() if has)

    @property
    def absent_files(self) -> tuple[Evidence, ...]:
        """As of `DjangoFacts.absent_files`."""
        found = self.bare.environment.absent_files.items()
        return tuple(Evidence(path=at.path, line=at.line, note=_ending(path)) for path, at in sorted(found))

    def is_set(self, name: str) -> bool:
        """Whether the module sets the name."""
        return name in self.bare.namespace.values

    def setting(self, name: str) -> Setting:
        """The setting with both views, for the stages after this one."""
        value, other = (settings.namespace.values.get(name) for settings in (self.bare, self.configured))
        plain, bare = self.plain(name, self.bare), places(value)
        # With every variable set, two branches may each write it: its lines are then those without.
        configured = bare if other is value else places(other) or bare
        return Setting(
            name=name,
            bare=plain,
            configured=plain if other is value else self.plain(name, self.configured),
            env=self.env(name),
            evidence=self.bare.evidence(name) or self.configured.evidence(name) or (self.module_evidence,),
            places=configured,
            bare_places={} if bare == configured else bare,
        )

    def evidence(self, name: str) -> tuple[Evidence, ...]:
        """The lines that decide a setting; the module's first line where it is not set."""
        found = self.bare.evidence(name) or self.configured.evidence(name)
        if found:
            return found
        where = self.module_evidence
        return (Evidence(path=where.path, line=where.line, note=f"{name} is not set here: Django's default"),)


def _ending(path: str) -> str:
    """The last two names of a path, of which the first ones are those of another machine."""
    return "/".join(path.split("/")[-2:])


def names(view: SettingsView) -> list[str]:
    """Upper-case names that the settings define, in order."""
    return _settings_of(view.bare)


def all_names(view: SettingsView) -> list[str]:
    """These, and the names that are only defined when the variables of services are set."""
    return sorted({*_settings_of(view.bare), *_settings_of(view.configured)})


def _settings_of(settings: EvaluatedSettings) -> list[str]:
    return sorted(n for n in settings.namespace.values if n.isupper() and n.replace("_", "").isalnum())


def answer(
    view: SettingsView,
    name: str,
    convert: Callable[[Plain], T],
    *,
    default: object = None,
    deployment_decides: bool = False,
) -> Answer[T]:
    """A fact about one setting.

    Args:
        deployment_decides: whether each deployment has a value of its own, so that an example's says nothing.
        convert: makes the fact's value of the plain setting; raises ValueError for what does not fit.
        default: used where the setting is absent and Django has no default of that name.
    """
    evidence = view.evidence(name)
    if not view.is_set(name):
        reason = view.bare.incomplete
        if reason is not None:
            return Unresolved(
                reason=f"{name} may be set in a part that is not in the tree: {reason}", evidence=evidence
            )
        return Fact(value=convert(to_plain(wrap(django_defaults().get(name, default)))), evidence=evidence)
    obstacle: Unknown | None = None
    for settings, certainty, note in (
        (view.bare, Certainty.CERTAIN, ""),
        (view.example, Certainty.LIKELY, "with the example values of the repository"),
        (view.configured, Certainty.LIKELY, "with the service variables set and DEBUG false"),
    ):
        if deployment_decides and settings is view.example and settings is not view.bare:
            continue
        plain = view.plain(name, settings)
        unknown = first_unknown(plain)
        if unknown is None:
            try:
                value = convert(plain)
            except (ValueError, TypeError, AttributeError) as error:
                return Unresolved(reason=f"{name} has an unexpected value: {error}", evidence=evidence)
            return Fact(value=value, evidence=_noted(evidence, note, view.env(name)), certainty=certainty)
        obstacle = obstacle or unknown
    return Unresolved(reason=obstacle.reason if obstacle is not None else "not known", evidence=evidence)


def _noted(evidence: tuple[Evidence, ...], note: str, env: tuple[str, ...]) -> tuple[Evidence, ...]:
    if not note and env:
        note = "unless changed by " + ", ".join(env)
    if not note:
        return evidence
    first = evidence[0]
    return (Evidence(path=first.path, line=first.line, note=note), *evidence[1:])


def text(plain: Plain) -> str:
    """A setting that must be text."""
    if not isinstance(plain, str):
        raise ValueError(f"{type(plain).__name__} instead of text")
    return plain


def optional_text(plain: Plain) -> str | None:
    """A setting that is text or None."""
    return None if plain is None else text(plain)


def boolean(plain: Plain) -> bool:
    """A setting used as a truth value, as Django does."""
    return bool(plain)


def texts(plain: Plain) -> tuple[str, ...]:
    """A list of text."""
    if isinstance(plain, str) or not isinstance(plain, tuple):
        raise ValueError(f"{type(plain).__name__} instead of a list")
    return tuple(text(part) for part in plain)


def mapping(plain: Plain) -> Mapping[str, Any]:
    """A dictionary."""
    if not isinstance(plain, Mapping):
        raise ValueError(f"{type(plain).__name__} instead of a dictionary")
    return plain
