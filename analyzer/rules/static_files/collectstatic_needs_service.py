"""While an app is built its databases have no address yet."""

from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Variables of services, and those whose absence breaks something else; other secrets can be set for a build."""
    settings = ctx.facts.django.build_settings
    found = [one for one in settings.required if one.kind == "url" or not one.direct]
    problems = fail_all(
        Problem(
            message=f"Without {one.name} the settings stop with `{one.how}`, and so does collectstatic during the build"
            f"{', where databases have no address yet' if one.kind == 'url' else ''}. "
            "The emitted Dockerfile gives it a throw-away value.",
            evidence=(one.evidence,),
        )
        for one in found
    )
    if problems is not None:
        return problems
    refused = ctx.predicted("C2") if settings.refusal is not None else None
    return refused or passed("the settings load while an image is built", *settings.module.evidence)


rule = Rule(
    info=RuleInfo(
        id="collectstatic-needs-service",
        title="collectstatic stops for want of a variable",
        severity=Severity.ADVICE,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Buildpacks run collectstatic while the app is built. The platform sets addresses of "
            "databases only when containers run, so a setting that cannot do without one fails the "
            "build, often with an error that names something else."
        ),
        remediation="Give the variable a default that only a build uses.",
        commands=('os.environ.get("SEARCH_HOSTS", "").split(",")',),
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/use-environment-variables/",
            "https://github.com/heroku/heroku-buildpack-python/issues/653",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "import os\n"
                        "\n"
                        'SEARCH_HOSTS = os.environ.get("SEARCH_HOSTS").split(",")\n'
                    ),
                },
                line=5,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        "import os\n"
                        "\n"
                        'SEARCH_HOSTS = os.environ.get("SEARCH_HOSTS", "").split(",")\n'
                    ),
                }
            ),
        ),
        modes=(
            "C1",
            "C2",
        ),
    ),
    check=check,
)
