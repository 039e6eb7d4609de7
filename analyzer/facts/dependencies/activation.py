"""Which extras and groups a production install takes."""

from collections.abc import Iterable

from analyzer.facts.dependencies.names import DEVELOPMENT_ROLES, Role, canonical, role_of
from analyzer.model.quick_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """What the project's production install commands ask for beyond the plain requirements (canonical names)."""

    extras: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    all_extras: bool = False
    all_groups: bool = False
    """Every group that is not one of development: what `poetry install` takes."""
    without: frozenset[str] = frozenset()
    default_groups: bool = False
    """The groups that the project's own configuration of uv takes by default."""

    @classmethod
    def of_all(cls, parts: Iterable["Activation"]) -> "Activation":
        """What several commands take together: one image may be built in several steps."""
        found = tuple(parts)
        return cls(
            extras=frozenset(name for part in found for name in part.extras),
            groups=frozenset(name for part in found for name in part.groups),
            all_extras=any(part.all_extras for part in found),
            all_groups=any(part.all_groups for part in found),
            without=frozenset(name for part in found for name in part.without),
            default_groups=any(part.default_groups for part in found),
        )

    @property
    def develops(self) -> bool:
        """Whether extras or groups of development are named."""
        return any(role_of(name) in DEVELOPMENT_ROLES for name in self.extras | self.groups)

    def extra(self, name: str) -> str | None:
        """The group of an extra's requirements: None when production installs it."""
        name = canonical(name)
        taken = self.all_extras or name in self.extras or role_of(name) is Role.PRODUCTION
        return None if taken else name

    def group(self, name: str) -> str | None:
        """The group of a dependency group's requirements: None when production installs it."""
        name = canonical(name)
        if name in self.groups or (role_of(name) in (Role.PRODUCTION, Role.BASE) and name not in self.without):
            return None
        default = self.all_groups and name not in self.without and role_of(name) not in DEVELOPMENT_ROLES
        return None if default else name
