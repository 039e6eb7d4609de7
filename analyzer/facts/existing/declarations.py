"""Everything that the deployment files of a repository declare."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from analyzer.facts.existing.app_engine import app_engine_services
from analyzer.facts.existing.app_spec import app_specs
from analyzer.facts.existing.compose import compose_services
from analyzer.facts.existing.container_images import container_images
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.elastic_beanstalk import elastic_beanstalk
from analyzer.facts.existing.fly import fly_apps
from analyzer.facts.existing.following import Started, follow
from analyzer.facts.existing.heroku import app_json, heroku_yml, procfiles
from analyzer.facts.existing.railway import builder_configurations, railway_services
from analyzer.facts.existing.render_blueprint import render_blueprints
from analyzer.facts.existing.roles import Role, role_of
from analyzer.facts.existing.service_folders import service_folders
from analyzer.facts.existing.supervisor import managed_programs
from analyzer.facts.existing.systemd import systemd_units
from analyzer.model.evidence import RepoPath
from analyzer.snapshot.repository import RepositorySnapshot

Reader = Callable[[RepositorySnapshot, RepoPath], Iterable[Declaration]]

PLATFORM_READERS: tuple[Reader, ...] = (
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
)
CONTAINER_READERS: tuple[Reader, ...] = (compose_services, container_images)
SERVER_READERS: tuple[Reader, ...] = (managed_programs, service_folders, systemd_units)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedDeclaration:
    """A declaration and the commands that it starts in the end."""

    declaration: Declaration
    started: tuple[Started, ...]

    @property
    def develops(self) -> bool:
        """Whether it starts a development server or something that watches the source."""
        return any(item.program is not None and item.program.development for item in self.started)


def read_declarations(repo: RepositorySnapshot, django_dir: RepoPath) -> tuple[FollowedDeclaration, ...]:
    """The declarations of all files about the project: production first, then platforms, containers, single servers.

    A Compose file of which nothing says that it is for production is for development when one of its services is.
    """
    found = [
        FollowedDeclaration(declaration=d, started=follow(repo, d.place, d.command, d.evidence, d.variables))
        for reader in (*PLATFORM_READERS, *CONTAINER_READERS, *SERVER_READERS)
        for d in reader(repo, django_dir)
    ]
    developing = {f.declaration.file for f in found if f.develops and f.declaration.source == "docker-compose"}
    unstated = {path for path in developing if role_of(repo, path, django_dir) is Role.UNSTATED}
    found = [
        replace(f, declaration=replace(f.declaration, production=False)) if f.declaration.file in unstated else f
        for f in found
    ]
    return tuple(sorted(found, key=lambda f: not f.declaration.production))
