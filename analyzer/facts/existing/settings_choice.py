"""Which settings module deployment files choose, and the values that they give to variables."""

from collections.abc import Iterable, Iterator, Mapping

from analyzer.facts.commands.variables import is_resolved
from analyzer.facts.existing.declaration import Assigned, Declaration
from analyzer.facts.existing.declarations import FollowedDeclaration
from analyzer.facts.existing.environment_files import example_files, read_environment_file
from analyzer.facts.existing.following import Started
from analyzer.facts.existing.uwsgi import UWSGI_NAMES, configuration_file, uwsgi_environment
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

VARIABLE = "DJANGO_SETTINGS_MODULE"
CONFIGURATION = "DJANGO_CONFIGURATION"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChoice:
    """A settings module that a deployment file names (dotted), and the class of django-configurations, if any."""

    module: str
    """Empty when only the class is named."""
    source: str
    """The kind of file."""
    evidence: Evidence
    production: bool
    configuration: str | None = None


def declared_settings_modules(
    repo: RepositorySnapshot, declarations: Iterable[FollowedDeclaration]
) -> tuple[SettingsChoice, ...]:
    """The settings modules that deployment files choose, best first: production before development, each one once."""
    found: dict[tuple[str, str | None], SettingsChoice] = {}
    choices = [choice for followed in declarations for choice in _choices(repo, followed)]
    for choice in sorted(choices, key=lambda choice: not choice.production):
        found.setdefault((choice.module, choice.configuration), choice)
    return tuple(found.values())


def environment_values(
    repo: RepositorySnapshot, django_dir: RepoPath, declarations: Iterable[FollowedDeclaration]
) -> Mapping[str, Assigned]:
    """Literal values that production deployment files give to variables, then those of committed example files."""
    found: dict[str, Assigned] = {}
    for declaration in (followed.declaration for followed in declarations):
        _add(found, reversed(declaration.environment) if declaration.production else ())
    for path in example_files(repo, django_dir):
        _add(found, read_environment_file(repo, path))
    return found


def _add(found: dict[str, Assigned], environment: Iterable[Assigned]) -> None:
    for assigned in environment:
        if assigned.value and is_resolved(assigned.value):
            found.setdefault(assigned.name, assigned)


def _choices(repo: RepositorySnapshot, followed: FollowedDeclaration) -> Iterator[SettingsChoice]:
    """What the declaration says for each command that it starts, or in general when it starts none."""
    declaration = followed.declaration
    declared = {a.name: (a.value, a.evidence) for a in declaration.environment if a.value}
    given = [{**declared, **_environment(repo, declaration, s)} for s in followed.started] or [declared]
    for environment in given:
        configuration, named_at = environment.get(CONFIGURATION, (None, declaration.evidence))
        module, evidence = environment.get(VARIABLE, ("", named_at))
        if (module or configuration) and is_resolved(module) and is_resolved(configuration or ""):
            yield SettingsChoice(
                module=module,
                source=declaration.source,
                evidence=evidence,
                production=declaration.production and not followed.develops,
                configuration=configuration,
            )


def _environment(
    repo: RepositorySnapshot, declaration: Declaration, started: Started
) -> dict[str, tuple[str, Evidence]]:
    """What the way to a command and its options say."""
    found = {name: (value, evidence) for name, value, evidence in started.environment}
    words = started.launch.words
    for position, word in enumerate(words):
        following = words[position + 1] if position + 1 < len(words) else ""
        option, _, value = word.partition("=")
        if option == "--settings":
            found[VARIABLE] = (value or following, started.evidence)
        elif option == "--configuration":
            found[CONFIGURATION] = (value or following, started.evidence)
        elif option in ("--env", "-e", "--set-env"):
            name, _, text = (value or following).partition("=")
            found[name] = (text, started.evidence)
    named = configuration_file(words) if started.launch.name in UWSGI_NAMES else None
    path = declaration.place.locate(declaration.place.start, named) if named else None
    if path is not None:
        found |= {name: (value, evidence) for name, value, evidence in uwsgi_environment(repo, path)}
    return found
