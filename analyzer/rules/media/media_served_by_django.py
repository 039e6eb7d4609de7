"""A view of Django that is meant for development gives out files in production."""

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.project_code import CodeTrace
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed

_OTHERS = "Collect the files with the static ones, which WhiteNoise or the platform serves, and take the view away."


def check(ctx: Context) -> RuleOutcome:
    """Patterns with django.views.static.serve that no `if settings.DEBUG` guards."""
    found = fail_all(
        Problem(
            message=f"django.views.static.serve answers in production: each file occupies a worker{_what(one)}.",
            evidence=(Evidence(path=one.evidence.path, line=one.evidence.line),),
            remediation=None if _is_media(one) else _OTHERS,
        )
        for one in ctx.facts.code_traces
        if one.kind == "serve"
    )
    return found or passed("no pattern of production has django.views.static.serve")


def _is_media(trace: CodeTrace) -> bool:
    """Whether the call names uploads, or does not say what it serves."""
    return "MEDIA" in trace.evidence.note.upper() or "document_root" not in trace.evidence.note


def _what(trace: CodeTrace) -> str:
    return ", and an uploaded page runs on the app's own domain" if _is_media(trace) else ""


rule = Rule(
    info=RuleInfo(
        id="media-served-by-django",
        title="Django's view for development serves files",
        severity=Severity.ADVICE,
        category=Category.MEDIA,
        area=Area.OPERATIONS,
        effort=Effort.HOURS,
        rationale=(
            "Django's documentation calls the view inefficient and probably insecure. On the platform "
            "it also serves a folder that is empty after each deployment."
        ),
        remediation="Serve uploads from Spaces, and take the pattern away.",
        references=(
            "https://docs.djangoproject.com/en/stable/ref/views/#serving-files-in-development",
            "https://docs.digitalocean.com/products/spaces/",
        ),
        bad=(
            bad(
                {
                    "shop/urls.py": (
                        "from django.conf import settings\n"
                        "from django.urls import path, re_path\n"
                        "from django.views.static import serve\n"
                        "\n"
                        "urlpatterns = [\n"
                        '    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": "media"}),\n'
                        "]\n"
                    ),
                },
                line=6,
            ),
        ),
        good=(
            good(
                {
                    "shop/urls.py": (
                        "from django.conf import settings\n"
                        "from django.urls import path, re_path\n"
                        "from django.views.static import serve\n"
                        "\n"
                        "urlpatterns = []\n"
                        "if settings.DEBUG:\n"
                        '    urlpatterns += [re_path(r"^media/(?P<path>.*)$", serve, {"document_root": "media"})]\n'
                    ),
                }
            ),
        ),
        security=True,
    ),
    check=check,
)
