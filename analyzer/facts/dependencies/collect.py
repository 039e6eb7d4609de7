"""How Python and the packages are asked for, all manifests of the project together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType

from analyzer.facts.dependencies.activation import Activation
from analyzer.facts.dependencies.conda import read_environment
from analyzer.facts.dependencies.declared import Declared, combine, declare
from analyzer.facts.dependencies.install import Installed, install_facts
from analyzer.facts.dependencies.install_evidence import Found, Weight, find_installs
from analyzer.facts.dependencies.lock_readers import read_lock
from analyzer.facts.dependencies.lockfiles import apply_lock
from analyzer.facts.dependencies.manifests import LOCKS, Manifests, home_manifests, manifests_in
from analyzer.facts.dependencies.names import group_of, is_installer
from analyzer.facts.dependencies.pipfile import read_pipfile
from analyzer.facts.dependencies.production_files import installed_files
from analyzer.facts.dependencies.pyproject import project_name, read_pyproject, with_configuration
from analyzer.facts.dependencies.requirement_lines import Wanted, parse_requirement
from analyzer.facts.dependencies.requirements_txt import RequirementsReader
from analyzer.facts.dependencies.setup_files import read_setup_files
from analyzer.facts.dependencies.urls import is_default_index, without_credentials
from analyzer.facts.package_manager import PackageManager, decide_package_manager
from analyzer.facts.python_version import read_requested_python
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath
from analyzer.model.facts import Dependency, DependencyFacts, PackageIndex
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import basename, join
from analyzer.snapshot.repository import RepositorySnapshot

MAX_DEPENDENCIES = 5_000
"""The most of any public repository that was tried are 610."""
MAX_LOCAL_PROJECTS = 20
"""Folders installed as packages (`-e ./lib`) whose own requirements are followed."""


def collect_dependencies(
    repo: RepositorySnapshot, django_dir: RepoPath, needed: Mapping[str, Evidence] = MappingProxyType({})
) -> DependencyFacts:
    """Python version, package manager and requirements of the Django project in `django_dir`.

    Args:
        needed: groups and extras (canonical names) that production installs, whatever they are for by their names.
    """
    candidates = home_manifests(repo, django_dir)
    installs = find_installs(repo, django_dir)
    looked_at = _looked_at(repo, django_dir)
    home = candidates[0] if candidates else Manifests(directory=django_dir)
    collector = _Collector(repo=repo, home=home, installs=installs, needed=frozenset(needed))
    manager = decide_package_manager(repo, home, installs, collector.closure)
    if not home.all:
        manager = replace(manager, evidence=looked_at)
    declared, installed = collector.collect(manager)
    python = read_requested_python(repo, django_dir, looked_at)
    return DependencyFacts(
        python_version=python.version,
        python_source=python.source,
        python_declared=python.declared,
        package_manager=Fact(value=manager.name, evidence=(manager.evidence,), certainty=manager.certainty),
        package_managers_found=manager.found,
        files=_files(installed.declared.files, manager.evidence),
        dependencies=_bounded(repo, declared.dependencies),
        indexes=_indexes(declared),
        django_version=_django(declared.dependencies, manager.evidence),
        install=replace(install_facts(repo, installed, django_dir), needed=dict(needed)),
        problems=tuple(sorted(declared.problems, key=lambda evidence: (evidence.path, evidence.line))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Collector:
    repo: RepositorySnapshot
    home: Manifests
    installs: tuple[Found, ...]
    needed: frozenset[str] = frozenset()
    closures: dict[RepoPath, Declared] = field(default_factory=dict)

    def closure(self, path: RepoPath) -> Declared:
        """What a requirements file asks for, read apart from everything else."""
        if path not in self.closures:
            self.closures[path] = self._reader().read(path, None)
        return self.closures[path]

    def collect(self, manager: PackageManager) -> tuple[Declared, Installed]:
        """-> (all requirements, those that the manager installs for production)."""
        reader = self._reader()
        activation = self._activation()
        parts = [self._of_manager(manager.name, activation, reader)]
        if not parts[0].dependencies and manager.name != "pip":
            parts.append(self._of_manager("pip", activation, reader))
        parts += self._local_projects(manager.name, parts, activation, reader)
        production = combine(parts)
        parts.append(self._named_on_commands(production.names))
        if manager.name == "pip":
            parts += self._development(reader, production.files)
        found = combine(parts)
        files = installed_files(self.home, self.installs, self.closure) if manager.name == "pip" else ()
        installed = Installed(
            manager=manager.name,
            home=self.home,
            activation=activation,
            declared=production,
            requirements=self._given(files),
            constraints=tuple(dict.fromkeys(self._constraints())) if manager.name == "pip" else (),
        )
        return replace(found, dependencies=_with_pins(found)), installed

    def _given(self, files: tuple[RepoPath, ...]) -> tuple[RepoPath, ...]:
        """Those of the files that no other one of them includes."""
        included = {path for file in files for path in self.closure(file).files if path != file}
        return tuple(path for path in files if path not in included)

    def _constraints(self) -> Iterator[RepoPath]:
        return (path for item in self._commands() for path in item.constraints)

    def _reader(self) -> RequirementsReader:
        repo = self.repo
        return RequirementsReader(
            repo=repo, working_directory=self.home.directory, project_name=lambda folder: project_name(repo, folder)
        )

    def _of_manager(self, manager: str | None, activation: Activation, reader: RequirementsReader) -> Declared:
        home, repo = self.home, self.repo
        match manager:
            case "pip":
                files = installed_files(home, self.installs, self.closure)
                limited = map(reader.read_constraints, self._constraints())
                found = combine([*(reader.read(path, None) for path in files), *limited])
                lock = home.pylock if not files else None
                if not files and lock is None and home.pyproject is not None:  # `pip install --group web`
                    found = read_pyproject(repo, home.pyproject, activation, reader)
            case "pipenv":
                found = read_pipfile(repo, home.pipfile, activation, reader) if home.pipfile else Declared()
                lock = self._lock(manager)
            case "conda":
                found = read_environment(repo, home.conda, reader) if home.conda else Declared()
                lock = None
            case "setuptools":
                found, lock = read_setup_files(repo, home, activation, reader), None
            case None:
                return Declared()
            case _:
                found = read_pyproject(repo, home.pyproject, activation, reader) if home.pyproject else Declared()
                lock = self._lock(manager)
        locked = read_lock(repo, lock, activation) if lock else None
        return apply_lock(found, locked, activation) if locked else found

    def _lock(self, manager: str) -> RepoPath | None:
        return next((path for path in self.home.locks if LOCKS[basename(path)] == manager), None)

    def _activation(self) -> Activation:
        """The extras and groups of production's commands, and what the project's own file makes of them."""
        used = [item.install.activation for item in self._commands()]
        needed = Activation(extras=self.needed, groups=self.needed)
        return with_configuration(self.repo, self.home.pyproject, Activation.of_all([*used, needed]))

    def _commands(self) -> tuple[Found, ...]:
        """The install commands of the file that builds production: the first that installs what the project asks for,
        else the first that installs anything."""
        weighty = [item for item in self.installs if item.weight >= Weight.IMAGE]
        paths = [item.evidence.path for item in weighty if item.installs_project] or [i.evidence.path for i in weighty]
        return tuple(item for item in weighty if item.evidence.path == paths[0])

    def _local_projects(
        self, manager: str | None, parts: Iterable[Declared], activation: Activation, reader: RequirementsReader
    ) -> list[Declared]:
        """The requirements of folders that requirements files or commands install as packages."""
        pending = [(project.directory, project.extras, project.group) for part in parts for project in part.projects]
        if manager == "pip":
            pending += [(folder, (), None) for folder in self._projects_on_commands()]
        found: list[Declared] = []
        seen: set[RepoPath] = set()
        while pending and len(seen) < MAX_LOCAL_PROJECTS:
            folder, extras, group = pending.pop(0)
            if folder in seen:
                continue
            seen.add(folder)
            manifests = manifests_in(self.repo, folder)
            active = replace(activation, extras=activation.extras | set(extras))
            active = with_configuration(self.repo, manifests.pyproject, active)
            own = read_setup_files(self.repo, manifests, active, reader)
            if group is not None:
                own = replace(own, dependencies=tuple(replace(d, group=d.group or group) for d in own.dependencies))
            pending += [(project.directory, project.extras, project.group) for project in own.projects]
            found.append(own)
        return found

    def _projects_on_commands(self) -> list[RepoPath]:
        named = {path.split("[")[0] for item in self._commands() for path in item.install.projects}
        folders = [join(self.home.directory, name) for name in sorted(named) if not name.startswith("/")]
        return [folder for folder in folders if folder is not None and self.repo.is_dir(folder)]

    def _named_on_commands(self, known: frozenset[str]) -> Declared:
        """Packages that a production image installs by name, tools of its build stages left out."""
        found: dict[str, Declared] = {}
        for item in self._commands():
            if not (item.final or item.requirements):
                continue
            for text in item.install.packages:
                wanted = parse_requirement(text)
                name = wanted.name if isinstance(wanted, Wanted) else None
                if name is not None and not is_installer(name) and name not in known:
                    evidence = replace(item.evidence, note=f"installed by name: {without_credentials(text)}")
                    found.setdefault(name, declare(wanted, None, evidence))
        return combine(found.values())

    def _development(self, reader: RequirementsReader, known: tuple[RepoPath, ...]) -> list[Declared]:
        """What requirements files ask for that production reads neither as requirements nor as constraints."""
        return [reader.read(path, group_of(path)) for path in self.home.requirements if path not in known]


def _with_pins(declared: Declared) -> tuple[Dependency, ...]:
    """Requirements with the versions that constraints files fix for them."""
    pins = dict(declared.pins)
    return tuple(
        replace(item, locked=pins[item.name]) if item.locked is None and item.name in pins else item
        for item in declared.dependencies
    )


def _files(paths: tuple[RepoPath, ...], otherwise: Evidence) -> Answer[tuple[RepoPath, ...]]:
    evidence = tuple(Evidence(path=path, note="read by a production install") for path in paths) or (otherwise,)
    return Fact(value=paths, evidence=evidence, certainty=Certainty.LIKELY)


def _django(dependencies: Iterable[Dependency], otherwise: Evidence) -> Answer[str | None]:
    """The locked version, else the pinned one, else the specifier ("" for any), of Django as production installs it."""
    found = [item for item in dependencies if item.name == "django"]
    if not found:
        return Fact(value=None, evidence=(otherwise,), certainty=Certainty.LIKELY)
    chosen = min(found, key=lambda item: (item.group is not None, item.locked is None, not _pinned(item), _order(item)))
    value = chosen.locked or _pinned(chosen) or chosen.specifier
    return Fact(value=value, evidence=(chosen.evidence,))


def _pinned(item: Dependency) -> str | None:
    return Wanted(name=item.name, specifier=item.specifier).pinned


def _bounded(repo: RepositorySnapshot, dependencies: tuple[Dependency, ...]) -> tuple[Dependency, ...]:
    """The dependencies in order; of far too many, the first ones, those of production before others."""
    if len(dependencies) > MAX_DEPENDENCIES:
        for path in sorted({item.evidence.path for item in dependencies[MAX_DEPENDENCIES:]})[:1]:
            repo.leave_out(path, f"dependencies beyond the first {MAX_DEPENDENCIES:,}")
    return tuple(sorted(dependencies[:MAX_DEPENDENCIES], key=_order))


def _order(item: Dependency) -> tuple[str, bool, str, str, int, str]:
    evidence = item.evidence
    return item.name, item.group is not None, item.group or "", evidence.path, evidence.line, item.specifier


def _indexes(declared: Declared) -> tuple[PackageIndex, ...]:
    """Every index but the public one, each once: a lock file repeats those of its manifest."""
    found: dict[str, PackageIndex] = {}
    for index in declared.indexes:
        if not is_default_index(index.url):
            found.setdefault(index.url.rstrip("/"), index)
    return tuple(sorted(found.values(), key=_place))


def _place(index: PackageIndex) -> tuple[str, int, str]:
    return index.evidence.path, index.evidence.line, index.url


def _looked_at(repo: RepositorySnapshot, django_dir: RepoPath) -> Evidence:
    """A file to show where nothing was found: manage.py, or the first file of the repository."""
    manage = join(django_dir, "manage.py") or "manage.py"
    path = manage if repo.is_file(manage) else next(iter(repo.files), ".")
    return Evidence(path=path, note="no file beside or above it asks for packages")
