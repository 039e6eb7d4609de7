"""Groups and extras of development without which production does not start.

A project may load in production what only its group `dev` or its extra `test` brings, and install that in its own
image. What counts are INSTALLED_APPS, MIDDLEWARE, the imports of the settings, and those of test modules that modules
of production import.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace

from analyzer.facts.code_uses import production_sources
from analyzer.facts.django.answers import SettingsView, answer, texts
from analyzer.facts.django.build_settings import written_at
from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.module_names import dotted_name
from analyzer.facts.evaluator.installed import provides
from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import DependencyFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.documents import PythonDocument, read_python

MANAGERS = ("uv", "poetry", "pdm", "setuptools")
"""Those whose groups and extras stand in pyproject.toml; a requirements file of development is left out as a whole."""
MAX_TEST_MODULES = 50
_FROM_TESTS = lazy_pattern(r"(?m)^from[ \t]+(\.*(?:\w+\.)*tests?(?:\.\w+)*)[ \t]+import\b")
_COMMAND = lazy_pattern(r"(^|/)management/commands/")
"""Commands are loaded when somebody runs them."""


def needed_groups(
    program: Program, root: RepoPath, view: SettingsView, dependencies: DependencyFacts
) -> Mapping[str, Evidence]:
    """The fewest groups that bring what production loads and its own requirements do not.

    Returns:
        Canonical name of the group or extra -> the line that needs it, with the import name as its note.
    """
    manager = dependencies.package_manager
    production = frozenset(d.name for d in dependencies.dependencies if d.group is None)
    groups: dict[str, set[str]] = {}
    for dependency in dependencies.dependencies:
        if dependency.group is not None and dependency.name not in production:
            groups.setdefault(dependency.group, set()).add(dependency.name)
    if not groups or not production or not isinstance(manager, Fact) or manager.value not in MANAGERS:
        return {}
    others = frozenset(name for names in groups.values() for name in names)
    needed: dict[str, Evidence] = {}
    for name, place in _loaded(program, root, view):
        if program.finds(name) is None and not provides(production, name) and provides(others, name):
            at = written_at(program, view.configured, [place.note]) if place.note else place
            needed.setdefault(name, replace(at or place, note=name))
    return _fewest(groups, needed)


def _fewest(groups: Mapping[str, set[str]], needed: dict[str, Evidence]) -> dict[str, Evidence]:
    """The group that brings most of what is needed, of several the smallest; then for the rest."""
    chosen: dict[str, Evidence] = {}
    while needed:
        brought = {g: [n for n in needed if provides(frozenset(names), n)] for g, names in groups.items()}
        best = min(groups, key=lambda group: (-len(brought[group]), len(groups[group]), group))
        if not brought[best]:
            break
        chosen[best] = needed[brought[best][0]]
        needed = {name: place for name, place in needed.items() if name not in brought[best]}
    return chosen


def _loaded(program: Program, root: RepoPath, view: SettingsView) -> Iterator[tuple[str, Evidence]]:
    """Import names of top-level packages, with the line that loads each; of names in a setting, with the whole name."""
    for setting in ("INSTALLED_APPS", "MIDDLEWARE"):
        names = answer(view, setting, texts)
        for name in names.value if isinstance(names, Fact) else ():
            yield name.partition(".")[0], Evidence(path=view.configured.path, line=1, note=name)
    for path in view.configured.files:
        yield from _imports(program, path)
    for path in _imported_tests(program, root):
        yield from _imports(program, path)


def _imports(program: Program, path: RepoPath) -> Iterator[tuple[str, Evidence]]:
    """The imports that the module makes whatever the conditions."""
    document = read_python(program.repo, path)
    for node in document.tree.body if isinstance(document, PythonDocument) else ():
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names = [node.module]
        for name in names:
            yield name.partition(".")[0], Evidence(path=path, line=node.lineno)


def _imported_tests(program: Program, root: RepoPath) -> list[RepoPath]:
    """Test modules of the project that its other modules import."""
    found: dict[RepoPath, None] = {}
    for path in production_sources(program.repo, root):
        if b"test" not in (program.repo.read(path) or b"") or _COMMAND.search(path):
            continue
        for match in _FROM_TESTS.finditer(program.repo.text(path) or ""):
            target = program.finds(_absolute(match[1], path, program.roots))
            if target is not None and len(found) < MAX_TEST_MODULES:
                found[target] = None
    return list(found)


def _absolute(module: str, path: RepoPath, roots: tuple[RepoPath, ...]) -> str:
    """The dotted name of a module that a file names, relative names resolved."""
    name = module.lstrip(".")
    level = len(module) - len(name)
    if not level:
        return name
    parts = dotted_name(path, roots).split(".")
    package = parts if path.endswith("/__init__.py") else parts[:-1]
    return ".".join((*package[: len(package) - level + 1], name))
