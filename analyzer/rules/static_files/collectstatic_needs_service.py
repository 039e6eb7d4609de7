"""While an app is built its databases have no address yet."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.prediction import BuildpackPrediction, Outcome, Step
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Variables of services, and those whose absence breaks something else; other secrets can be set for a build."""
    settings = ctx.facts.django.build_settings
    in_image = ctx.plan.image.collectstatic.value is not None
    if not in_image and not any(_reaches_collectstatic(one) for one in ctx.predictions):
        return not_applicable("no build collects static files")
    parts = (part for one in ctx.facts.connections for part in one.parts.values())
    services = {name for part in parts for name in part.variables}
    found = [one for one in settings.required if (one.kind == "url" and one.name in services) or not one.direct]
    if found:
        first = found[0]
        others = f", then of {', '.join(one.name for one in found[1:6])}" if len(found) > 1 else ""
        return fail(
            f"collectstatic stops during a build for want of {first.name} (`{first.how}`){others}: "
            f"{'databases have no address yet' if first.name in services else 'the error does not name the variable'}. "
            f"{'The emitted Dockerfile gives throw-away values.' if in_image else 'The image does not run it.'}",
            *(one.evidence for one in found),
            commands=()
            if first.name in services or first.how.startswith("TypeError")
            else (f'os.environ.get("{first.name}", "")',),
        )
    refused = ctx.predicted("C2") if settings.refusal is not None else None
    reason = "the settings load without an address of a service; secrets can be set for a build"
    return refused or passed(reason, *settings.module.evidence)


def _reaches_collectstatic(prediction: BuildpackPrediction) -> bool:
    """Whether a build comes to it, as one that finds no file to install from does not, and runs it."""
    collected = prediction.collectstatic
    stopped = any(failure.step is Step.PACKAGE_MANAGER for failure in prediction.failures)
    runs = collected is not None and collected.outcome is not Outcome.SKIPPED
    return prediction.detected.value and runs and not stopped


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
