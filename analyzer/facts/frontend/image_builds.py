"""The scripts of package.json that the project's own images run."""

import re
from collections.abc import Iterator

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.commands.wrappers import unwrap
from analyzer.facts.existing.container_images import is_dockerfile_name
from analyzer.facts.existing.dockerfile import read_dockerfile
from analyzer.facts.existing.project_files import project_files
from analyzer.facts.existing.roles import is_production
from analyzer.facts.frontend.scripts import called_script
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.snapshot.repository import RepositorySnapshot


def image_scripts(repo: RepositorySnapshot, django_dir: RepoPath) -> dict[str, Evidence]:
    """Script -> the line of the first Dockerfile for production that runs it, in the order run."""
    found: dict[str, Evidence] = {}
    for path in project_files(repo, django_dir, is_dockerfile_name):
        if is_production(repo, path, django_dir):
            for script, evidence in _of_dockerfile(repo, path):
                found.setdefault(script, evidence)
    return found


def _of_dockerfile(repo: RepositorySnapshot, path: RepoPath) -> Iterator[tuple[str, Evidence]]:
    dockerfile = read_dockerfile(repo, path)
    for instruction in dockerfile.instructions if dockerfile is not None else ():
        if instruction.keyword != "RUN":
            continue
        script = " ".join(instruction.arguments or ()) if instruction.json_form else instruction.script
        for command in split_commands(script):
            name = called_script(unwrap(command.words, command.raw).words)
            if name is not None:
                line = instruction.line_of(re.compile(re.escape(name))) or instruction.line
                yield name, Evidence(path=path, line=line, note=f"runs the script {name}")
