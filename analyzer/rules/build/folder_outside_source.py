"""The user of the image can write below the source and /tmp only."""

from dataclasses import replace

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed
from analyzer.rules.upload_stores import store_switches


def check(ctx: Context) -> RuleOutcome:
    """As the planner says; where a variable keeps uploads elsewhere, nothing writes to their folder."""
    found = ctx.noted("folder-outside-source")
    if found is None:
        return passed("the settings write to no folder outside the source")
    return Failed(problems=tuple(_unless_stored(ctx, one) for one in found.problems))


def _unless_stored(ctx: Context, problem: Problem) -> Problem:
    variables = store_switches(ctx) if problem.evidence[:1] == ctx.facts.django.media.root.evidence[:1] else []
    if not variables:
        return problem
    unless = f"It stays unused where {' or '.join(variables)} keeps uploads elsewhere."
    return replace(problem, message=f"{problem.message} {unless}", certainty=Certainty.LIKELY)


rule = Rule(
    info=RuleInfo(
        id="folder-outside-source",
        title="The settings write to a folder outside the source",
        severity=Severity.RISK,
        category=Category.BUILD,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "The processes run as a user who owns nothing, and the image has no such folder: the first write "
            "fails with PermissionError or FileNotFoundError. On a server of one's own somebody made the "
            "folder; on App Platform there are no volumes, and what is written in a container is gone with "
            "it."
        ),
        remediation="Put uploads into object storage; what is only temporary goes below /tmp.",
        commands=('MEDIA_ROOT = BASE_DIR / "media"',),
        references=(
            "https://docs.digitalocean.com/products/app-platform/how-to/store-data/",
            "https://docs.djangoproject.com/en/stable/ref/settings/#media-root",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nMEDIA_ROOT = "/data/media"\nMEDIA_URL = "media/"\n'
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nMEDIA_ROOT = BASE_DIR / "media"\nMEDIA_URL = "media/"\n'
                    )
                }
            ),
        ),
        notes=("folder-outside-source",),
    ),
    check=check,
)
