"""Static files and uploads must not share an address or a folder."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """What django/contrib/staticfiles/utils.py (check_settings) refuses."""
    django = ctx.facts.django
    pairs = (("URL", django.static.url, django.media.url), ("ROOT", django.static.root, django.media.root))
    found = fail_all(
        Problem(
            message=f"MEDIA_{name} and STATIC_{name} are both {static.value}, so collectstatic refuses to run.",
            evidence=(*media.evidence, *static.evidence),
        )
        for name, static, media in pairs
        if isinstance(static, Fact)
        and isinstance(media, Fact)
        and static.value
        and static.value == media.value
        and ctx.setting(f"MEDIA_{name}") is not None
    )
    if found is None and not isinstance(django.static.url, Fact):
        return not_applicable("STATIC_URL could not be told")
    return found or passed(
        "static files and uploads have addresses and folders of their own", *django.static.url.evidence
    )


rule = Rule(
    info=RuleInfo(
        id="static-and-media-same",
        title="Static files and uploads share an address or folder",
        severity=Severity.BLOCKER,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Django's storage of static files refuses to start where MEDIA_URL is STATIC_URL, or "
            "MEDIA_ROOT is STATIC_ROOT: collectstatic stops, and the build of the image with it."
        ),
        remediation="Give uploads an address and a folder of their own.",
        commands=(
            'MEDIA_URL = "media/"',
            'MEDIA_ROOT = BASE_DIR / "media"',
        ),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#media-url",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'MEDIA_URL = "/media/"\n'
                        'MEDIA_ROOT = BASE_DIR / "staticfiles"\n'
                        "DEFAULT = 1\n"
                    ),
                },
                line=4,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nSTATIC_URL = "/static/"\n'),
                }
            ),
        ),
    ),
    check=check,
)
