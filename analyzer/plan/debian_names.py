"""Names of Debian packages that files of a repository write, as the releases know them (data/debian_packages.toml)."""

from functools import cache

from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.plan.tables import table

_VERSION = lazy_pattern(r"-\d+(?:\.\d+)*\Z")


@cache
def _names() -> dict[str, dict[str, str]]:
    """Name as written -> release -> name there; releases that have nothing like it are left out."""
    data = table("debian_packages")
    releases = data["releases"]
    found = {name: dict.fromkeys(releases, name) for name in data["both"]}
    for release in releases:
        found.update({name: {release: name} for name in data[release]})
    for name, others in data["renamed"].items():
        found[name] = {release: other for release, other in zip(releases, others, strict=True) if other}
    return found


@cache
def _left_out() -> dict[str, str]:
    return {name: reason for reason, names in table("debian_packages")["left_out"].items() for name in names}


def declared_names(package: str) -> dict[str, str]:
    """Release -> name of the package there; empty for a package that is not known."""
    return _names().get(package, {})


def why_left_out(package: str) -> str | None:
    """Why the image does not need a package that a file of the repository installs; None where it may need it.

    A version at the end of the name (`postgresql-9.5`) makes no difference.
    """
    return _left_out().get(package) or _left_out().get(_VERSION.sub("", package))
