"""Code that builds paths below MEDIA_ROOT does not find files of a store."""

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Places outside settings, URL patterns and tests; a view that serves the folder opens no file of its own."""
    traces = [one.evidence for one in ctx.facts.code_traces if one.kind == "media-root"]
    found = [Evidence(path=one.path, line=one.line) for one in traces if "document_root=" not in one.note]
    if not found:
        return passed("no code builds paths below MEDIA_ROOT")
    more = f" ({len(found)} places)" if len(found) > 1 else ""
    return fail(
        f"Code takes paths from settings.MEDIA_ROOT{more}: what it writes there is lost with the container, and once "
        "uploads are in a store it finds none of them there.",
        *found[:5],
        certainty=Certainty.LIKELY,
    )


rule = Rule(
    info=RuleInfo(
        id="code-opens-media-root",
        title="Code opens files below MEDIA_ROOT itself",
        severity=Severity.RISK,
        category=Category.MEDIA,
        area=Area.DATA,
        effort=Effort.DAYS,
        rationale=(
            "Files below MEDIA_ROOT are on the disk of one container until it is replaced. With a store "
            "as the default storage nothing is below MEDIA_ROOT at all; only the storage's own methods "
            "reach the files."
        ),
        remediation="Open and save files by way of default_storage, or of the field's own methods.",
        commands=(
            "from django.core.files.storage import default_storage",
            'default_storage.save("reports/today.csv", ContentFile(text))',
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/files/#file-storage",
            "https://docs.digitalocean.com/products/app-platform/details/limits/",
        ),
        bad=(
            bad(
                {
                    "shop/reports.py": (
                        "import os\n"
                        "\n"
                        "from django.conf import settings\n"
                        "\n"
                        "\n"
                        "def save(text):\n"
                        '    with open(os.path.join(settings.MEDIA_ROOT, "report.txt"), "w") as file:\n'
                        "        file.write(text)\n"
                    ),
                },
                line=7,
            ),
        ),
        good=(
            good(
                {
                    "shop/reports.py": (
                        "from django.core.files.base import ContentFile\n"
                        "from django.core.files.storage import default_storage\n"
                        "\n"
                        "\n"
                        "def save(text):\n"
                        '    default_storage.save("report.txt", ContentFile(text))\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
