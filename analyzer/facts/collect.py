"""All facts about a repository, in the order in which they depend on each other."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from analyzer.facts.code_traces import code_traces
from analyzer.facts.code_uses import code_uses
from analyzer.facts.committed_packages import committed_packages
from analyzer.facts.committed_secrets import committed_secrets, secrets_of_settings
from analyzer.facts.dependencies.collect import collect_dependencies
from analyzer.facts.django.answers import SettingsView
from analyzer.facts.django.collect import django_facts
from analyzer.facts.django.connections import connections
from analyzer.facts.django.evaluation import EvaluatedSettings, Program, evaluate_settings
from analyzer.facts.django.migrations import migration_facts
from analyzer.facts.django.missing_references import missing_references
from analyzer.facts.django.missing_static import missing_static
from analyzer.facts.django.module_names import import_roots
from analyzer.facts.django.project import LOOKED_FOR, find_project_directories
from analyzer.facts.django.settings_modules import (
    ChosenSettings,
    choose_settings,
    read_entry_point,
    settings_of_workers,
)
from analyzer.facts.django.switches import production_switch
from analyzer.facts.env_vars import collect_environment
from analyzer.facts.evaluator.environment import Assumption, Environment
from analyzer.facts.evaluator.values import Namespace, unresolved
from analyzer.facts.existing.apt_packages import Packages, declared_packages
from analyzer.facts.existing.built_dockerfile import built_dockerfile
from analyzer.facts.existing.declaration import Assigned
from analyzer.facts.existing.declarations import read_declarations
from analyzer.facts.existing.placed_files import placed_files
from analyzer.facts.existing.service_images import service_images
from analyzer.facts.existing.settings_choice import declared_settings_modules, environment_values
from analyzer.facts.existing.spec_details import existing_spec
from analyzer.facts.frontend.collect import collect_frontend
from analyzer.facts.git_remote import git_remote
from analyzer.facts.ignored_files import ignored_files
from analyzer.facts.large_files import large_files
from analyzer.facts.needed_groups import needed_groups
from analyzer.facts.private_keys import private_keys
from analyzer.facts.processes import collect_processes
from analyzer.facts.schedules import collect_schedules
from analyzer.facts.server_settings import server_settings
from analyzer.facts.submodules import absent_submodules
from analyzer.facts.system_packages.collect import on_each_python, system_packages
from analyzer.facts.task_queue.celery_app import candidate_files
from analyzer.facts.task_queue.collect import collect_task_queue
from analyzer.facts.task_queue.connections import celery_connections
from analyzer.facts.url_configuration import collect_urls
from analyzer.model.connections import SettingText
from analyzer.model.evidence import Answer, Evidence, Fact, RepoPath, Unresolved
from analyzer.model.facts import (
    Dependency,
    DependencyFacts,
    NoDjangoProject,
    Process,
    ProjectDirectory,
    ProjectFacts,
    RepositoryFacts,
)
from analyzer.snapshot.repository import RepositorySnapshot


def collect_facts(
    repo: RepositorySnapshot, root_dir: RepoPath | None = None, settings_module: str | None = None
) -> ProjectFacts | NoDjangoProject:
    """Observe everything about the Django project of a repository.

    Args:
        root_dir: the folder of the project where the repository has several; None takes the best candidate.
        settings_module: the production settings module where the user names it.
    """
    candidates = find_project_directories(repo)
    project = next((c for c in candidates if root_dir in (None, c.path)), None)
    python_files = sum(path.endswith(".py") for path in repo.files)
    if project is None:
        return NoDjangoProject(
            looked_for=LOOKED_FOR,
            hints=tuple(c.evidence for c in candidates),
            files=len(repo.files),
            python_files=python_files,
            skipped=repo.skipped,
        )
    keys = private_keys(repo)
    repository = RepositoryFacts(
        django_dir=project.path,
        candidates=candidates,
        files=len(repo.files),
        python_files=python_files,
        skipped=repo.skipped,
        paths=repo.files,
        committed_packages=committed_packages(repo),
        large_files=large_files(repo),
        private_keys=keys,
        secrets=committed_secrets(repo, project.path, keys),
        absent_submodules=absent_submodules(repo),
        ignored_files=ignored_files(repo),
    )
    return _collect(repo, project, repository, settings_module)


def _collect(
    repo: RepositorySnapshot,
    project: ProjectDirectory,
    repository: RepositoryFacts,
    settings_module: str | None,
    needed: Mapping[str, Evidence] = MappingProxyType({}),
) -> ProjectFacts:
    """
    Args:
        needed: groups of development that production turned out to need.
    """
    deployment = read_declarations(repo, project.path)
    dependencies = collect_dependencies(repo, project.path, needed)
    processes = collect_processes(deployment, frozenset(dependencies.install.scripts))
    placed = placed_files(repo, project.path)
    program = Program(
        repo=repo,
        roots=import_roots(repo, project.path),
        placed={one.place: one.origin for one in placed},
        distributions={d.name: _version(d) for d in dependencies.dependencies if d.group is None},
    )
    celery = _celery_entry(program)
    declared = declared_settings_modules(repo, deployment)
    chosen = choose_settings(program, project.manage_py, declared, celery, settings_module)
    program = replace(program, written=chosen.written)
    values = environment_values(repo, project.path, deployment)
    view = _evaluate(program, project, chosen, values)
    if not needed and (groups := needed_groups(program, project.path, view, dependencies)):
        return _collect(repo, project, repository, settings_module, groups)
    apt = declared_packages(repo, project.path)
    plain = ProjectFacts(
        repository=repository,
        dependencies=dependencies,
        processes=processes,
        services=service_images(repo, project.path),
        existing_spec=existing_spec(repo, project.path),
        git=git_remote(repo),
        server_settings=server_settings(repo, project.path, processes),
        code_uses=code_uses(repo, project.path, dependencies),
        code_traces=code_traces(repo, project.path),
        placed_files=placed,
        dockerfile=built_dockerfile(repo, project.path),
        **_by_settings(program, project, chosen, view, dependencies, processes, apt, values, None),
    )
    deployed = None
    if (switch := production_switch(program, view)) is not None:
        switched = replace(program, written={**chosen.written, switch.variable: switch.text})
        view = _evaluate(switched, project, chosen, values)
        deployed = replace(
            plain, **_by_settings(switched, project, chosen, view, dependencies, processes, apt, values, switch)
        )
    return _with_skipped(replace(plain, deployed=None if deployed is None else _with_skipped(deployed, repo)), repo)


def _by_settings(
    program: Program,
    project: ProjectDirectory,
    chosen: ChosenSettings,
    view: SettingsView,
    dependencies: DependencyFacts,
    processes: tuple[Process, ...],
    apt: Packages,
    values: Mapping[str, Assigned],
    switch: SettingText | None,
) -> dict[str, Any]:
    """The fields of ProjectFacts that the settings decide."""
    repo = program.repo
    switched = {} if switch is None else {switch.variable: switch.text}
    django = django_facts(program, view, chosen, dependencies, project.manage_py, switch)
    workers = settings_of_workers(chosen, program)
    queue_program = replace(program, written={**workers.written, **switched})
    queue_view = view if workers is chosen else _evaluate(queue_program, project, workers, values)
    task_queue, application = collect_task_queue(queue_program, queue_view, django, dependencies, processes)
    others = [application.interpreter.environment] if application is not None else []
    addresses = connections(view)
    if application is not None:
        addresses = (*addresses, *celery_connections(application, queue_view))
    build, run = system_packages(dependencies, django, apt)
    return {
        "django": django,
        "task_queue": task_queue,
        "environment": collect_environment(repo, project.path, view, others),
        "frontend": collect_frontend(repo, project.path, dependencies, django),
        "build_packages": build,
        "run_packages": run,
        "connections": addresses,
        "urls": collect_urls(program, django),
        "schedules": collect_schedules(repo, project.path, view),
        "on_python": on_each_python(dependencies, django, apt),
        "migrations": migration_facts(program, django, project.path),
        "missing_references": missing_references(program, django),
        "missing_static": missing_static(repo, project.path, django),
    }


def _with_skipped(facts: ProjectFacts, repo: RepositorySnapshot) -> ProjectFacts:
    """With the files that turned out unreadable, what was beyond a limit, and the secrets of the settings."""
    secrets = (*facts.repository.secrets, *secrets_of_settings(facts.django.settings))
    return replace(facts, repository=replace(facts.repository, skipped=repo.skipped, secrets=secrets))


def _version(dependency: Dependency) -> str:
    """The locked or pinned version, "" for a range."""
    if dependency.locked is not None:
        return dependency.locked
    return dependency.specifier.removeprefix("==") if dependency.specifier.startswith("==") else ""


def _celery_entry(program: Program) -> Answer[str | None]:
    """The settings module that the module of the Celery application chooses."""
    files = candidate_files(program.repo, program.roots)
    if not files:
        where = program.repo.named("manage.py") or program.repo.files[:1]
        return Fact(value=None, evidence=(Evidence(path=where[0], note="no Celery application"),))
    return read_entry_point(program, files[0], "celery_application").module


def _evaluate(
    program: Program, project: ProjectDirectory, chosen: ChosenSettings, values: Mapping[str, Assigned]
) -> SettingsView:
    production = chosen.modules.production
    if chosen.path is None or not isinstance(production, Fact) or production.value is None:
        reason = production.reason if isinstance(production, Unresolved) else "the settings module is not in the tree"
        nothing = _no_settings(program, project, reason)
        return SettingsView(bare=nothing, example=nothing, configured=nothing)
    module, path = production.value, chosen.path
    bare = evaluate_settings(program, module, path)
    given = {n: v for n in bare.environment.required if n in values and (v := values[n].value) is not None}
    example = evaluate_settings(program, module, path, given=given) if given else bare
    return SettingsView(
        bare=bare, example=example, configured=evaluate_settings(program, module, path, configured=True)
    )


def _no_settings(program: Program, project: ProjectDirectory, reason: str) -> EvaluatedSettings:
    """The settings of a project whose production module is not in the tree: nothing is known, nothing is a default."""
    namespace = Namespace()
    namespace.values["__incomplete__"] = unresolved(reason)
    environment = Environment(Assumption())
    return EvaluatedSettings(
        module="",
        path=project.manage_py,
        namespace=namespace,
        environment=environment,
        interpreter=program.interpreter(environment),
        files=(),
    )
