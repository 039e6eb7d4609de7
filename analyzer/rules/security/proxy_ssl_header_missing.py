"""SECURE_PROXY_SSL_HEADER, without which Django sees plain HTTP behind the platform's proxy."""

from analyzer.model.evidence import Certainty, Evidence, Fact
from analyzer.model.facts import Unknown
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import (
    Context,
    Rule,
    bad,
    django_at_least,
    fail,
    good,
    passed,
    plain_value,
    server_tells_scheme,
)

_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
"""What the platform's proxy sends."""
_CSRF = "django.middleware.csrf.CsrfViewMiddleware"


def check(ctx: Context) -> RuleOutcome:
    """Where the header's setting does not fit, Django falls back on what the web server says."""
    header, redirect = ctx.setting("SECURE_PROXY_SSL_HEADER"), ctx.setting("SECURE_SSL_REDIRECT")
    if header is not None and (isinstance(header.configured, Unknown) or header.configured == _HEADER):
        return passed("SECURE_PROXY_SSL_HEADER names the header of the proxy", *header.evidence[:1])
    redirects = redirect is not None and plain_value(redirect) is True
    wrong = header is not None and header.configured is not None
    told = server_tells_scheme(ctx.plan)
    places = [*(header.evidence[:1] if header is not None else ()), *(_redirect(ctx) if redirects else ())]
    if wrong and header is not None:
        what = f"SECURE_PROXY_SSL_HEADER asks for {header.configured!r}, which the platform does not send"
    elif header is not None:
        what = "SECURE_PROXY_SSL_HEADER is None with the variables that the app spec has"
    else:
        what = "SECURE_PROXY_SSL_HEADER is not set"
    if redirects:
        return _with_redirect(what, places, told=told)
    if not told and ctx.plan.components:
        forms = "refuses forms (403, CSRF) and " if _refuses_forms(ctx) else ""
        return fail(
            f"{what}, and the web server does not pass the scheme on: Django takes each request for plain HTTP, so "
            f"that it {forms}builds http:// links.",
            *(places or _command(ctx)),
            certainty=Certainty.LIKELY,
        )
    return passed("the web server tells Django that a request came by HTTPS", *_command(ctx))


def _refuses_forms(ctx: Context) -> bool:
    """Whether the Origin of a form, https:// and the app's host, is neither what Django sees nor trusted.

    Django looks at it since 4.0 (django/middleware/csrf.py, _origin_verified); the app spec may name the app's own.
    """
    middleware, trusted = ctx.facts.django.middleware, ctx.setting("CSRF_TRUSTED_ORIGINS")
    if isinstance(middleware, Fact) and _CSRF not in middleware.value:
        return False
    known = ctx.facts.dependencies.django_version
    if isinstance(known, Fact) and known.value and not django_at_least(ctx.facts, (4, 0)):
        return False
    return trusted is None or not ctx.given_variables & set(trusted.env)


def _with_redirect(what: str, places: list[Evidence], *, told: bool) -> RuleOutcome:
    if told:
        return fail(
            f"{what} while SECURE_SSL_REDIRECT is on: whether Django redirects for ever hangs on the web server: that "
            "of the image believes the proxy, another may not, and then each request is redirected to itself.",
            *places,
            severity=Severity.ADVICE,
        )
    return fail(
        f"{what} while SECURE_SSL_REDIRECT is on: Django takes each request for plain HTTP and redirects it to the "
        "address that it came from, without end.",
        *places,
        severity=Severity.BLOCKER,
    )


def _redirect(ctx: Context) -> tuple[Evidence, ...]:
    return ctx.facts.django.secure["SECURE_SSL_REDIRECT"].evidence[:1]


def _command(ctx: Context) -> tuple[Evidence, ...]:
    return ctx.plan.image.command.evidence[:1] or ctx.facts.django.middleware.evidence[:1]


rule = Rule(
    info=RuleInfo(
        id="proxy-ssl-header-missing",
        title="Django is not told which requests came by HTTPS",
        severity=Severity.RISK,
        category=Category.SECURITY,
        area=Area.BOOT,
        effort=Effort.MINUTES,
        rationale=(
            "The platform ends TLS and passes plain HTTP on, with X-Forwarded-Proto. Heroku's "
            "buildpack sets FORWARDED_ALLOW_IPS so that gunicorn believes it, and the emitted "
            "Dockerfile does the same; other servers and other images do not. Then is_secure() is "
            "false: redirects loop, forms fail, and links begin with http://."
        ),
        remediation=("Set SECURE_PROXY_SSL_HEADER in the settings of production, which does not depend on the server."),
        commands=('SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#secure-proxy-ssl-header",
            "https://docs.gunicorn.org/en/stable/settings.html#forwarded-allow-ips",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n\nSECURE_PROXY_SSL_HEADER = None\nSECURE_SSL_REDIRECT = True\n"
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        "from shop.defaults import *\n"
                        "\n"
                        'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n'
                        "SECURE_SSL_REDIRECT = True\n"
                    )
                }
            ),
        ),
        modes=("E2",),
    ),
    check=check,
)
