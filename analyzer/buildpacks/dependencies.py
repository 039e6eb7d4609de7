"""What the packages of the project tell a predictor."""

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, Unresolved

_UPPER = ("<", "<=", "==", "===", "~=")


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


def newest_allowed(requirement: str) -> tuple[Version, bool] | None:
    """The upper bound of a version or of a specifier set, and whether the bound itself is allowed; None without one."""
    try:
        return Version(requirement), True
    except InvalidVersion:
        pass
    try:
        specifiers = SpecifierSet(requirement)
    except InvalidSpecifier:
        return None
    bounds = [_upper_bound(s.operator, s.version) for s in specifiers if s.operator in _UPPER]
    return min(bounds, default=None)


def _upper_bound(operator: str, version: str) -> tuple[Version, bool]:
    base = Version(version.removesuffix(".*"))
    if operator == "~=" or version.endswith(".*"):
        release = base.release[:-1] if operator == "~=" else base.release
        return Version(".".join(map(str, (*release[:-1], release[-1] + 1)))), False
    return base, operator != "<"
