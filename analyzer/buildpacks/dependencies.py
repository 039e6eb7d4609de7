"""What the packages of the project tell a predictor."""

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Certainty, Evidence, Fact


def may_import(source: Source, module: str) -> Fact[bool | None]:
    """Whether `import module` works after the install; None when only a run can tell.

    A package that is not among those declared may still come with another one, and a folder of that name in the root
    can be imported as well.
    """
    tree, facts = source.tree, source.facts
    for path in (f"{module}.py", module):
        if tree.is_file(path) if path.endswith(".py") else tree.is_dir(path):
            evidence = (Evidence(path=path, note=f"`import {module}` finds this as well"),)
            return Fact(value=True, evidence=evidence, certainty=Certainty.LIKELY)
    if facts is None:
        return Fact(value=None, evidence=(Evidence(path=".", note="not read as a Django project"),))
    dependency = facts.dependencies.get(module)
    if dependency is not None and dependency.group is None:
        return Fact(value=True, evidence=(dependency.evidence,))
    return Fact(value=None, evidence=(Evidence(path=".", note=f"{module} is not among the declared packages"),))
