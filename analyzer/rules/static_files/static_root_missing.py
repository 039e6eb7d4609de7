"""collectstatic needs a folder to write to."""

from dataclasses import replace

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed, switches


def check(ctx: Context) -> RuleOutcome:
    """The planner looks at the settings of production, the buildpacks at those that manage.py takes by itself."""
    found = ctx.noted("static-root-missing", with_remedy=False)
    if found is not None:
        return _unless_stored(found, switches(ctx, "STATICFILES_STORAGE") or switches(ctx, "STORAGES"))
    built = ctx.predicted("C3")
    if built is not None:
        return Failed(problems=tuple(replace(one, severity=Severity.ADVICE) for one in built.problems))
    root = ctx.facts.django.static.root
    if not isinstance(root, Fact) or not root.value:
        return not_applicable("collectstatic is not run in the image, or where it writes to could not be told")
    return passed(f"STATIC_ROOT is {root.value}", *root.evidence)


def _unless_stored(found: Failed, names: tuple[str, ...]) -> Failed:
    """With the variables that lead to another storage, which may need no folder."""
    if not names:
        return found
    what = f"STATIC_ROOT is not set, so collectstatic would stop unless {' or '.join(names)} leads to another storage"
    message = f"{what}: the image is made without it."
    problems = (replace(one, message=message, severity=Severity.ADVICE) for one in found.problems)
    return Failed(problems=tuple(problems))


rule = Rule(
    info=RuleInfo(
        id="static-root-missing",
        title="STATIC_ROOT is not set",
        severity=Severity.RISK,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "collectstatic copies the static files of all apps to STATIC_ROOT. Without it the command "
            "stops with ImproperlyConfigured, and with it a build that runs it. The emitted Dockerfile leaves it "
            "out, so that nothing has the style sheets and scripts of the admin and of the project to serve."
        ),
        remediation="Set STATIC_ROOT to a folder below BASE_DIR.",
        commands=('STATIC_ROOT = BASE_DIR / "staticfiles"',),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#static-root",),
        bad=(
            bad(
                {
                    "shop/settings.py": ("from shop.defaults import *\n\nSTATIC_ROOT = None\n"),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nSTATIC_ROOT = BASE_DIR / "collected"\n'),
                }
            ),
        ),
        notes=("static-root-missing",),
        modes=("C3",),
    ),
    check=check,
)
