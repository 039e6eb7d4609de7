"""What App Platform does around the buildpack (docs.digitalocean.com: buildpack and app spec reference).

A Dockerfile wins over buildpacks; the Aptfile and Node.js buildpacks take part beside Python; every component needs a
run command, from the app spec or from the Procfile's `web`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.facts.existing.document_values import child, elements, scalar, yaml_command, yaml_root
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.prediction import Step
from analyzer.snapshot.documents import YamlNode
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
        words = yaml_command(source.repository, path, child(service, "run_command"))
        if words is not None:
            found.append(
                RunCommand(service=scalar(service, "name") or "web", command=words.text, evidence=words.evidence)
            )
    return tuple(found)


def _services(source: Source) -> Iterator[tuple[RepoPath, YamlNode]]:
    """The services of the first app spec whose source_dir is this folder."""
    for path in _SPECS:
        root = yaml_root(source.repository, path) if source.tree.is_file(path) else None
        if root is None:
            continue
        for service in elements(child(root, "spec") or root, "services"):
            if join(".", scalar(service, "source_dir").strip("/")) == ".":
                yield path, service
        return
