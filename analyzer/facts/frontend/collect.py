"""The JavaScript build of a repository: which package.json matters, what it builds, where the output goes."""

from analyzer.facts.frontend.builds import Build, find_build
from analyzer.facts.frontend.image_builds import image_scripts
from analyzer.facts.frontend.installation import installation, installs_with_source
from analyzer.facts.frontend.locked import locked_versions
from analyzer.facts.frontend.managers import package_manager
from analyzer.facts.frontend.manifests import find_manifests
from analyzer.facts.frontend.outputs import has_pages, output_dir
from analyzer.facts.frontend.served import django_folders, integration, is_served, static_directories
from analyzer.facts.frontend.tables import javascript
from analyzer.model.evidence import Answer, Certainty, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import DependencyFacts, DjangoFacts, FrontendFacts
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.paths import join, parent
from analyzer.snapshot.repository import RepositorySnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A package.json with its build; `served` says that Django serves the output."""

    build: Build
    manager: Fact[str]
    output: Answer[str | None]
    served: bool
    site: bool


def collect_frontend(
    repo: RepositorySnapshot, django_dir: RepoPath, dependencies: DependencyFacts, django: DjangoFacts
) -> FrontendFacts:
    """The package.json that matters and what its build does.

    One that builds goes before one that does not, one whose output Django serves before a site of its own, the one
    nearest to manage.py before the others.
    """
    folders = django_folders(django)
    in_images = image_scripts(repo, django_dir)
    found: list[_Candidate] = []

    def served(path: RepoPath) -> bool:
        return is_served(path, folders, django_dir)

    for manifest in find_manifests(repo, django_dir):
        manager = package_manager(manifest)
        build = find_build(manifest, manager.value, in_images)
        output = output_dir(build, served)
        site = _is_site(build)
        if site and isinstance(output, Fact) and _holds(output.value, django_dir):
            # The folder above several sites, one of whose neighbours is the Django project: it serves none of them.
            output = Unresolved(reason="the build makes several sites", evidence=output.evidence)
        in_django = isinstance(output, Fact) and output.value is not None and served(output.value)
        joined = in_django or (not site and integration(dependencies, manifest.packages))
        found.append(_Candidate(build=build, manager=manager, output=output, served=joined, site=site))
    if not found:
        return _without_package_json(django_dir, dependencies, django)
    chosen = min(found, key=lambda c: (not c.build.builds, isinstance(c.build.command, Unresolved), not c.served))
    return _facts(repo, django_dir, chosen, found)


def _facts(
    repo: RepositorySnapshot, django_dir: RepoPath, chosen: _Candidate, found: list[_Candidate]
) -> FrontendFacts:
    build = chosen.build
    installed = installation(repo, build.manifest, chosen.manager.value, build.bundlers, django_dir)
    others = [c.build.manifest.path for c in found if c is not chosen and c.build.builds]
    note = f"others that build: {', '.join(others[:5])}" if others else ""
    if not build.builds:
        note = "builds nothing: it is for tools or for packages alone"
    return FrontendFacts(
        package_json=Fact(
            value=build.manifest.path,
            evidence=(build.manifest.evidence(note=note),),
            certainty=Certainty.LIKELY if others else Certainty.CERTAIN,
        ),
        build_command=build.command,
        output_dir=chosen.output,
        package_manager=chosen.manager,
        bundlers=build.bundlers if build.builds else (),
        separate_site=build.builds and chosen.site and not chosen.served,
        install_files=installed.files,
        install_directory=installed.directory,
        install_reads_source=installs_with_source(build.manifest),
        lock=installed.lock,
        manager_version=installed.manager_version,
        node_version=installed.node_version,
        packages=build.manifest.ranges,
        locked=locked_versions(repo, installed.lock, build.manifest.packages),
        scans=installed.scans,
    )


def _holds(folder: RepoPath | None, inner: RepoPath) -> bool:
    return folder is not None and inner.startswith(f"{folder}/")


def _is_site(build: Build) -> bool:
    """Whether the build makes pages: a framework's build, or a bundler's that starts from a page."""
    rows = [row for step in build.steps if (row := step.bundler) is not None and not row.assistant]
    if any(row.site for row in rows):
        return True
    folders = {step.folder for step in build.steps if step.bundler is not None}
    return any(row.page for row in rows) and has_pages(build.manifest.repo, sorted(folders)) is not None


def _without_package_json(django_dir: RepoPath, dependencies: DependencyFacts, django: DjangoFacts) -> FrontendFacts:
    evidence = Evidence(path=join(django_dir, "manage.py") or ".", note="no package.json")
    nothing: Fact[None] = Fact(value=None, evidence=(evidence,))
    for row in javascript()["python_builder"]:
        requirement = dependencies.get(row["package"])
        if requirement is None or requirement.group is not None:
            continue
        required = (requirement.evidence,)
        return FrontendFacts(
            package_json=nothing,
            build_command=Fact(
                value=f"python manage.py {row['command']}", evidence=required, certainty=Certainty.LIKELY
            ),
            output_dir=_python_output(row["setting"], row["default"], django, requirement.evidence),
            package_manager=nothing,
            bundlers=(row["bundler"],),
        )
    return FrontendFacts(package_json=nothing, build_command=nothing, output_dir=nothing, package_manager=nothing)


def _python_output(name: str, default: str, django: DjangoFacts, evidence: Evidence) -> Answer[str | None]:
    """The folder of a file in the first folder of STATICFILES_DIRS."""
    setting = django.settings.get(name)
    file = default if setting is None else setting.configured
    first = next(iter(static_directories(django)), None)
    path = join(first, file) if first is not None and isinstance(file, str) else None
    if path is None:
        reason = "the output goes to the first folder of STATICFILES_DIRS, which is not known"
        return Unresolved(reason=reason, evidence=(evidence,))
    return Fact(value=parent(path), evidence=django.settings["STATICFILES_DIRS"].evidence, certainty=Certainty.LIKELY)
