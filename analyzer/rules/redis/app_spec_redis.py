"""Managed Redis has ended; Valkey took its place."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Of the databases of the app spec that the repository has."""
    spec = ctx.facts.existing_spec
    if spec is None or not spec.databases:
        return not_applicable("the repository has no app spec with databases")
    found = fail_all(
        Problem(
            message=f"{one.name} of the app spec is REDIS, which cannot be created any more: it ended 2025-06-30.",
            evidence=(one.evidence,),
        )
        for one in spec.databases
        if one.engine.upper() == "REDIS"
    )
    return found or passed("no database of the app spec is Redis", *(one.evidence for one in spec.databases[:3]))


_SPEC = (
    "name: shop\n"
    "services:\n"
    "  - name: web\n"
    "    dockerfile_path: Dockerfile\n"
    "databases:\n"
    "  - name: cache\n"
    "    engine: {}\n"
    '    version: "{}"\n'
    "    production: true\n"
    "    cluster_name: shop-cache\n"
)

rule = Rule(
    info=RuleInfo(
        id="app-spec-redis",
        title="The app spec asks for Redis",
        severity=Severity.RISK,
        category=Category.REDIS,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "New clusters of Redis are not offered since 2025-04-30, and the existing ones became Valkey. An app that "
            "is recreated from the spec has nothing to connect to."
        ),
        remediation="Make it VALKEY, and bind DATABASE_URL, which is the variable of Valkey.",
        commands=('engine: VALKEY\nversion: "8"',),
        references=("https://docs.digitalocean.com/products/databases/valkey/",),
        bad=(bad({".do/app.yaml": _SPEC.format("REDIS", "7")}, line=6),),
        good=(good({".do/app.yaml": _SPEC.format("VALKEY", "8")}),),
    ),
    check=check,
)
