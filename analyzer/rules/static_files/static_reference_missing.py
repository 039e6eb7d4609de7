"""A storage with a manifest stops at a file that names another one which is not there."""

from analyzer.model.evidence import Certainty, Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, django_at_least, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Files of the repository alone: what packages bring is not known."""
    storage = ctx.facts.django.image_settings.storage
    if not isinstance(storage, Fact) or "Manifest" not in (storage.value or ""):
        return not_applicable("no storage with a manifest keeps the static files")
    own = storage.value in ctx.facts.django.storage_classes
    maps = django_at_least(ctx.facts, (4, 0))
    found = fail_all(
        Problem(
            message=f"{one.source} names {one.target}, which is not among the static files of the repository: "
            f"collectstatic stops there, as {(storage.value or '').rpartition('.')[2]} renames all of them.",
            evidence=(one.evidence, *storage.evidence[:1]),
            certainty=Certainty.CERTAIN if one.beside and not own else Certainty.LIKELY,
        )
        for one in ctx.facts.missing_references
        if maps or one.source.endswith(".css")
    )
    return found or passed("the files that style sheets of the repository name are there", *storage.evidence)


rule = Rule(
    info=RuleInfo(
        id="static-reference-missing",
        title="A style sheet names a file that is not there",
        severity=Severity.BLOCKER,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "ManifestStaticFilesStorage, and WhiteNoise's storage made from it, replace every name in a "
            "style sheet by one with a hash. For a file that does not exist there is none: "
            "collectstatic ends with an error, and the build of the image with it."
        ),
        remediation="Add the file, or take the line that names it out of the style sheet.",
        references=(
            "https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#manifeststaticfilesstorage",
            "https://github.com/heroku/heroku-buildpack-python/issues/351",
        ),
        bad=(
            bad(
                {
                    "shop/static/shop/site.css": ('body { color: black; }\nh1 { background: url("logo.png"); }\n'),
                    "shop/static/shop/other.png": "x",
                },
                line=2,
            ),
        ),
        good=(
            good(
                {
                    "shop/static/shop/site.css": 'h1 { background: url("logo.png"); }\n',
                    "shop/static/shop/logo.png": "x",
                }
            ),
        ),
        modes=("C7",),
    ),
    check=check,
)
