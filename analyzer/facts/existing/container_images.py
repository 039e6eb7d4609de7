"""What the images of the project's Dockerfiles start when nothing else says."""

import re
from collections.abc import Iterator

from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.deployment_file import DeploymentFile
from analyzer.facts.existing.project_files import project_files
from analyzer.model.evidence import RepoPath
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


def is_dockerfile_name(name: str) -> bool:
    """Whether a file of this name is a Dockerfile: `Dockerfile`, `Dockerfile.prod`, `web.Dockerfile`, `Containerfile`."""
    return _NAME.fullmatch(name) is not None and not name.lower().endswith(_NO_DOCKERFILE)
