"""What a management command meets during a build: the settings of manage.py's own default, with nothing set."""

import re
from collections.abc import Iterator
from dataclasses import replace

from analyzer.facts.django.answers import SettingsView, answer, optional_text, texts
from analyzer.facts.django.evaluation import EvaluatedSettings, Program, evaluate_settings
from analyzer.facts.django.settings_modules import VARIABLE
from analyzer.facts.django.static_files import static_storage
from analyzer.facts.evaluator.installed import provides
from analyzer.model.evidence import Answer, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import BuildSettings, DependencyFacts, RequiredVariable

STATICFILES = "django.contrib.staticfiles"


def build_settings(
    program: Program,
    manage_py: RepoPath,
    module: Answer[str | None],
    production: EvaluatedSettings,
    dependencies: DependencyFacts,
) -> BuildSettings:
    """Evaluate the settings that manage.py chooses, as a build does that sets no variable.

    Args:
        module: the module that manage.py chooses by default.
        production: the evaluated production settings, reused where both are the same module.
    """
    if isinstance(module, Unresolved) or module.value is None:
        return _unknown(manage_py, module, module.reason if isinstance(module, Unresolved) else "no settings module")
    settings = production
    if module.value != production.module:
        path = program.finds(module.value)
        if path is None:
            return _unknown(manage_py, module, f"{module.value} is not in the tree")
        chosen = replace(program, written={**program.written, VARIABLE: module.value})
        settings = evaluate_settings(chosen, module.value, path)
    view = SettingsView(bare=settings, example=settings, configured=settings)
    apps = answer(view, "INSTALLED_APPS", texts)
    return BuildSettings(
        manage_py=manage_py,
        module=module,
        required=tuple(_required(settings)),
        static_root=answer(view, "STATIC_ROOT", optional_text),
        staticfiles=_staticfiles(apps),
        storage=static_storage(view),
        absent_apps=tuple(_absent(program, settings, apps, dependencies)),
    )


def _unknown(manage_py: RepoPath, module: Answer[str | None], reason: str) -> BuildSettings:
    nothing = Unresolved(reason=reason, evidence=module.evidence)
    return BuildSettings(
        manage_py=manage_py,
        module=module,
        required=(),
        static_root=nothing,
        staticfiles=nothing,
        storage=nothing,
        absent_apps=(),
    )


def _required(settings: EvaluatedSettings) -> Iterator[RequiredVariable]:
    for name, how in settings.environment.required.items():
        reads = settings.environment.reads.get(name, [])
        at = next((read.at for read in reads if read.at is not None), None)
        evidence = Evidence(path=at.path if at else settings.path, line=at.line if at else 1)
        yield RequiredVariable(name=name, how=how, evidence=evidence)


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
            yield _written_at(program, settings, top_level) or replace(apps.evidence[0], note=top_level)


def _written_at(program: Program, settings: EvaluatedSettings, top_level: str) -> Evidence | None:
    """The line of the settings that names an app of this top-level module."""
    quoted = re.compile(rf"""["']{re.escape(top_level)}[."']""")
    for path in settings.files:
        for number, line in enumerate((program.repo.text(path) or "").split("\n"), 1):
            if quoted.search(line) and not line.lstrip().startswith("#"):
                return Evidence(path=path, line=number, note=top_level)
    return None
