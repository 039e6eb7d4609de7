"""Services that an app spec cannot bring."""

from dataclasses import replace

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed

_APART = lazy_pattern(r"(^|/)(extras?|examples?|tests?|ci|benchmarks?)/")
"""Folders of what is not the project as it is deployed."""
_ASIDE = lazy_pattern(r"(^|[/._-])(local|dev|development|tests?|ci)[/._-]")


def check(ctx: Context) -> RuleOutcome:
    """As planned; a Compose file that is plainly for a laptop makes it less than sure, one of another part is none."""
    found = ctx.noted("service-not-offered")
    problems = [one for one in found.problems if not _APART.search(one.evidence[0].path)] if found is not None else []
    return fail_all(
        replace(one, severity=Severity.ADVICE, certainty=Certainty.LIKELY)
        if _ASIDE.search(one.evidence[0].path)
        else one
        for one in problems
    ) or passed("an app spec can bring every service that the project uses")


rule = Rule(
    info=RuleInfo(
        id="service-not-offered",
        title="A service that App Platform does not bring",
        severity=Severity.RISK,
        category=Category.PLATFORM,
        area=Area.BOOT,
        effort=Effort.DAYS,
        rationale=(
            "An app spec brings containers, static sites, jobs, PostgreSQL, MySQL and Valkey. Whatever "
            "else runs beside the app today has to be rented or created on its own, and its address set "
            "as a variable, or the code that calls it fails."
        ),
        remediation="Create or rent the service, and set its address as a variable of the app.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-databases/",
            "https://docs.digitalocean.com/products/app-platform/reference/app-spec/",
        ),
        bad=(
            bad(
                {
                    "docker-compose.yml": ("services:\n  search:\n    image: elasticsearch:8.15.0\n"),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "docker-compose.yml": ("services:\n  db:\n    image: postgres:17\n"),
                }
            ),
            good({"extras/import/docker-compose.yml": "services:\n  source:\n    image: mongo:7\n"}),
        ),
        notes=("service-not-offered",),
    ),
    check=check,
)
