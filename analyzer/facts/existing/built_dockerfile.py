"""The Dockerfile that App Platform would build as it stands: the one in the root, or beside manage.py."""

import re
from collections.abc import Iterator
from itertools import islice

from analyzer.facts.existing.dockerfile import Dockerfile, read_dockerfile
from analyzer.facts.existing.instructions import Instruction
from analyzer.facts.existing.redaction import shown_line
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.project_code import BuiltDockerfile
from analyzer.snapshot.repository import RepositorySnapshot

MAX_LINES = 5
"""Of a script."""
_SCRIPTS = lazy_pattern(r"([\w.-]+\.sh)\b"), lazy_pattern(r"([\w-]*entrypoint[\w-]*|start)\b")
"""What names one for certain, and what may."""
_SETS = lazy_pattern(
    r"^\s*(export|source|\.|until|while|envsubst|chown|chmod|mkdir|cp|mv|ln|sed|perl|service|set\s+-a)\s"
    r"|\bwait[-_]?for|\b(nc|ncat)\s+-z|\bpg_isready\b"
)
_RUNS = lazy_pattern(r"(?:\bmanage\.py|\bdjango-admin)[\"']?\s+([a-z]\w*)")
_OF_PYTHON = lazy_pattern(r"\b(python|pip|uv|poetry|pipenv|gunicorn|manage\.py|django)", re.IGNORECASE)


def built_dockerfile(repo: RepositorySnapshot, django_dir: RepoPath) -> BuiltDockerfile | None:
    """What of it App Platform treats in its own way; None without such a file, or where it builds no Python."""
    beside = "Dockerfile" if django_dir == "." else f"{django_dir}/Dockerfile"
    for path in dict.fromkeys(("Dockerfile", beside)):
        dockerfile = read_dockerfile(repo, path)
        if dockerfile is not None and dockerfile.stages and _OF_PYTHON.search(repo.text(path) or ""):
            return _read(repo, dockerfile)
    return None


def _read(repo: RepositorySnapshot, dockerfile: Dockerfile) -> BuiltDockerfile:
    last = dockerfile.stages[-1].index
    entrypoint, health = dockerfile.last("ENTRYPOINT", last), dockerfile.last("HEALTHCHECK", last)
    if entrypoint is not None and entrypoint.value.strip() in ("[]", ""):
        entrypoint = None
    if health is not None and health.value.strip().upper() == "NONE":
        health = None
    mounts = [
        i for i in dockerfile.instructions if i.keyword == "RUN" and any(f.startswith("--mount") for f in i.flags)
    ]
    script = _script(repo, dockerfile.path, entrypoint.value) if entrypoint is not None else None
    return BuiltDockerfile(
        path=dockerfile.path,
        script=script,
        script_sets=tuple(islice(_sets(repo, script), MAX_LINES)) if script is not None else (),
        script_runs=tuple(islice(_runs(repo, script), MAX_LINES)) if script is not None else (),
        entrypoint=_place(dockerfile, entrypoint),
        health_check=_place(dockerfile, health),
        mounts=tuple(Evidence(path=dockerfile.path, line=i.line) for i in mounts),
    )


def _script(repo: RepositorySnapshot, dockerfile: RepoPath, entrypoint: str) -> RepoPath | None:
    """The file of that name: beside the Dockerfile, or the only one."""
    found = next((match for one in _SCRIPTS if (match := one.search(entrypoint)) is not None), None)
    if found is None:
        return None
    folder = dockerfile.rpartition("/")[0]
    beside = f"{folder}/{found[1]}" if folder else found[1]
    named = [path for path in repo.files if path.rpartition("/")[2] == found[1]]
    return beside if beside in named else named[0] if len(named) == 1 else None


def _sets(repo: RepositorySnapshot, script: RepoPath) -> Iterator[Evidence]:
    for number, line in enumerate((repo.text(script) or "").split("\n"), 1):
        if _SETS.search(line) and not line.lstrip().startswith("#"):
            yield Evidence(path=script, line=number, note=shown_line(line))


def _runs(repo: RepositorySnapshot, script: RepoPath) -> Iterator[Evidence]:
    for number, line in enumerate((repo.text(script) or "").split("\n"), 1):
        for match in _RUNS.finditer(line) if not line.lstrip().startswith("#") else ():
            yield Evidence(path=script, line=number, note=match[1])


def _place(dockerfile: Dockerfile, instruction: Instruction | None) -> Evidence | None:
    if instruction is None:
        return None
    return Evidence(path=dockerfile.path, line=instruction.line, note=shown_line(instruction.value))
