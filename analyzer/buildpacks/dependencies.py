"""What the packages of the project tell a predictor."""

from collections.abc import Iterable

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, Unresolved


def importable(source: Source, module: str) -> Answer[bool]:
    """Whether `import module` works after the install: true, or unresolved, since a package that is not declared may
    come with another one. A folder or module of that name in the root can be imported as well.
    """
    tree, facts = source.tree, source.facts
    local = f"{module}.py" if tree.is_file(f"{module}.py") else module
    if local != module or tree.is_dir(module):
        evidence = (Evidence(path=local, note=f"`import {module}` finds this as well"),)
        return Fact(value=True, evidence=evidence, certainty=Certainty.LIKELY)
    if facts is None:
        return Unresolved(reason="the dependencies were not read", evidence=(Evidence(path="."),))
    dependency = facts.dependencies.get(module)
    if dependency is not None and dependency.group is None:
        return Fact(value=True, evidence=(dependency.evidence,))
    evidence = (Evidence(path=".", note=f"{module} is not among the declared packages"),)
    return Unresolved(reason=f"{module} may come with another package", evidence=evidence)


def fitting_python(source: Source, default: str, available: Iterable[str]) -> tuple[str, tuple[Evidence, ...]]:
    """The Python N.N to ask for where nothing that the buildpack reads does: the default if the project's
    requires-python allows it, else the newest of those available that it allows. The evidence is that line.
    """
    declared = source.facts.dependencies.python_declared if source.facts is not None else ()
    found = next((version for version in declared if version.evidence.path.endswith("pyproject.toml")), None)
    if found is None:
        return default, ()
    try:
        allowed = SpecifierSet(found.spec)
    except InvalidSpecifier:
        return default, ()
    newest_first = sorted(available, key=lambda minor: int(minor.partition(".")[2]), reverse=True)
    fitting = (minor for minor in (default, *newest_first) if allowed.contains(f"{minor}.99"))
    return next(fitting, default), (found.evidence,)
