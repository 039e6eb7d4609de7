"""Applications that are made for development in INSTALLED_APPS of production."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed
from analyzer.tables import load_table


def check(ctx: Context) -> RuleOutcome:
    """By the table of such applications."""
    apps = ctx.facts.django.installed_apps
    if not isinstance(apps, Fact):
        return not_applicable("INSTALLED_APPS could not be told")
    setting = ctx.setting("INSTALLED_APPS")
    used = {str(one) for one in setting.configured} if setting and isinstance(setting.configured, tuple) else set()
    tools = {row["app"]: row["why"] for row in load_table("analyzer.rules", "debug_tools")["tool"]}
    found = fail_all(
        Problem(
            message=f"INSTALLED_APPS of production has {app}: {tools[app]}.",
            evidence=(setting.place(app) if setting is not None else apps.evidence)[:1],
        )
        for app in apps.value
        if app in tools and (not used or app in used)
    )
    return found or passed("INSTALLED_APPS has no tool of development", *apps.evidence[:1])


rule = Rule(
    info=RuleInfo(
        id="debug-tools-installed",
        title="A tool of development is installed in production",
        severity=Severity.ADVICE,
        category=Category.SECURITY,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "Tools of development record requests, add middleware to each of them, or show settings "
            "and queries to whoever gets past their check. With DEBUG off most do nothing but take "
            "time and memory."
        ),
        remediation="Install them in the settings of development alone.",
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#installed-apps",),
        bad=(
            bad({"shop/settings.py": ('from shop.defaults import *\n\nINSTALLED_APPS += ["debug_toolbar"]\n')}, line=3),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nif DEBUG:\n    INSTALLED_APPS += ["debug_toolbar"]\n'
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
