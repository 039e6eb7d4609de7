"""django-vite in its mode for development sends browsers to a laptop."""

from collections.abc import Mapping

from analyzer.model.facts import Plain
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Both forms of the setting, as production has them."""
    old, new = ctx.setting("DJANGO_VITE_DEV_MODE"), ctx.setting("DJANGO_VITE")
    setting = new if new is not None else old
    if setting is None:
        return not_applicable("the settings have nothing of django-vite")
    on = _is_on(setting.configured)
    if on:
        return fail(
            "django-vite is in dev mode in production: pages load their scripts from http://localhost:5173, where the "
            "visitor's browser finds nothing.",
            *setting.evidence,
        )
    return passed("django-vite reads the manifest of the build", *setting.evidence)


def _is_on(value: Plain) -> bool:
    if isinstance(value, Mapping):
        return any(isinstance(entry, Mapping) and entry.get("dev_mode") is True for entry in value.values())
    return value is True


rule = Rule(
    info=RuleInfo(
        id="vite-development-mode",
        title="django-vite is in its mode for development",
        severity=Severity.RISK,
        category=Category.FRONT_END,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "In dev mode each page names the development server of Vite instead of the built files. "
            "Nobody runs it in production, so no script of the front end is loaded."
        ),
        remediation="Let dev mode follow DEBUG.",
        commands=('DJANGO_VITE = {"default": {"dev_mode": DEBUG}}',),
        references=("https://github.com/MrBin99/django-vite",),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nDJANGO_VITE = {"default": {"dev_mode": True}}\n'
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nDJANGO_VITE = {"default": {"dev_mode": DEBUG}}\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
