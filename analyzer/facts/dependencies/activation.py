"""Which extras and groups a production install takes."""

from dataclasses import dataclass

from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, Role, canonical, role_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """What the project's production install commands ask for beyond the plain requirements (canonical names)."""

    extras: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    all_extras: bool = False
    all_groups: bool = False
    """Every group that is not one of development: what `poetry install` takes."""
    without: frozenset[str] = frozenset()

    def extra(self, name: str) -> str | None:
        """The group of an extra's requirements: None when production installs it."""
        name = canonical(name)
        taken = self.all_extras or name in self.extras or role_of(name) is Role.PRODUCTION
        return None if taken else name

    def group(self, name: str) -> str | None:
        """The group of a dependency group's requirements: None when production installs it."""
        name = canonical(name)
        if name in self.groups or (role_of(name) is Role.PRODUCTION and name not in self.without):
            return None
        default = self.all_groups and name not in self.without and role_of(name) not in DEVELOPMENT_ROLES
        return None if default else name
