"""src/detect.rs: whether the folder is a Python app."""

from analyzer.buildpacks.heroku_cnb.messages import table
from analyzer.model.evidence import Evidence, Fact
from analyzer.snapshot.source_tree import SourceTree


def detect(tree: SourceTree) -> Fact[bool]:
    """Whether one of the known names is there; the evidence has all that are, in the buildpack's order."""
    found = [name for name in table()["detect"] if _exists(tree, name)]
    if found:
        evidence = tuple(Evidence(path=name.rstrip("/"), note="enough to be detected") for name in found)
        return Fact(value=True, evidence=evidence)
    return Fact(value=False, evidence=(Evidence(path=".", note="none of the files that make a Python app"),))


def _exists(tree: SourceTree, name: str) -> bool:
    return tree.is_dir(name.rstrip("/")) if name.endswith("/") else tree.exists(name)
