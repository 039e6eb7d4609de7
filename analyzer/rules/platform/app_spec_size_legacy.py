"""Sizes of before May 2024 are not for new apps."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.tables import load_table


def check(ctx: Context) -> RuleOutcome:
    """Of the components of the app spec that the repository has."""
    spec = ctx.facts.existing_spec
    if spec is None:
        return not_applicable("the repository has no app spec")
    legacy = load_table("analyzer.rules", "app_spec")["legacy_sizes"]
    found = fail_all(
        Problem(
            message=(
                f"{one.name} has the size {one.size}, which is for apps made before 2024-05-07: one that is created "
                "from the spec needs a size of today (apps-s-…, apps-d-…)."
            ),
            evidence=(one.evidence,),
        )
        for one in spec.components
        if one.size in legacy
    )
    return found or passed("no component has a size of before May 2024")


_SPEC = "name: shop\nservices:\n  - name: web\n    dockerfile_path: Dockerfile\n    instance_size_slug: {}\n"

rule = Rule(
    info=RuleInfo(
        id="app-spec-size-legacy",
        title="The app spec has an instance size of before 2024",
        severity=Severity.ADVICE,
        category=Category.PLATFORM,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "The sizes basic-… and professional-… belong to apps made before 2024-05-07. An app that is created anew "
            "from the spec gets other sizes, with other prices."
        ),
        remediation="Write the slug of today's size; doctor emit does.",
        references=("https://docs.digitalocean.com/products/app-platform/details/pricing/",),
        bad=(bad({".do/app.yaml": _SPEC.format("basic-xxs")}, line=3),),
        good=(good({".do/app.yaml": _SPEC.format("apps-s-1vcpu-0.5gb")}),),
    ),
    check=check,
)
