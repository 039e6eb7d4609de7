"""What the images of the project's Dockerfiles start when nothing else says."""

import re
from collections.abc import Iterator

from analyzer.facts.commands.shell import split_commands
from analyzer.facts.commands.variables import substitute
from analyzer.facts.existing.declaration import Declaration, Words, quoted_words
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.images import Image
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.paths import join
from analyzer.snapshot.repository import RepositorySnapshot

_NAME = re.compile(r"(?:.+[._-])?(?:dockerfile|containerfile)(?:[._-].+)?", re.IGNORECASE)
_NO_DOCKERFILE = (".dockerignore", ".sh", ".py", ".md", ".yml", ".yaml", ".j2", ".txt")


def container_images(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """The command and the environment of the image of every Dockerfile."""
    for path in project_files(repo, django_dir, is_dockerfile_name):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="Dockerfile")
        image = file.image(path)
        if image is not None:
            yield file.declare("", image.starts(), place=image.files(), environment=image.environment)


def image_scripts(repo: RepositorySnapshot, django_dir: RepoPath) -> Iterator[Declaration]:
    """Shell scripts that a Dockerfile copies one by one or makes executable: further ways to start its image."""
    for path in project_files(repo, django_dir, is_dockerfile_name):
        file = DeploymentFile(repo=repo, django_dir=django_dir, path=path, source="Dockerfile")
        image = file.image(path)
        for script, line in _scripts(image) if image is not None and file.is_production else ():
            words = Words(text=quoted_words((script,)), evidence=file.evidence(line))
            yield file.declare("", words, place=image.files(), environment=image.environment, production=False)


def _scripts(image: Image) -> Iterator[tuple[RepoPath, int]]:
    for instruction in image.dockerfile.of_stage(image.stage):
        words: list[str] = []
        if instruction.keyword in ("COPY", "ADD") and instruction.flag("from") is None:
            words = instruction.value.split()[:-1]
        elif instruction.keyword == "RUN":
            commands = split_commands(instruction.script)
            words = [word for command in commands if command.words[:1] == ("chmod",) for word in command.words[2:]]
        known = image.dockerfile.variables(instruction.stage)
        for word in words:
            path = next(
                (p for c in image.contexts if (p := join(c, substitute(word, known))) and image.repo.is_file(p)), None
            )
            if path is not None and _is_shell_script(image.repo.text(path) or ""):
                yield path, instruction.line


def _is_shell_script(text: str) -> bool:
    first = text.split("\n", 1)[0]
    return first.startswith("#!") and "sh" in first


def is_dockerfile_name(name: str) -> bool:
    """Whether a file of this name is a Dockerfile: also `Dockerfile.prod`, `web.Dockerfile`, `Containerfile`."""
    return _NAME.fullmatch(name) is not None and not name.lower().endswith(_NO_DOCKERFILE)
