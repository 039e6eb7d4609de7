"""What every installer is given: the facts, the Python, the context; and the parts that their plans share."""

import shlex
from collections.abc import Iterable, Mapping

from packaging.specifiers import SpecifierSet

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import InstallFacts, ProjectFacts
from analyzer.model.plan import InstallPlan, PlanNote
from analyzer.model.quick_dataclass import dataclass
from analyzer.plan.image_places import in_image, relative
from analyzer.plan.python_table import order
from analyzer.plan.tables import table

VENV = "/opt/venv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An installation to plan."""

    facts: ProjectFacts
    python: str
    context: RepoPath
    buildkit: bool = False
    """Whether the builder keeps the folders of downloads."""

    @property
    def install(self) -> InstallFacts:
        """What the installer reads."""
        return self.facts.dependencies.install

    @property
    def directory(self) -> RepoPath:
        """The folder of the manifests, relative to the context."""
        return relative(self.install.directory, self.context)

    @property
    def directory_in_image(self) -> str:
        """The same, absolute in the image."""
        return in_image(self.install.directory, self.context)

    @property
    def needs_source(self) -> bool:
        """Whether the folder of the manifests, or one that holds it, is itself among the requirements."""
        return any(
            folder == "." or self.install.directory == folder or self.install.directory.startswith(f"{folder}/")
            for folder in self.install.local
        )

    @property
    def in_place(self) -> bool:
        """Whether the project is installed in place, as the build of a wheel would start programs that are not there.

        Its modules stay in the source, to which a node stage adds what such programs make.
        """
        package = self.install.package
        return package is not None and bool(package.starts) and not any(one.in_place for one in package.starts)

    @property
    def copies(self) -> tuple[RepoPath, ...]:
        """What the dependency layer needs, relative to the context."""
        return tuple(relative(path, self.context) for path in (*self.install.manifests, *self.install.local))

    @property
    def folders(self) -> tuple[RepoPath, ...]:
        """Those of `copies` that are folders."""
        files = set(self.facts.repository.paths)
        return tuple(relative(path, self.context) for path in self.install.local if path not in files)

    def relative(self, paths: Iterable[RepoPath]) -> list[RepoPath]:
        """Paths of the repository, relative to the context."""
        return [relative(path, self.context) for path in paths]

    def tool(self, name: str) -> tuple[str, ...]:
        """The pinned requirement of an installer that runs on this Python and that the project accepts, and what it
        needs beside itself."""
        accepted = self.install.required_version
        rows = [row for row in table("installers")["installer"] if row["name"] == name]
        fitting = [row for row in rows if order(row["python"]) <= order(self.python)] or rows[-1:]
        if accepted is not None and fitting[0]["version"] not in SpecifierSet(accepted):
            return (f"{name}{accepted}",)
        return (f"{name}=={fitting[0]['version']}", *fitting[0].get("with", ()))

    def pip(self, *arguments: str) -> str:
        """The command `pip install`, which keeps its downloads where the builder does."""
        return words("pip", "install", *(() if self.buildkit else ("--no-cache-dir",)), *arguments)

    def plan(
        self,
        manager: str,
        commands: Iterable[str],
        *,
        by: str | None = None,
        tools: Iterable[str] = (),
        environment: Mapping[str, str] | None = None,
        project_commands: Iterable[str] = (),
        unpinned: str = "",
    ) -> InstallPlan:
        """The plan, with what follows from the facts whatever the manager.

        Args:
            by: the program that installs, where it is not called as the manager.
            unpinned: why the last command names packages without versions.
        """
        after = tuple(project_commands)
        package = self.install.package
        caches = table("installers")["caches"]
        cache = caches[by or manager]
        variables = dict(environment or {})
        if not self.buildkit:
            variables |= cache.get("variables", {})
            commands = [f"{c} && rm -rf {cache['remove']}" if "remove" in cache else c for c in commands]
        if package is not None and package.version_variable is not None and (after or self.needs_source):
            variables[package.version_variable] = "0"
        copies = () if self.needs_source else self.copies
        return InstallPlan(
            manager=manager,
            tools=tuple(tools),
            copies=copies,
            environment=variables,
            folders=() if self.needs_source else self.folders,
            commands=tuple(commands),
            unpinned=unpinned,
            project_commands=after,
            needs_source=self.needs_source,
            caches=(cache["folder"],) if self.buildkit else (),
            pip_caches=(caches["pip"]["folder"],) if self.buildkit else (),
            pip=manager != "uv",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A plan of an installation, the rule that led to it, and what it cannot carry over."""

    plan: InstallPlan
    rule: str
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[PlanNote, ...] = ()


def words(*parts: str) -> str:
    """A command line of words, each quoted where the shell needs it."""
    return shlex.join(part for part in parts if part)


_RANGE = "; where it finds no versions for the oldest Python that the file allows, raise that first"


def without_lock(request: Request, manager: str) -> PlanNote:
    """Every build then resolves anew, and two images of one commit differ."""
    where = request.install.manifests[0] if request.install.manifests else request.install.directory
    return PlanNote(
        code="no-lock-file",
        message=f"{where} has no lock file, so each build takes the newest versions that it allows",
        evidence=(Evidence(path=where, note="no lock file beside it"),),
        remedy=f"commit the lock file that `{manager} lock` writes{_RANGE if where.endswith('pyproject.toml') else ''}",
    )


def options(option: str, values: Iterable[str]) -> list[str]:
    """`--option value` for each value."""
    return [word for value in values for word in (option, value)]
