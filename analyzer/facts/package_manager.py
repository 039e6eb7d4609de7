"""Which package manager installs the project, and which others have left files behind."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from analyzer.facts.dependencies.install_evidence import Found, Weight
from analyzer.facts.dependencies.manifests import LOCKS, Manifests, role_in
from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, Role, role_of
from analyzer.facts.dependencies.poetry import poetry_table
from analyzer.facts.dependencies.production_files import Closure, main_file, production_files
from analyzer.facts.dependencies.pyproject import declares_requirements
from analyzer.facts.dependencies.setup_files import declares_in_setup_files
from analyzer.facts.dependencies.tables import table
from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.documents import ParseFailure, read_toml
from analyzer.snapshot.paths import basename
from analyzer.snapshot.repository import RepositorySnapshot

_PROJECT_MANAGERS = ("uv", "poetry", "pdm", "pipenv")
_OWN_PYPROJECT = frozenset({"uv", "poetry", "pdm"})
_WITHOUT_LOCK = ("poetry", "uv", "pdm", "pipenv", "conda", "setuptools")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageManager:
    """The manager (None when there is none), the lines that say so, and every manager found, strongest first."""

    name: str | None
    evidence: Evidence
    certainty: Certainty
    found: tuple[str, ...]


def decide_package_manager(
    repo: RepositorySnapshot, manifests: Manifests, installs: Iterable[Found], closure: Closure
) -> PackageManager:
    """The manager of `manifests`, decided by the first of:

    1. what the production image or platform file runs (`uv sync`, `poetry install`, `pip install -r …`): it is what
       really happens; `pip install .` and `--group` say nothing, as every manager's pyproject.toml can be installed so;
    2. where a Procfile has a buildpack install: Pipfile.lock, then requirements.txt, whatever other locks there are
       (lib/package_manager.sh of Heroku's classic buildpack, which App Platform runs);
    3. a lock file; of several the one whose tool has a table in pyproject.toml, then the one that CI uses;
    4. requirements files named for production, `requirements.txt`, or base ones;
    5. a manifest without a lock: Poetry, uv, PDM, Pipenv, conda, then setuptools;
    6. any other requirements file, then dependency groups (PEP 735), which pip installs by name.
    """
    commands = tuple(installs)
    available = dict(_available(repo, manifests, closure))
    found = tuple(available)
    ran = _ran(commands, available, Weight.IMAGE)
    if ran is not None:
        return PackageManager(name=ran[0], evidence=ran[1], certainty=Certainty.CERTAIN, found=_first(ran[0], found))
    plain = main_file(manifests)
    if manifests.procfile is not None and plain is not None and "pipenv" not in _locked(manifests):
        evidence = Evidence(path=plain, note="requirements file that a buildpack installs for the Procfile")
        certainty = Certainty.CERTAIN if len(found) == 1 else Certainty.LIKELY
        return PackageManager(name="pip", evidence=evidence, certainty=certainty, found=_first("pip", found))
    locked = [name for name in found if name in _locked(manifests)]
    if len(locked) > 1:
        tooled = [name for name in locked if _has_table(repo, manifests, name)]
        used = _ran(commands, {name: available[name] for name in locked}, Weight.CI)
        chosen = tooled[0] if len(tooled) == 1 else used[0] if used else locked[0]
        evidence = used[1] if used and used[0] == chosen else available[chosen]
        return PackageManager(name=chosen, evidence=evidence, certainty=Certainty.LIKELY, found=_first(chosen, found))
    if not found:
        looked_at = manifests.all[0] if manifests.all else "."
        evidence = Evidence(path=looked_at, note="asks for no packages")
        return PackageManager(name=None, evidence=evidence, certainty=Certainty.LIKELY, found=())
    certainty = Certainty.CERTAIN if len(found) == 1 or locked else Certainty.LIKELY
    return PackageManager(name=found[0], evidence=available[found[0]], certainty=certainty, found=found)


def _locked(manifests: Manifests) -> frozenset[str]:
    """The managers whose lock files are there."""
    return frozenset(LOCKS[basename(path)] for path in manifests.locks)


def _first(name: str, found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((name, *found)))


def _available(repo: RepositorySnapshot, manifests: Manifests, closure: Closure) -> Iterator[tuple[str, Evidence]]:
    """The managers whose files are there, with the file, in the order of the rule above."""
    given: dict[str, Evidence] = {}
    for path in manifests.locks:
        given.setdefault(LOCKS[basename(path)], Evidence(path=path, note="lock file"))
    candidates = [p for p in manifests.requirements if role_in(manifests.directory, p) not in DEVELOPMENT_ROLES]
    usual = [p for p in candidates if role_in(manifests.directory, p) in (Role.PRODUCTION, Role.BASE)]
    if chosen := production_files(manifests.directory, usual, closure):
        given.setdefault("pip", Evidence(path=chosen[0], note="requirements file"))
    elif manifests.pylock is not None:
        given.setdefault("pip", Evidence(path=manifests.pylock, note="lock file of PEP 751"))
    for name in _WITHOUT_LOCK:
        if name == "setuptools" and given.keys() & _OWN_PYPROJECT:
            continue  # the same pyproject.toml, told twice
        if name not in given and (evidence := _manifest(repo, manifests, name)) is not None:
            given[name] = evidence
    if "pip" not in given and (rest := production_files(manifests.directory, candidates, closure)):
        given["pip"] = Evidence(path=rest[0], note="requirements file")
    if not given and (group := _group(repo, manifests)) is not None:
        given["pip"] = group
    yield from given.items()


def _manifest(repo: RepositorySnapshot, manifests: Manifests, name: str) -> Evidence | None:
    if name == "pipenv":
        return Evidence(path=manifests.pipfile, note="Pipfile without a lock file") if manifests.pipfile else None
    if name == "conda":
        return Evidence(path=manifests.conda, note="conda environment") if manifests.conda else None
    if name == "setuptools":
        return declares_in_setup_files(repo, manifests)
    document = read_toml(repo, manifests.pyproject) if manifests.pyproject else None
    if document is None or isinstance(document, ParseFailure):
        return None
    if name == "poetry":
        asks = bool({"dependencies", "group", "dev-dependencies"} & poetry_table(document).keys())
    else:
        asks = _has_table(repo, manifests, name) and declares_requirements(document)
    return Evidence(path=document.path, line=document.line_of("tool", name), note=f"[tool.{name}]") if asks else None


def _group(repo: RepositorySnapshot, manifests: Manifests) -> Evidence | None:
    """The first dependency group that is not one of development."""
    document = read_toml(repo, manifests.pyproject) if manifests.pyproject else None
    if document is None or isinstance(document, ParseFailure):
        return None
    names = [name for name in table(document.data.get("dependency-groups")) if role_of(name) not in DEVELOPMENT_ROLES]
    line = document.line_of("dependency-groups", *names[:1])
    return Evidence(path=document.path, line=line, note="dependency group") if names else None


def _has_table(repo: RepositorySnapshot, manifests: Manifests, name: str) -> bool:
    if name == "pipenv":
        return manifests.pipfile is not None
    document = read_toml(repo, manifests.pyproject) if manifests.pyproject else None
    return document is not None and not isinstance(document, ParseFailure) and name in table(document.data.get("tool"))


def _ran(commands: Iterable[Found], available: dict[str, Evidence], least: Weight) -> tuple[str, Evidence] | None:
    """The manager of the first file of commands, weightiest first, that names one whose files are there.

    In one file the manager of a project comes before pip, which then installs the manager or what it exported.
    """
    for (weight, _), group in groupby(commands, key=lambda item: (item.weight, item.evidence.path)):
        if weight < least:
            return None
        of_file = tuple(group)
        for name in (*_PROJECT_MANAGERS, "conda"):
            for item in of_file:
                if item.install.manager == name and name in available:
                    return name, item.evidence
        for item in of_file:
            if item.install.manager == "pip" and item.requirements:
                return "pip", item.evidence
    return None
