"""App Platform's app spec, as far as it says what is built in a folder (docs.digitalocean.com: app spec reference)."""

from collections.abc import Iterator

from analyzer.buildpacks.source import Source
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.documents import YamlDocument, read_yaml
from analyzer.snapshot.paths import join
from analyzer.snapshot.yaml_node import YamlNode

_SPECS = (".do/app.yaml", ".do/app.yml", ".do/deploy.template.yaml", ".do/deploy.template.yml")


def services(source: Source) -> Iterator[tuple[RepoPath, YamlNode]]:
    """The services of the first app spec whose source_dir is this folder, with the path of the spec."""
    path, spec = _spec(source)
    found = spec.get("services") if spec is not None else None
    for service in found.elements() if found is not None else ():
        if join(".", text_of(service, "source_dir").strip("/")) == ".":
            yield path, service


def variables(source: Source) -> Iterator[tuple[RepoPath, YamlNode]]:
    """The entries `envs` that count for a build of this folder: those of its services, then those of the whole app."""
    path, spec = _spec(source)
    holders = [service for _, service in services(source)]
    for holder in (*holders, *((spec,) if spec is not None else ())):
        entries = holder.get("envs")
        for entry in entries.elements() if entries is not None else ():
            if text_of(entry, "scope") != "RUN_TIME":
                yield path, entry


def text_of(node: YamlNode, key: str) -> str:
    """The text of a key, "" when there is none."""
    value = node.get(key)
    return (value.text or "") if value is not None else ""


def _spec(source: Source) -> tuple[RepoPath, YamlNode | None]:
    """The first spec with services, itself or under `spec`, as a template has it."""
    for path in _SPECS:
        document = read_yaml(source.repository, path) if source.tree.is_file(path) else None
        root = document.root if isinstance(document, YamlDocument) else None
        spec = (root.get("spec") or root) if root is not None else None
        if spec is not None and spec.get("services") is not None:
            return path, spec
    return ".", None
