"""A module of the project itself that the settings load and the repository does not have."""

from analyzer.model.facts import Setting, Unknown
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context

_MODULE = lazy_pattern(r"^ModuleNotFoundError: No module named '([\w.]+)'$")


def absent_module(ctx: Context) -> str | None:
    """Its dotted name, "shop.configuration"; None where there is none.

    That of a package which is not the project's own may be installed by something that the scan does not see.
    """
    names = (_named(one) for one in ctx.facts.django.settings.values())
    return next((name for name in names if name is not None and _is_own(ctx, name)), None)


def read_from(ctx: Context, module: str) -> list[Setting]:
    """The settings that are taken from it, in the order of their names."""
    return [one for _, one in sorted(ctx.facts.django.settings.items()) if _named(one) == module]


def _named(setting: Setting) -> str | None:
    found = _MODULE.match(setting.configured.reason) if isinstance(setting.configured, Unknown) else None
    return found[1] if found is not None else None


def _is_own(ctx: Context, module: str) -> bool:
    """Whether its package is in the repository."""
    package, _, name = module.rpartition(".")
    return bool(name and package) and any(
        f"/{path}".endswith(f"/{package.replace('.', '/')}/__init__.py") for path in ctx.facts.repository.paths
    )
