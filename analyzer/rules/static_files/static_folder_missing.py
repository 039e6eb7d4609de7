"""A folder of STATICFILES_DIRS that the repository does not have."""

import shlex
from collections.abc import Iterator
from posixpath import normpath

from analyzer.model.evidence import Fact
from analyzer.model.facts import Setting
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.static_folders import prefix_and_folder
from analyzer.rules.base import Context, Rule, bad, django_at_least, fail, good, not_applicable, passed

_INSTALL = "Install the packages where static files are collected, or take the folder out of STATICFILES_DIRS."

_COPY = (
    "In the emitted Dockerfile, copy the folder from the stage that installs the packages, after `COPY . .` and before "
    "collectstatic."
)
_STAGE = (
    "Add a stage with Node.js to the emitted Dockerfile that installs the packages (npm ci), and copy the folder from "
    "it before collectstatic."
)
_BRING = (
    "Run what fills the folder before collectstatic, in the emitted Dockerfile, or commit what templates load of it."
)

_OUTPUT = lazy_pattern(r"(^|[_-])(dist|build|built|compiled|out|output|bundles?)($|[_-])")
"""Names of folders that builds of front ends write to."""


def check(ctx: Context) -> RuleOutcome:
    """Folders below the project that nothing in the build of the image makes."""
    setting = ctx.setting("STATICFILES_DIRS")
    if setting is None or not isinstance(setting.configured, tuple):
        return not_applicable("STATICFILES_DIRS is not set, or could not be told")
    missing = [folder for folder in _folders(setting) if not _is_made(ctx, folder)]
    if not missing:
        return passed("the repository has the folders of STATICFILES_DIRS", *setting.evidence)
    what = f"STATICFILES_DIRS names {', '.join(missing[:4])}, which the repository does not have"
    if _is_old(ctx):
        return fail(f"{what}: collectstatic ends with FileNotFoundError.", *setting.evidence, commands=_keep(missing))
    modules = all("node_modules" in folder.split("/") for folder in missing)
    loaded = [place for folder in missing for place in ctx.facts.missing_static.get(folder, ())]
    if loaded:
        first = loaded[0]
        copies = _copies(ctx, missing) if modules else ()
        return fail(
            f"{what}: nothing of it gets into the image, while {first.path}:{first.line} loads {first.note} from it, "
            "which browsers then do not get.",
            *setting.evidence,
            first,
            severity=Severity.RISK,
            remediation=(_COPY if copies else _STAGE) if modules else _BRING,
            commands=copies,
        )
    return fail(
        f"{what}: nothing of it gets into the image, and collectstatic passes over it with a warning.",
        *setting.evidence,
        severity=Severity.ADVICE,
        remediation=_INSTALL if modules else None,
        commands=_keep(missing),
    )


def _copies(ctx: Context, folders: list[str]) -> tuple[str, ...]:
    """The instructions that take them out of the stage in which the front end is built, where it installs them."""
    assets, context = ctx.plan.image.assets.value, ctx.plan.image.context.value
    inside = [folder if context == "." else folder.removeprefix(f"{context}/") for folder in folders]
    if assets is None or any(folder != normpath(f"{assets.directory}/node_modules") for folder in inside):
        return ()
    return tuple(f"COPY --from=assets /app/{folder} /app/{folder}" for folder in inside)


def _keep(folders: list[str]) -> tuple[str, ...]:
    """What commits empty folders; what a package manager fills is not committed."""
    own = [shlex.quote(folder) for folder in folders if "node_modules" not in folder.split("/")]
    return tuple(f"mkdir -p {one} && touch {one}/.gitkeep && git add -f {one}/.gitkeep" for one in own[:4])


def _is_old(ctx: Context) -> bool:
    """Whether Django is pinned to a release before 4.0."""
    django = ctx.facts.dependencies.django_version
    pinned = isinstance(django, Fact) and (django.value or "")[:1].isdigit()
    return pinned and not django_at_least(ctx.facts, (4, 0))


def _folders(setting: Setting) -> Iterator[str]:
    for entry in setting.configured if isinstance(setting.configured, tuple) else ():
        _, folder = prefix_and_folder(entry)
        if isinstance(folder, str) and folder and not folder.startswith(("/", "..", "<")):
            yield normpath(folder)


def _is_made(ctx: Context, folder: str) -> bool:
    """Whether it is in the repository, or the build of a front end writes to it, to one above it or below it.

    What by its name is the output of a front end that the image does not build is a finding of another rule.
    """
    if folder == "." or any(path.startswith(f"{folder}/") for path in ctx.facts.repository.paths):
        return True
    if ctx.notes.get("assets-not-built") and _OUTPUT.search(folder.rpartition("/")[2]):
        return True
    assets, output = ctx.plan.image.assets.value, ctx.facts.frontend.output_dir
    made = [*(assets.outputs if assets is not None else ())]
    made += [output.value] if isinstance(output, Fact) and output.value else []
    return any(one == folder or one.startswith(f"{folder}/") or folder.startswith(f"{one}/") for one in made)


rule = Rule(
    info=RuleInfo(
        id="static-folder-missing",
        title="STATICFILES_DIRS names a folder that is not there",
        severity=Severity.BLOCKER,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "git keeps no empty folders, and ignored ones stay on the laptop. Before Django 4.0 "
            "collectstatic ends with FileNotFoundError where such a folder is missing; since then it "
            "warns (staticfiles.W004) and what the folder had on a laptop is missing in the image."
        ),
        remediation=(
            "Where something builds what belongs into the folder, run that before collectstatic; otherwise commit it "
            "with a file in it, or take it out of STATICFILES_DIRS."
        ),
        commands=("mkdir -p static && touch static/.gitkeep && git add static/.gitkeep",),
        references=(
            "https://docs.djangoproject.com/en/stable/ref/settings/#staticfiles-dirs",
            "https://devcenter.heroku.com/articles/django-assets",
        ),
        bad=(
            bad(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / "assets"]\n'),
                    "requirements.txt": (
                        "dj-database-url==1.0.0\n"
                        "django==3.2.25\n"
                        "gunicorn==23.0.0\n"
                        "psycopg2-binary==2.9.9\n"
                        "whitenoise==5.3.0\n"
                    ),
                },
                line=3,
            ),
            bad(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / "assets"]\n'),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "shop/settings.py": ('from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / "assets"]\n'),
                    "assets/site.css": "body { color: black; }\n",
                }
            ),
        ),
    ),
    check=check,
)
