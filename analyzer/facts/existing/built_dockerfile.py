"""The Dockerfile that App Platform would build as it stands: the one in the root, or beside manage.py."""

import re

from analyzer.facts.existing.dockerfile import Dockerfile, read_dockerfile
from analyzer.facts.existing.instructions import Instruction
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.project_code import BuiltDockerfile
from analyzer.snapshot.repository import RepositorySnapshot

_OF_PYTHON = lazy_pattern(r"\b(python|pip|uv|poetry|pipenv|gunicorn|manage\.py|django)", re.IGNORECASE)


def built_dockerfile(repo: RepositorySnapshot, django_dir: RepoPath) -> BuiltDockerfile | None:
    """What of it App Platform treats in its own way; None without such a file, or where it builds no Python."""
    beside = "Dockerfile" if django_dir == "." else f"{django_dir}/Dockerfile"
    for path in dict.fromkeys(("Dockerfile", beside)):
        dockerfile = read_dockerfile(repo, path)
        if dockerfile is not None and dockerfile.stages and _OF_PYTHON.search(repo.text(path) or ""):
            return _read(dockerfile)
    return None


def _read(dockerfile: Dockerfile) -> BuiltDockerfile:
    last = dockerfile.stages[-1].index
    entrypoint, health = dockerfile.last("ENTRYPOINT", last), dockerfile.last("HEALTHCHECK", last)
    if entrypoint is not None and entrypoint.value.strip() in ("[]", ""):
        entrypoint = None
    if health is not None and health.value.strip().upper() == "NONE":
        health = None
    mounts = [
        i for i in dockerfile.instructions if i.keyword == "RUN" and any(f.startswith("--mount") for f in i.flags)
    ]
    return BuiltDockerfile(
        path=dockerfile.path,
        entrypoint=_place(dockerfile, entrypoint),
        health_check=_place(dockerfile, health),
        mounts=tuple(Evidence(path=dockerfile.path, line=i.line) for i in mounts),
    )


def _place(dockerfile: Dockerfile, instruction: Instruction | None) -> Evidence | None:
    if instruction is None:
        return None
    return Evidence(path=dockerfile.path, line=instruction.line, note=instruction.value.strip()[:120])
