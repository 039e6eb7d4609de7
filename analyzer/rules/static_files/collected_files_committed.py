"""What collectstatic writes is made in each build."""

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, add_line, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Files below STATIC_ROOT, told by those that the admin brings, where the image collects."""
    root = ctx.facts.django.static.root
    if not isinstance(root, Fact) or not root.value or root.value.startswith(("/", "..", "<")):
        return not_applicable("STATIC_ROOT is not a folder of the repository")
    folder = root.value.rstrip("/")
    files = [path for path in ctx.facts.repository.paths if path.startswith(f"{folder}/")]
    admin = [path for path in files if path.startswith(f"{folder}/admin/")]
    if not admin:
        return passed("what collectstatic writes is not in the repository", *root.evidence)
    return fail(
        f"{len(files)} files below {folder}, which collectstatic writes to, are in the repository: those of older "
        "releases stay in the image beside the new ones.",
        *root.evidence,
        Evidence(path=admin[0]),
        commands=(f"git rm -r -q --cached {folder}", add_line(".gitignore", f"{folder}/")),
    )


rule = Rule(
    info=RuleInfo(
        id="collected-files-committed",
        title="Collected static files are in the repository",
        severity=Severity.ADVICE,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The image runs collectstatic itself. Committed copies make every build's context larger, "
            "hide which files are the sources, and files that an upgrade of Django has dropped are "
            "still served."
        ),
        remediation="Take the folder out of the repository and ignore it.",
        commands=(
            "git rm -r -q --cached staticfiles",
            add_line(".gitignore", "staticfiles/"),
        ),
        references=("https://docs.djangoproject.com/en/stable/ref/settings/#static-root",),
        bad=(
            bad(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nSTATIC_ROOT = BASE_DIR / "collected"\n'),
                    "collected/admin/css/base.css": "body { color: black; }\n",
                },
                line=3,
            ),
        ),
        good=(good({}),),
    ),
    check=check,
)
