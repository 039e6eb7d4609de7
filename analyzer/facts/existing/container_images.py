"""What the images of the project's Dockerfiles start when nothing else says."""

import re
from collections.abc import Iterator

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.commands.variables import substitute
from analyzer.facts.existing.declaration import Declaration, Words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.images import Image
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = lazy_pattern(r"(?:.+[._-])?(?:dockerfile|containerfile)(?:[._-].+)?", re.IGNORECASE)
_NO_DOCKERFILE = (".dockerignore", ".sh", ".py", ".md", ".yml", ".yaml", ".j2", ".txt")


def container_images(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The command and the environment of the image of every Dockerfile."""
    for path in project_files(repo, django_dir, is_dockerfile_name):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="Dockerfile")
        image = file.image(path)
        if image is not None:
            yield file.declare("", image.starts(), place=image.files(), environment=image.environment)


def image_scripts(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Shell scripts that a Dockerfile starts, copies one by one or makes executable: ways to start its image.

    It is not known what they are called with, so every branch of theirs counts.
    """
    for path in project_files(repo, django_dir, is_dockerfile_name):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="Dockerfile")
        image = file.image(path)
        if image is None or not file.is_production:
            continue
        for script in dict.fromkeys(_scripts(image)):
            words = Words(text=repo.text(script) or "", evidence=Evidence(path=script))
            yield file.declare("", words, place=image.files(), environment=image.environment)


def _scripts(image: Image) -> Iterator[RepoPath]:
    files = image.files()
    variables = {stage: image.dockerfile.variables(stage) for stage in image.dockerfile.lineage(image.stage)}
    for instruction in image.dockerfile.of_stage(image.stage):
        words: tuple[str, ...] = ()
        if instruction.keyword in ("COPY", "ADD") and instruction.flag("from") is None:
            words = (instruction.arguments or tuple(instruction.value.split()))[:-1]
        elif instruction.keyword in ("ENTRYPOINT", "CMD"):
            words = instruction.arguments or tuple(instruction.value.split())
        elif instruction.keyword == "RUN":
            changed = [command.words for command in split_commands(instruction.script) if "chmod" in command.words[:2]]
            words = tuple(word for command in changed for word in command)
        known = variables[instruction.stage]
        for word in words:
            named = substitute(word, known)
            path = next((p for c in image.contexts if (p := join(c, named)) and image.repo.is_file(p)), None)
            path = path or (files.locate(files.start, named) if "/" in named else None)
            if path is not None and is_shell_script(image.repo.text(path) or ""):
                yield path


def is_shell_script(text: str) -> bool:
    """Whether the first line of a file names a shell."""
    first = text.split("\n", 1)[0]
    return first.startswith("#!") and "sh" in first


def is_dockerfile_name(name: str) -> bool:
    """Whether a file of this name is a Dockerfile: also `Dockerfile.prod`, `web.Dockerfile`, `Containerfile`."""
    return _NAME.fullmatch(name) is not None and not name.lower().endswith(_NO_DOCKERFILE)
