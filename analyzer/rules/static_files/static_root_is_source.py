"""collectstatic refuses to copy a folder onto itself."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.static_folders import prefix_and_folder
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Folders relative to the repository, as the settings of production have them."""
    root, setting = ctx.facts.django.static.root, ctx.setting("STATICFILES_DIRS")
    if not isinstance(root, Fact) or not root.value or setting is None or not isinstance(setting.configured, tuple):
        return not_applicable("STATIC_ROOT or STATICFILES_DIRS is not set, or could not be told")
    for entry in setting.configured:
        _, folder = prefix_and_folder(entry)
        if isinstance(folder, str) and folder.rstrip("/") == root.value.rstrip("/"):
            return fail(
                f"STATICFILES_DIRS has {folder}, which is STATIC_ROOT: collectstatic ends with staticfiles.E002.",
                *setting.evidence,
                *root.evidence,
            )
    return passed("STATIC_ROOT is none of STATICFILES_DIRS", *root.evidence)


rule = Rule(
    info=RuleInfo(
        id="static-root-is-source",
        title="STATIC_ROOT is one of STATICFILES_DIRS",
        severity=Severity.BLOCKER,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "STATICFILES_DIRS names folders that are copied, STATIC_ROOT the folder that they are "
            "copied to. Where they are the same, Django's check refuses to run collectstatic, and the "
            "build of the image ends there."
        ),
        remediation="Keep the sources in one folder and collect to another one.",
        commands=(
            'STATICFILES_DIRS = [BASE_DIR / "static"]',
            'STATIC_ROOT = BASE_DIR / "staticfiles"',
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/checks/#staticfiles",
            "https://docs.djangoproject.com/en/stable/ref/settings/#staticfiles-dirs",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / "staticfiles"]\n'
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / "assets"]\n'),
                }
            ),
        ),
    ),
    check=check,
)
