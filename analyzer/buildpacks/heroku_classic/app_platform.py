"""What App Platform does around the buildpack (docs.digitalocean.com: buildpack and app spec reference).

A Dockerfile wins over buildpacks; the Aptfile and Node.js buildpacks take part beside Python; every component needs a
run command, from the app spec or from the Procfile's `web`.
"""

from analyzer.buildpacks.app_spec import services, text_of
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step
from analyzer.model.quick_dataclass import dataclass

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


def dockerfiles(source: Source) -> tuple[Evidence, ...]:
    """What makes App Platform build a Dockerfile: a service of the app spec that names one, or the file itself."""
    named = [
        Evidence(path=path, line=node.line, note="dockerfile_path")
        for path, service in services(source)
        if (node := service.get("dockerfile_path")) is not None and node.text
    ]
    return (*named, *((Evidence(path="Dockerfile"),) if source.tree.is_file("Dockerfile") else ()))


def describe_detection(source: Source, notes: Notes) -> None:
    """Say which other builder wins over this buildpack or works beside it."""
    if found := dockerfiles(source):
        text = "App Platform builds the Dockerfile and leaves the buildpacks out"
        notes.say(Step.DETECT, text, *found, source=_DOCS)
    if source.tree.is_file("package.json"):
        text = "the Node.js buildpack takes part as well: it installs package.json and runs its build script"
        notes.say(Step.FRONTEND, text, Evidence(path="package.json"), source=_DOCS)


def run_commands(source: Source) -> tuple[RunCommand, ...]:
    """The run commands of the app spec's services that build this folder."""
    found = []
    for path, service in services(source):
        command = service.get("run_command")
        if command is not None and (command.text or "").strip():
            found.append(
                RunCommand(
                    service=text_of(service, "name") or "web",
                    command=(command.text or "").strip(),
                    port=text_of(service, "http_port") or PORT,
                    evidence=Evidence(path=path, line=command.line),
                )
            )
    return tuple(found)
