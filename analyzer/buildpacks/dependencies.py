"""What the packages of the project tell a predictor."""

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
