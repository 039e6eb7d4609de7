"""Install commands that the repository's own Dockerfiles, platform files, scripts and CI run."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache

from analyzer.facts.commands.variables import substitute
from analyzer.facts.dependencies.container_paths import ContainerPaths
from analyzer.facts.dependencies.install_commands import Install, install_commands
from analyzer.facts.dependencies.manifests import folders_upward, manifests_in
from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, Role, role_of
from analyzer.facts.existing.dockerfile import read_dockerfile
from analyzer.facts.existing.instructions import Instruction
from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename, join, parent
from analyzer.snapshot.repository import RepositorySnapshot
from analyzer.tables import load_table

MAX_SCRIPTS = 60
"""Scripts and workflow files that are read, shallowest first."""
MAX_DOCKERFILES = 1_000

DOCKERFILE_NAME = lazy_pattern(r"(?:.+\.)?(?:dockerfile|containerfile)(?:[._-].+)?$", re.IGNORECASE)
_SCRIPT = lazy_pattern(r".*\.sh$|bin/[a-z_]+$|Makefile$|.*\.bash$")
_RUN = lazy_pattern(r"\s*RUN\s+", re.IGNORECASE)
_YAML_KEY = lazy_pattern(r"^\s*(?:-\s+)?(?:[\w.-]+\s*:\s*)?(?:[|>][+-]?\s*$)?")


@cache
def _tables() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return {
        name: {key: tuple(words) for key, words in entry.items()}
        for name, entry in load_table("analyzer.facts.dependencies", "installing_files").items()
    }


def _is_platform(path: RepoPath) -> bool:
    return basename(path) in _tables()["platform"]["names"]


def _is_ci(path: RepoPath) -> bool:
    ci = _tables()["ci"]
    return path in ci["paths"] or (path.startswith(ci["folders"]) and path.endswith((".yml", ".yaml")))


class Weight(IntEnum):
    """How much an install command says about production."""

    DEVELOPMENT = 0
    CI = 1
    SCRIPT = 2
    IMAGE = 3
    PRODUCTION = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An install command and where it stands; `requirements` and `constraints` are files of the repository."""

    install: Install
    weight: Weight
    evidence: Evidence
    requirements: tuple[RepoPath, ...] = ()
    constraints: tuple[RepoPath, ...] = ()
    final: bool = True
    """False for a build stage of a Dockerfile, whose other packages may only be tools."""

    @property
    def installs_project(self) -> bool:
        """Whether it installs what files of the project ask for, not only packages by name."""
        install = self.install
        return install.manager != "pip" or bool(self.requirements or install.projects or install.activation.groups)


def find_installs(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[Found, ...]:
    """Every install command about the Django project, the weightiest and then the nearest first."""
    folders = folders_upward(django_dir)
    found = [item for path in _dockerfiles(repo, folders) for item in _of_dockerfile(repo, path, folders)]
    found += [item for path in _scripts(repo) for item in _of_script(repo, path, folders)]
    return tuple(sorted(found, key=lambda item: (-item.weight, *nearness(item.evidence.path, folders))))


def nearness(path: RepoPath, folders: tuple[RepoPath, ...]) -> tuple[bool, int]:
    """Orders files: those on the way from manage.py to the root (`folders`) first, then the shallowest."""
    return parent(path) not in folders, path.count("/")


def dockerfiles(repo: RepositorySnapshot) -> tuple[RepoPath, ...]:
    """The Dockerfiles by their names, shallowest first."""
    found = sorted(repo.matching(DOCKERFILE_NAME.match), key=lambda path: (path.count("/"), path))
    if len(found) > MAX_DOCKERFILES:
        repo.leave_out(".", f"Dockerfiles beyond the first {MAX_DOCKERFILES:,}")
    return tuple(found[:MAX_DOCKERFILES])


def weight_of(name: str, usual: Weight) -> Weight:
    """`usual`, unless a name (of a file and its folders, of a build stage) says production or development."""
    role = role_of(name)
    if role in DEVELOPMENT_ROLES:
        return Weight.DEVELOPMENT
    return Weight.PRODUCTION if role is Role.PRODUCTION else usual


def about_project(repo: RepositorySnapshot, path: RepoPath, folders: tuple[RepoPath, ...]) -> bool:
    """Whether the file at `path` builds the project rather than a neighbour that has its own requirements.

    Copies of the project's requirements, and links to them, are not a neighbour's own.
    """
    folder = parent(path)  # all files of it share the answer
    return repo.once("\n".join(("about", *folders)), folder, lambda: _folder_about_project(repo, folder, folders))


def _folder_about_project(repo: RepositorySnapshot, of: RepoPath, folders: tuple[RepoPath, ...]) -> bool:
    for folder in folders_upward(of):
        if folder in folders:
            return True
        if theirs := manifests_in(repo, folder).all:
            ours = {repo.read(known) for above in folders for known in manifests_in(repo, above).all}
            return all(repo.read(found) in ours for found in theirs)
    return True


def _dockerfiles(repo: RepositorySnapshot, folders: tuple[RepoPath, ...]) -> tuple[RepoPath, ...]:
    return tuple(path for path in dockerfiles(repo) if about_project(repo, path, folders))


def _of_dockerfile(repo: RepositorySnapshot, path: RepoPath, folders: tuple[RepoPath, ...]) -> Iterator[Found]:
    dockerfile = read_dockerfile(repo, path)
    if dockerfile is None or not dockerfile.stages:
        return
    by_path = weight_of(path, Weight.IMAGE)
    paths = ContainerPaths(repo=repo, dockerfile=dockerfile, contexts=tuple(dict.fromkeys((parent(path), *folders))))
    lines = (repo.text(path) or "").split("\n")
    final = frozenset(dockerfile.lineage(dockerfile.stages[-1].index))
    for instruction in dockerfile.instructions:
        if instruction.keyword != "RUN":
            continue
        weight = weight_of(dockerfile.stages[instruction.stage].name or "", by_path)
        start, script = _script(lines, instruction)
        for line, install in install_commands(substitute(script, dockerfile.variables(instruction.stage))):
            requirements = _present(paths.locate(name, instruction) for name in install.requirements)
            yield Found(
                install=install,
                weight=_weight_with_files(weight, install, requirements),
                evidence=Evidence(path=path, line=start + line - 1, note=_note(install)),
                requirements=requirements,
                constraints=_present(paths.locate(name, instruction) for name in install.constraints),
                final=instruction.stage in final,
            )


def _present(paths: Iterable[RepoPath | None]) -> tuple[RepoPath, ...]:
    return tuple(path for path in paths if path is not None)


def _script(lines: list[str], instruction: Instruction) -> tuple[int, str]:
    """-> (its first line in the file, what a shell would run), the lines kept apart as they are written."""
    if instruction.json_form:
        return instruction.line, " ".join(instruction.arguments or ())
    if instruction.heredocs and instruction.script != instruction.value:
        return instruction.end_line - instruction.script.count("\n") - 1, instruction.script
    first, *rest = lines[instruction.line - 1 : instruction.end_line]
    # A comment or an empty line does not end an instruction that goes on.
    rest = ["\\" if not line.strip() or line.lstrip().startswith("#") else line for line in rest]
    return instruction.line, "\n".join([_RUN.sub("", first), *rest])


def _scripts(repo: RepositorySnapshot) -> list[RepoPath]:
    named = [path for path in repo.files if _is_platform(path) or _is_ci(path) or _SCRIPT.match(path)]
    return sorted(named, key=lambda path: (path.count("/"), path))[:MAX_SCRIPTS]


def _of_script(repo: RepositorySnapshot, path: RepoPath, folders: tuple[RepoPath, ...]) -> Iterator[Found]:
    if not about_project(repo, path, folders):
        return
    usual = Weight.PRODUCTION if _is_platform(path) else Weight.CI if _is_ci(path) else Weight.SCRIPT
    weight = usual if usual is Weight.CI else weight_of(path, usual)
    text = repo.text(path) or ""
    shell = _SCRIPT.match(path) is not None and not path.endswith("Makefile")
    for start, part in [(1, text)] if shell else _lines(text):
        for line, install in install_commands(part):
            evidence = Evidence(path=path, line=start + line - 1, note=_note(install))
            yield _found(repo, folders, install, weight, evidence)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """-> (number, text) of the lines of a file that holds commands among other things, YAML keys removed."""
    pending, start = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        start = start or number
        if line.endswith("\\"):
            pending += line[:-1] + " "
            continue
        yield start, _YAML_KEY.sub("", pending + line, count=1)
        pending, start = "", 0


def _found(
    repo: RepositorySnapshot, folders: tuple[RepoPath, ...], install: Install, weight: Weight, evidence: Evidence
) -> Found:
    bases = tuple(dict.fromkeys((*reversed(folders), parent(evidence.path))))

    def located(names: Iterable[str]) -> tuple[RepoPath, ...]:
        return _present(next((p for base in bases if (p := join(base, n)) and repo.is_file(p)), None) for n in names)

    requirements = located(install.requirements)
    return Found(
        install=install,
        weight=_weight_with_files(weight, install, requirements),
        evidence=evidence,
        requirements=requirements,
        constraints=located(install.constraints),
    )


def _weight_with_files(weight: Weight, install: Install, requirements: tuple[RepoPath, ...]) -> Weight:
    """A command that takes development requirements makes a development installation, wherever it stands."""
    develops = install.development or any(role_of(path) in DEVELOPMENT_ROLES for path in requirements)
    return min(weight, Weight.CI if weight is Weight.CI else Weight.DEVELOPMENT) if develops else weight


def _note(install: Install) -> str:
    named = " ".join((*(f"-r {name}" for name in install.requirements), *install.projects))
    return f"installs with {install.manager}{f' {named}' if named else ''}"
