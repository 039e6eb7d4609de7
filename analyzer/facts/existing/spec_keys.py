"""Which keys an app spec has, and where: what a new one does not take over must not be lost without a word."""

from collections.abc import Iterator

from analyzer.facts.existing.document_values import child, elements, items, scalar
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.existing import SpecKey
from analyzer.snapshot.documents import YamlNode

LISTS = {
    "services": "name",
    "workers": "name",
    "jobs": "name",
    "static_sites": "name",
    "databases": "name",
    "domains": "domain",
    "alerts": "rule",
}
"""Lists of the spec, and the key that names an element."""
_MOST = 2000
"""Keys that are told at most."""


def spec_keys(spec: YamlNode, path: RepoPath) -> tuple[SpecKey, ...]:
    """The keys of the app and of the elements of its lists; of mappings the keys inside, the variables left out."""
    found: list[SpecKey] = []
    for key in _keys(spec, path):
        if len(found) == _MOST:
            break
        found.append(key)
    return tuple(found)


def _keys(spec: YamlNode, path: RepoPath) -> Iterator[SpecKey]:
    for name, _, line in spec.items():
        if name not in LISTS and name not in ("envs", "ingress", "functions"):
            yield SpecKey(kind="app", owner="", key=name, evidence=Evidence(path=path, line=line))
    for kind, named in LISTS.items():
        for element in elements(spec, kind):
            yield from _of(element, kind, scalar(element, named), path)
    for name, _, line in items(spec, "ingress"):
        if name != "rules":
            yield SpecKey(kind="ingress", owner="", key=name, evidence=Evidence(path=path, line=line))
    for rule in elements(spec, "ingress", "rules"):
        yield from _of(rule, "ingress", scalar(child(rule, "component"), "name"), path, above="rules.")


def _of(element: YamlNode, kind: str, owner: str, path: RepoPath, above: str = "") -> Iterator[SpecKey]:
    for name, value, line in element.items():
        inner = value.items()
        if name == "envs":
            continue
        if not inner:
            yield SpecKey(kind=kind, owner=owner, key=above + name, evidence=Evidence(path=path, line=line))
        for below, _, place in inner:
            key = f"{above}{name}.{below}"
            yield SpecKey(kind=kind, owner=owner, key=key, evidence=Evidence(path=path, line=place))
