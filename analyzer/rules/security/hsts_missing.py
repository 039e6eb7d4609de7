"""SECURE_SSL_REDIRECT without SECURE_HSTS_SECONDS."""

from analyzer.model.facts import Unknown
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed, plain_value


def check(ctx: Context) -> RuleOutcome:
    """Only for projects that insist on HTTPS themselves."""
    redirect = ctx.setting("SECURE_SSL_REDIRECT")
    if redirect is None or plain_value(redirect) is not True:
        return not_applicable("the settings leave HTTPS to the platform")
    hsts = ctx.setting("SECURE_HSTS_SECONDS")
    if hsts is not None and (isinstance(hsts.configured, Unknown) or hsts.configured):
        return passed("SECURE_HSTS_SECONDS is set", *hsts.evidence[:1])
    variable = hsts.env[0] if hsts is not None and len(hsts.env) == 1 else None
    unset = f"without the variable {variable} HSTS is off" if variable else "SECURE_HSTS_SECONDS is not set"
    debug = ctx.setting("DEBUG")
    names = [name for name in redirect.env if debug is None or name not in debug.env]
    off = f" unless {' or '.join(names)} says otherwise" if names else ""
    return fail(
        f"SECURE_SSL_REDIRECT is on{off}, and {unset}: the platform adds no HSTS header, so that each first "
        "request of a visit may go by plain HTTP.",
        *(hsts or redirect).evidence[:1],
        remediation=f"Set {variable} for the app, to an hour at first and a year when all is well."
        if variable
        else None,
        commands=(f'[tool.doctor.environment.{variable}]\nvalue = "3600"',) if variable else None,
    )


rule = Rule(
    info=RuleInfo(
        id="hsts-missing",
        title="HTTPS is required without HSTS",
        severity=Severity.ADVICE,
        category=Category.SECURITY,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "App Platform redirects HTTP to HTTPS and adds no Strict-Transport-Security header. "
            "Browsers that never got one try HTTP first, which somebody in between can answer."
        ),
        remediation="Set SECURE_HSTS_SECONDS, an hour at first and a year when all is well.",
        commands=("SECURE_HSTS_SECONDS = 3600",),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/middleware/#http-strict-transport-security",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nSECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 0\n"
                    )
                },
                line=4,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nSECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 3600\n"
                    )
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
