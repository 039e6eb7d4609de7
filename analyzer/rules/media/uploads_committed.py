"""What users uploaded is in the repository."""

from analyzer.model.evidence import Evidence, Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.static_folders import prefix_and_folder
from analyzer.rules.base import Context, Rule, add_line, bad, fail, good, not_applicable, passed, plain_value


def check(ctx: Context) -> RuleOutcome:
    """Files below MEDIA_ROOT but for those that collectstatic copies; of a folder with code nothing is said."""
    root = ctx.facts.django.media.root
    if not isinstance(root, Fact) or not root.value or root.value.startswith(("/", "..", "<")) or root.value == ".":
        return not_applicable("MEDIA_ROOT is not a folder of the repository")
    folder = root.value.rstrip("/")
    served = [f"{one}/" for one in _static_folders(ctx) if f"{one}/".startswith(f"{folder}/")]
    if f"{folder}/" in served:
        return passed("the folder is one of static files, which is a finding of its own", *root.evidence)
    files = [path for path in ctx.facts.repository.paths if path.startswith(f"{folder}/")]
    files = [path for path in files if not path.startswith(tuple(served))]
    files = [
        path for path in files if not path.rpartition("/")[2].startswith(".") and not path.endswith((".py", ".md"))
    ]
    code = any(path.endswith(".py") for path in ctx.facts.repository.paths if path.startswith(f"{folder}/"))
    if not files or code:
        return passed("no uploads are in the repository", *root.evidence)
    return fail(
        f"The repository has files below MEDIA_ROOT ({folder}), {len(files)} in all: a store for uploads does not have "
        "them, though rows of the database may name them.",
        *root.evidence,
        Evidence(path=files[0]),
        commands=(f"git rm -r -q --cached {folder}", add_line(".gitignore", f"{folder}/")),
    )


def _static_folders(ctx: Context) -> set[str]:
    """What collectstatic copies from."""
    value = plain_value(ctx.setting("STATICFILES_DIRS"))
    entries = value if isinstance(value, tuple) else ()
    folders = (prefix_and_folder(one)[1] for one in entries)
    return {one.rstrip("/") for one in folders if isinstance(one, str)}


rule = Rule(
    info=RuleInfo(
        id="uploads-committed",
        title="Files below MEDIA_ROOT are in the repository",
        severity=Severity.ADVICE,
        category=Category.MEDIA,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "Files that users sent are data, which everybody who can read the code has here. Once uploads "
            "go to a store, rows of the database that name these files find nothing there."
        ),
        remediation="Copy them to the store, take the folder out of the repository and ignore it.",
        commands=(
            "git rm -r -q --cached media",
            add_line(".gitignore", "media/"),
        ),
        references=(
            "https://docs.djangoproject.com/en/stable/topics/files/",
            "https://docs.digitalocean.com/products/spaces/",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nMEDIA_URL = "media/"\nMEDIA_ROOT = BASE_DIR / "media"\n'
                    ),
                    "media/products/chair.jpg": "x",
                },
                line=4,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": (
                        'from shop.defaults import *\n\nMEDIA_URL = "media/"\nMEDIA_ROOT = BASE_DIR / "media"\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
