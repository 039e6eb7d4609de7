"""What is built and where processes start: the build context, and the folder of manage.py in the image."""

import posixpath
from collections.abc import Iterable

from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import ProjectFacts
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.overrides import Overrides
from analyzer.model.plan import Decision, PlacedCopy, PlanNote
from analyzer.plan.decisions import decide, overridden

ROOT = "/app"
"""The folder of the image that holds the context."""
_ENV_FILE = lazy_pattern(r"(^|/)\.env(rc|\.(?!(example|sample|template)$)[^/]*)?$")
"""What never gets into the context."""


def plan_context(
    facts: ProjectFacts, overrides: Overrides, named: Iterable[RepoPath]
) -> tuple[Decision[RepoPath], tuple[PlanNote, ...]]:
    """The smallest folder that holds manage.py and every file that the build reads.

    Args:
        named: files of the repository that the web process is given.
    """
    needed = [
        (_django_dir(facts), _manage_py(facts)),
        *((path, Evidence(path=path, note="the installation reads it")) for path in _install_paths(facts)),
        *((path, Evidence(path=path, note="the front end's build reads or writes it")) for path in _asset_paths(facts)),
        *((path, Evidence(path=path, note="the web process reads it")) for path in named),
        *((path, Evidence(path=path, note="a settings file")) for path in facts.django.settings_modules.files),
    ]
    context = needed[0][0]
    because = [needed[0][1]]
    for path, evidence in needed[1:]:
        if not is_inside(path, context):
            context = common_folder(context, path)
            because.append(evidence)
    where = "the repository" if context == "." else context
    if len(because) == 1:
        rule = f"the build context is {where}, the folder of manage.py, which holds all that the build reads"
    else:
        rule = f"the build context is {where}, the smallest folder that holds manage.py and all that the build reads"
    decision = decide(context, rule, *because[:4], override="image.context")
    chosen = overridden(decision, overrides.image.context, overrides)
    outside = [evidence for path, evidence in needed if not is_inside(path, chosen.value)]
    if not outside:
        return chosen, ()
    note = PlanNote(
        code="context-too-small",
        message=f"{outside[0].path} is outside the build context {chosen.value}, so the build cannot read it",
        evidence=tuple(outside[:4]),
        remedy="set image.context to a folder that holds it, or leave it out",
    )
    return chosen, (note,)


def plan_working_dir(facts: ProjectFacts, context: RepoPath) -> Decision[str]:
    """The folder of manage.py, in which `python manage.py` and the servers find the project's modules."""
    folder = in_image(_django_dir(facts), context)
    return decide(folder, "processes start in the folder of manage.py", _manage_py(facts))


def plan_placed(facts: ProjectFacts, context: RepoPath) -> Decision[tuple[PlacedCopy, ...]]:
    """The Python files that the project's own image build copies to where modules are looked for."""
    found = [one for one in facts.placed_files if is_inside(one.origin, context) and is_inside(one.place, context)]
    if not found:
        return decide((), "no module has to be in another place than in the tree")
    copies = (PlacedCopy(origin=relative(one.origin, context), place=relative(one.place, context)) for one in found)
    rule = "the tree lacks these modules: the project's own Dockerfile copies them, too"
    return decide(tuple(copies), rule, *(one.evidence for one in found))


def plan_env_file(facts: ProjectFacts, context: RepoPath) -> Decision[str] | None:
    """The file of variables that django-configurations opens first (configurations/base.py, load_dotenv).

    It holds secrets, so that no image has it; without one the settings do not load. Variables of the app go before it.
    """
    setting = facts.django.settings.get("DOTENV")
    path = setting.bare if setting is not None else None
    if setting is None or not isinstance(path, str) or not facts.dependencies.has("django-configurations"):
        return None
    place = absolute(path, context)
    is_there = path in facts.repository.paths and not _ENV_FILE.search(path)
    if not path or is_there or not place.startswith(f"{ROOT}/"):
        return None
    rule = (
        "django-configurations stops without this file, which holds secrets: an empty one, as the app has the variables"
    )
    return decide(place, rule, *setting.evidence[:1])


def absolute(setting: str, context: RepoPath) -> str:
    """A path of the settings in the image: relative to the repository, above it ("<repo parent>/x"), or absolute."""
    home = ROOT if context == "." else posixpath.normpath(f"{ROOT}/{'../' * (context.count('/') + 1)}")
    plain = posixpath.normpath(setting.replace("<repo parent>", "..", 1))
    if is_inside(plain, context) and not plain.startswith(("/", "..")):
        return in_image(plain, context)
    return posixpath.normpath(posixpath.join(home, plain))


def relative(path: RepoPath, context: RepoPath) -> RepoPath:
    """A path of the repository, relative to the context; a path outside of it stays as it is."""
    if path == context:
        return "."
    return path if context == "." else path.removeprefix(f"{context}/")


def in_image(path: RepoPath, context: RepoPath) -> str:
    """Where a path of the repository is in the image."""
    inside = relative(path, context)
    return ROOT if inside == "." else f"{ROOT}/{inside}"


def is_inside(path: RepoPath, folder: RepoPath) -> bool:
    """Whether a path is the folder or below it."""
    return folder == "." or path == folder or path.startswith(f"{folder}/")


def common_folder(first: RepoPath, second: RepoPath) -> RepoPath:
    """The deepest folder that both are in."""
    common: list[str] = []
    for one, other in zip(first.split("/"), second.split("/"), strict=False):
        if one != other:
            break
        common.append(one)
    return "/".join(common) or "."


def _django_dir(facts: ProjectFacts) -> RepoPath:
    return facts.repository.django_dir or "."


def _manage_py(facts: ProjectFacts) -> Evidence:
    return Evidence(path=facts.django.build_settings.manage_py, note="manage.py")


def _install_paths(facts: ProjectFacts) -> Iterable[RepoPath]:
    install = facts.dependencies.install
    yield from install.manifests
    yield from install.local
    if install.package is not None and install.package.apart is not None:
        yield install.package.directory


def _asset_paths(facts: ProjectFacts) -> Iterable[RepoPath]:
    frontend = facts.frontend
    output = frontend.output_dir
    if frontend.separate_site or not frontend.bundlers or not isinstance(output, Fact) or output.value is None:
        return
    if isinstance(frontend.package_json, Fact) and frontend.package_json.value is not None:
        yield from frontend.install_files
        yield output.value
