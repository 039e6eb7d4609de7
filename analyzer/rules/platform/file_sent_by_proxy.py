"""There is no nginx or Apache beside the app that would send the file."""

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed, plain_value


def check(ctx: Context) -> RuleOutcome:
    """Headers that code sets, and the backend of django-sendfile2."""
    found = [
        Problem(
            message=f"The answer leaves the file to a proxy ({one.text}): on the platform nothing reads that header, "
            "and the browser gets the answer without the file.",
            evidence=(one.evidence,),
            certainty=Certainty.LIKELY,
        )
        for one in ctx.facts.code_traces
        if one.kind == "hand-over"
    ]
    setting = ctx.setting("SENDFILE_BACKEND")
    value = plain_value(setting)
    if (
        setting is not None
        and isinstance(value, str)
        and value.rpartition(".")[2] in ("nginx", "xsendfile", "mod_wsgi")
    ):
        found.append(
            Problem(
                message=f"SENDFILE_BACKEND is {value}: on the platform no such server stands before the app, and the "
                "browser gets the answer without the file.",
                evidence=setting.evidence,
            )
        )
    return fail_all(found[:5]) or passed("no answer leaves sending a file to a proxy")


rule = Rule(
    info=RuleInfo(
        id="file-sent-by-proxy",
        title="A proxy is expected to send the files",
        severity=Severity.RISK,
        category=Category.PLATFORM,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "With X-Accel-Redirect or X-Sendfile Django answers with an empty body, and nginx or Apache "
            "sends the file. On App Platform requests come from the platform's edge to the web server "
            "of the container, which knows nothing of these headers."
        ),
        remediation="Redirect to a signed link of the store, or answer with FileResponse.",
        commands=('return HttpResponseRedirect(default_storage.url("invoice.pdf"))',),
        references=(
            "https://nginx.org/en/docs/http/ngx_http_core_module.html#internal",
            "https://docs.djangoproject.com/en/stable/ref/request-response/#fileresponse-objects",
        ),
        bad=(
            bad(
                {
                    "shop/views.py": (
                        "from django.http import HttpResponse\n"
                        "\n"
                        "\n"
                        "def invoice(request):\n"
                        "    response = HttpResponse()\n"
                        '    response["X-Accel-Redirect"] = "/private/invoice.pdf"\n'
                        "    return response\n"
                    ),
                },
                line=6,
            ),
        ),
        good=(
            good(
                {
                    "shop/views.py": (
                        "from django.http import FileResponse, HttpResponse\n"
                        "\n"
                        "\n"
                        "def invoice(request):\n"
                        '    if request.META.get("SERVER_SOFTWARE", "").startswith("nginx/"):\n'
                        "        response = HttpResponse()\n"
                        '        response["X-Accel-Redirect"] = "/private/invoice.pdf"\n'
                        "    else:\n"
                        '        response = FileResponse(open("invoice.pdf", "rb"))\n'
                        "    return response\n"
                    ),
                }
            ),
            good(
                {
                    "shop/views.py": (
                        "from django.core.files.storage import default_storage\n"
                        "from django.http import HttpResponseRedirect\n"
                        "\n"
                        "\n"
                        "def invoice(request):\n"
                        '    return HttpResponseRedirect(default_storage.url("invoice.pdf"))\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
