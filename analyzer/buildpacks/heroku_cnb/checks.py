"""src/checks.rs: variables that must not be set during the build."""

from collections.abc import Mapping

from analyzer.buildpacks.build_stops import BuildStops
from analyzer.buildpacks.heroku_cnb.messages import MESSAGES, table
from analyzer.model.evidence import Evidence


def check_environment(variables: Mapping[str, str]) -> None:
    """Raises BuildStops at a forbidden variable."""
    found = [name for name in table()["forbidden_variables"] if name in variables]
    if found:
        evidence = Evidence(path=".", note="set by the platform")
        raise BuildStops(MESSAGES.failure("Unsafe environment variable(s) found", evidence, names=", ".join(found)))
