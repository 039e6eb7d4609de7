"""What App Platform does around the buildpack (docs.digitalocean.com: buildpack and app spec reference).

A Dockerfile wins over buildpacks; the Aptfile and Node.js buildpacks take part beside Python; every component needs a
run command, from the app spec or from the Procfile's `web`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.prediction import Step
from analyzer.snapshot.documents import YamlDocument, YamlNode, read_yaml
from analyzer.snapshot.paths import join

_SPECS = (".do/app.yaml", ".do/app.yml", ".do/deploy.template.yaml", ".do/deploy.template.yml")
_DOCS = "App Platform reference: buildpacks"
PORT = "8080"
"""Where App Platform sends requests to if neither http_port nor PORT says anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCommand:
    """The run command of a service of an app spec that builds this folder."""

    service: str
    command: str
    port: str
    evidence: Evidence


def describe_detection(source: Source, notes: Notes) -> None:
    """Say which other builder wins over this buildpack or works beside it."""
    dockerfiles = [
        Evidence(path=path, line=node.line, note="dockerfile_path")
        for path, service in _services(source)
        if (node := service.get("dockerfile_path")) is not None and node.text
    ]
    if source.tree.is_file("Dockerfile"):
        dockerfiles.append(Evidence(path="Dockerfile"))
    if dockerfiles:
        text = "App Platform builds the Dockerfile and leaves the buildpacks out"
        notes.say(Step.DETECT, text, *dockerfiles, source=_DOCS)
    if source.tree.is_file("package.json"):
        text = "the Node.js buildpack takes part as well: it installs package.json and runs its build script"
        notes.say(Step.FRONTEND, text, Evidence(path="package.json"), source=_DOCS)


def run_commands(source: Source) -> tuple[RunCommand, ...]:
    """The run commands of the app spec's services that build this folder."""
    found = []
    for path, service in _services(source):
        command = service.get("run_command")
        if command is not None and (command.text or "").strip():
            found.append(
                RunCommand(
                    service=_text(service, "name") or "web",
                    command=(command.text or "").strip(),
                    port=_text(service, "http_port") or PORT,
                    evidence=Evidence(path=path, line=command.line),
                )
            )
    return tuple(found)


def _services(source: Source) -> Iterator[tuple[RepoPath, YamlNode]]:
    """The services of the first app spec whose source_dir is this folder."""
    for path in _SPECS:
        document = read_yaml(source.repository, path) if source.tree.is_file(path) else None
        root = document.root if isinstance(document, YamlDocument) else None
        services = (root.get("spec") or root).get("services") if root is not None else None
        if services is None:
            continue
        for service in services.elements():
            if join(".", _text(service, "source_dir").strip("/")) == ".":
                yield path, service
        return


def _text(node: YamlNode, key: str) -> str:
    value = node.get(key)
    return (value.text or "") if value is not None else ""
