"""What collectstatic meets during a build: the settings of manage.py's own default, with nothing set."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from packaging.version import Version

from analyzer.facts.django.answers import SettingsView, answer, boolean, optional_text, texts
from analyzer.facts.django.evaluation import EvaluatedSettings, Program
from analyzer.facts.django.required_variables import required_variables
from analyzer.facts.django.settings_modules import EntryPoint, read_entry_point
from analyzer.facts.django.static_files import static_storage
from analyzer.facts.evaluator.installed import provides
from analyzer.facts.evaluator.values import all_env, truth
from analyzer.model.evidence import Answer, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import BuildSettings, DependencyFacts, RequiredVariable
from analyzer.model.version_bounds import is_before

STATICFILES = "django.contrib.staticfiles"
COLLECTSTATIC = ("manage.py", "collectstatic", "--noinput")
OFF = ("False", "0", "production", "")
"""Values that turn a variable off, in the order of trial."""


def build_settings(
    program: Program, manage_py: RepoPath, production: EvaluatedSettings, dependencies: DependencyFacts
) -> BuildSettings:
    """Evaluate the settings that manage.py chooses, as collectstatic does in a build that sets no variable.

    Such a build has the repository's own files only, and not those that a Dockerfile places in the tree.

    Args:
        production: the evaluated production settings.
    """
    uses_secret_key = _uses_secret_key(dependencies, production)
    command = replace(program, argv=COLLECTSTATIC, uses_secret_key=uses_secret_key, placed={})
    entry = read_entry_point(command, manage_py, "__main__")
    found = _module(entry, command)
    if isinstance(found, BuildSettings):
        return found
    module, path = found
    command = replace(command, written=entry.written)
    required, settings = required_variables(command, module, path)
    return _facts(program, entry, required, settings, dependencies)


def image_settings(
    program: Program,
    manage_py: RepoPath,
    variables: Mapping[str, str],
    production: EvaluatedSettings,
    dependencies: DependencyFacts,
) -> BuildSettings:
    """Evaluate the settings that manage.py loads while an image is built: those of production, with DEBUG off.

    Args:
        variables: what names the production settings (DJANGO_SETTINGS_MODULE, …); nothing else is set.
        production: the evaluated production settings.
    """
    command = replace(program, argv=COLLECTSTATIC, uses_secret_key=_uses_secret_key(dependencies, production))
    entry = read_entry_point(command, manage_py, "__main__", variables)
    found = _module(entry, program)
    if isinstance(found, BuildSettings):
        return found
    module, path = found
    command = replace(command, written={**variables, **entry.written})
    required, settings = required_variables(command, module, path)
    off = _debug_off(command, module, path, settings)
    if off is None:
        return _facts(program, entry, required, settings, dependencies)
    return _facts(program, entry, off.required, off.settings, dependencies, off.variable)


def _module(entry: EntryPoint, program: Program) -> tuple[str, RepoPath] | BuildSettings:
    """The settings module that manage.py chooses, with its file; without one, what there is to say all the same."""
    module = entry.module
    if isinstance(module, Unresolved) or module.value is None:
        return _unknown(entry.path, module, module.reason if isinstance(module, Unresolved) else "no settings module")
    path = program.finds(module.value)
    if path is None:
        return _unknown(entry.path, module, f"{module.value} is not in the tree")
    return module.value, path


class _DebugOff(NamedTuple):
    """A variable, and its value, that turns DEBUG off, and the settings with it."""

    variable: dict[str, str]
    required: tuple[RequiredVariable, ...]
    settings: EvaluatedSettings


def _debug_off(command: Program, module: str, path: RepoPath, settings: EvaluatedSettings) -> _DebugOff | None:
    """What turns DEBUG off; None where it is off already, or nothing does."""
    debug = settings.namespace.values.get("DEBUG")
    if debug is None or truth(debug) is False:
        return None
    environment = settings.environment
    named = {n for n in environment.reads if "DEBUG" in n.upper()}
    names = all_env(debug) or named | environment.switches.get("DEBUG", frozenset())
    for name in sorted(names, key=lambda name: (name not in named, name)):
        for value in OFF:
            required, changed = required_variables(command, module, path, {name: value})
            found = changed.namespace.values.get("DEBUG")
            if found is not None and truth(found) is False:
                return _DebugOff({name: value}, required, changed)
    return None


def _facts(
    program: Program,
    entry: EntryPoint,
    required: tuple[RequiredVariable, ...],
    settings: EvaluatedSettings,
    dependencies: DependencyFacts,
    debug_off: Mapping[str, str] | None = None,
) -> BuildSettings:
    view = SettingsView(bare=settings, example=settings, configured=settings)
    apps = answer(view, "INSTALLED_APPS", texts)
    return BuildSettings(
        manage_py=entry.path,
        module=entry.module,
        required=required,
        static_root=answer(view, "STATIC_ROOT", optional_text),
        staticfiles=_staticfiles(apps),
        storage=static_storage(view),
        debug_off=debug_off or {},
        debug=answer(view, "DEBUG", boolean),
        absent_apps=tuple(_absent(program, settings, apps, dependencies)),
        refusal=_refusal(settings),
    )


def _refusal(settings: EvaluatedSettings) -> Evidence | None:
    """The first exception that the settings raise themselves whatever variables are set."""
    return next((Evidence(path=at.path, line=at.line, note=how) for at, how in settings.interpreter.refusals), None)


def _uses_secret_key(dependencies: DependencyFacts, production: EvaluatedSettings) -> bool:
    """Whether collectstatic refuses an empty SECRET_KEY.

    Django checks it when it loads the settings until 3.1, and when it is used since (django/conf/__init__.py). What
    the admin imports as soon as it is installed used it until 3.2 (django/contrib/auth/tokens.py); found by running
    collectstatic of 3.1.14, 3.2, 3.2.25, 4.0, 4.1 and 5.2.19.
    """
    django = dependencies.django_version
    if isinstance(django, Unresolved) or django.value is None or not is_before(django.value, Version("4.0")):
        return False
    apps = answer(SettingsView(bare=production, example=production, configured=production), "INSTALLED_APPS", texts)
    admin = isinstance(apps, Unresolved) or {"django.contrib.admin", "django.contrib.auth"} <= set(apps.value)
    return admin or is_before(django.value, Version("3.2"))


def _unknown(manage_py: RepoPath, module: Answer[str | None], reason: str) -> BuildSettings:
    nothing = Unresolved(reason=reason, evidence=module.evidence)
    return BuildSettings(
        manage_py=manage_py,
        module=module,
        required=(),
        static_root=nothing,
        staticfiles=nothing,
        storage=nothing,
        debug_off={},
        debug=nothing,
        absent_apps=(),
    )


def _staticfiles(apps: Answer[tuple[str, ...]]) -> Answer[bool]:
    if isinstance(apps, Unresolved):
        return apps
    return Fact(value=any(app.startswith(STATICFILES) for app in apps.value), evidence=apps.evidence)


def _absent(
    program: Program, settings: EvaluatedSettings, apps: Answer[tuple[str, ...]], dependencies: DependencyFacts
) -> Iterator[Evidence]:
    """Apps of packages that only another group (dev, test, …) installs.

    An app that no requirement seems to provide is not named: it may come with another package.
    """
    production = frozenset(d.name for d in dependencies.dependencies if d.group is None)
    others = frozenset(d.name for d in dependencies.dependencies if d.group is not None) - production
    if isinstance(apps, Unresolved) or not production or not others:
        return
    for top_level in dict.fromkeys(app.partition(".")[0] for app in apps.value):
        installed = program.finds(top_level) is not None or provides(production, top_level)
        if not installed and provides(others, top_level):
            place = written_at(program, settings, [app for app in apps.value if app.partition(".")[0] == top_level])
            yield replace(place or apps.evidence[0], note=top_level)


def written_at(program: Program, settings: EvaluatedSettings, apps: list[str]) -> Evidence | None:
    """The line of the settings that names one of the apps, and not as the key of something else (of a logger)."""
    quoted = re.compile(rf"""["'](?:{"|".join(map(re.escape, apps))})["'](?!\s*:)""")
    for path in settings.files:
        for number, line in enumerate((program.repo.text(path) or "").split("\n"), 1):
            if quoted.search(line) and not line.lstrip().startswith("#"):
                return Evidence(path=path, line=number)
    return None
