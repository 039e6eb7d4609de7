"""Packages from an index that may want a login."""

from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, ask, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Whether an index wants a login is known only where its address has one."""
    indexes = ctx.facts.dependencies.indexes
    if not ctx.notes.get("package-index"):
        return ctx.noted("package-index-silent") or passed("packages come from the public index")
    problems = [
        Problem(
            message=f"Packages come from {one.url} with a login, which the build does not get.",
            evidence=(one.evidence,),
        )
        for one in indexes
        if one.login
    ]
    if problems:
        return Failed(problems=tuple(problems))
    names = ", ".join(one.url for one in indexes)
    return ask(f"Can everybody install from {names}, without a login?", *(one.evidence for one in indexes))


rule = Rule(
    info=RuleInfo(
        id="package-index",
        title="A package index wants a login",
        severity=Severity.BLOCKER,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "The build on the platform has no password for an index of one's own: neither the Dockerfile nor "
            "the app spec may hold one, since it would stay in a layer. pip answers 401, or does not find the "
            "packages."
        ),
        remediation=(
            "Vendor the wheels of those packages into the repository, or build the image where the index can "
            "be reached and deploy it from a container registry."
        ),
        commands=(
            "pip wheel --no-deps --wheel-dir wheels PACKAGE==VERSION",
            "# requirements.txt",
            "./wheels/PACKAGE-VERSION-py3-none-any.whl",
        ),
        references=(
            "https://pip.pypa.io/en/stable/topics/authentication/",
            "https://docs.digitalocean.com/products/app-platform/how-to/deploy-from-container-images/",
        ),
        bad=(
            bad(
                {
                    "requirements.txt": (
                        "--extra-index-url https://${INDEX_USER}:${INDEX_PASSWORD}@packages.example/simple\n"
                        "django==5.2.8\ngunicorn==23.0.0\n"
                    )
                },
                line=1,
            ),
        ),
        good=(good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),),
        notes=(
            "package-index",
            "package-index-silent",
        ),
    ),
    check=check,
)
