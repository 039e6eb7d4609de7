"""The JavaScript build, which no Python buildpack runs."""

from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.prediction import Step


def describe_missing_node_build(source: Source, notes: Notes) -> None:
    """Say that the front end is not built, where there is one; one that is a site of its own is none of Django's."""
    evidence = (Evidence(path="package.json"),) if source.tree.is_file("package.json") else ()
    command = source.facts.frontend.build_command if source.facts is not None else None
    if source.facts is not None and source.facts.frontend.separate_site:
        return
    if isinstance(command, Fact) and command.value is not None:
        text = f"no step runs `{command.value}`, whose output collectstatic would collect: it takes a Node.js buildpack"
        notes.say(Step.FRONTEND, text, *(evidence or command.evidence), mode="A10")
    elif evidence:
        text = "package.json is not looked at: a Node.js buildpack before this one would be needed"
        notes.say(Step.FRONTEND, text, *evidence, mode=None if isinstance(command, Fact) else "A10")
