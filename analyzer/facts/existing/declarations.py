"""Everything that the deployment files of a repository declare."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import islice

from analyzer.facts.existing.app_engine import app_engine_services
from analyzer.facts.existing.app_spec import app_specs
from analyzer.facts.existing.compose import COMPOSE, compose_services
from analyzer.facts.existing.container_images import container_images, image_scripts
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.elastic_beanstalk import elastic_beanstalk
from analyzer.facts.existing.fly import fly_apps
from analyzer.facts.existing.following import Follower, Started
from analyzer.facts.existing.foreign import is_foreign
from analyzer.facts.existing.heroku import app_json, heroku_yml, procfiles
from analyzer.facts.existing.kubernetes import kubernetes_workloads
from analyzer.facts.existing.platform_sh import platform_sh_applications
from analyzer.facts.existing.railway import builder_configurations, railway_services
from analyzer.facts.existing.render_blueprint import render_blueprints
from analyzer.facts.existing.roles import Role, role_of
from analyzer.facts.existing.service_folders import service_folders
from analyzer.facts.existing.start_scripts import start_scripts
from analyzer.facts.existing.supervisor import managed_programs
from analyzer.facts.existing.systemd import systemd_units
from analyzer.facts.existing.task_runners import tasks
from analyzer.facts.existing.uwsgi import uwsgi_configurations
from analyzer.facts.existing.zappa import zappa_stages
from analyzer.model.evidence import RepoPath
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.quick_dataclass import dataclass
from analyzer.snapshot.repository import RepositorySnapshot

MAX_DECLARATIONS = 100
"""Of one reader."""

Reader = Callable[[RepositorySnapshot, RepoPath], Iterable[Declaration]]


_DEBUG = lazy_pattern(r"(?:^|_)DEBUG$")
_TRUE = ("1", "true", "yes", "on")


class Group(StrEnum):
    """What kind of file a declaration stands in; the order is that of preference."""

    PLATFORM = "platform"
    """A hosting platform's file: everything in it is a process of the deployment."""
    CONTAINER = "container"
    SERVER = "server"
    """A process manager's file."""
    IMPLIED = "implied"
    """A file that only holds a way to start something."""


READERS: Mapping[Group, tuple[Reader, ...]] = {
    Group.PLATFORM: (
        app_specs,
        procfiles,
        app_json,
        heroku_yml,
        render_blueprints,
        fly_apps,
        railway_services,
        builder_configurations,
        app_engine_services,
        elastic_beanstalk,
        platform_sh_applications,
        zappa_stages,
    ),
    Group.CONTAINER: (compose_services, kubernetes_workloads, container_images),
    Group.SERVER: (managed_programs, service_folders, systemd_units),
    Group.IMPLIED: (image_scripts, uwsgi_configurations, start_scripts, tasks),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedDeclaration:
    """A declaration and the commands that it starts in the end."""

    declaration: Declaration
    group: Group
    started: tuple[Started, ...]

    @property
    def develops(self) -> bool:
        """Whether all that it starts and that goes on running is for development."""
        running = [item.program for item in self.started if item.program is not None and item.program.runs_on]
        return bool(running) and all(program.development for program in running)


def read_declarations(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[FollowedDeclaration, ...]:
    """The declarations of all files about the project: production first, then implied ones, each in order of READERS.

    A Compose file of which nothing says that it is for production is for development when one of its services is.
    """
    follower = Follower(repo)
    found = [
        FollowedDeclaration(
            declaration=d, group=group, started=follower.follow(d.place, d.command, d.evidence, d.variables)
        )
        for group, readers in READERS.items()
        for reader in readers
        for d in islice(reader(repo, django_dir), MAX_DECLARATIONS)
    ]
    developing = {f.declaration.file for f in found if f.declaration.source == COMPOSE and _is_for_development(f)}
    unstated = {path for path in developing if role_of(repo, path, django_dir) is Role.UNSTATED}
    found = [
        replace(f, declaration=replace(f.declaration, production=False)) if f.declaration.file in unstated else f
        for f in found
    ]
    ours = (f for f in found if not is_foreign(django_dir, f.declaration, f.started))
    return tuple(sorted(ours, key=lambda f: (not f.declaration.production, f.group is Group.IMPLIED)))


def _is_for_development(followed: FollowedDeclaration) -> bool:
    given = followed.declaration.variables
    debugs = any(_DEBUG.search(name) and value.lower() in _TRUE for name, value in given.items())
    return followed.develops or debugs
