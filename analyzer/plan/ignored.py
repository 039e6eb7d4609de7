"""What the builder does not get, and what it must get all the same."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import ProjectFacts
from analyzer.model.plan import Alternative, AssetsPlan, Decision, IgnorePattern, InstallPlan, PlanNote
from analyzer.model.static_folders import prefix_and_folder
from analyzer.plan.ignore_patterns import Paths, matches
from analyzer.plan.tables import table

RULE = "what the image does not need stays out of the build context, secrets first"

_OF_APPS = ("static", "templates")
"""Folders of an app in which Django looks for static files and templates."""


def plan_ignored(
    facts: ProjectFacts,
    context: RepoPath,
    install: InstallPlan,
    assets: AssetsPlan | None,
    configured: tuple[str, ...],
) -> Decision[tuple[IgnorePattern, ...]]:
    """The patterns for a build context.

    A pattern that would hide a file that the build reads is left out and becomes an alternative; a secret is never
    let in, and what the build needs of it is let in by name.

    Args:
        context: the folder that is built; install and assets name their files relative to it.
        configured: the lines of `image.ignore`, which come last.
    """
    paths = list(_inside(facts.repository.paths, context))
    read = {*install.copies, *(_inside(facts.frontend.install_files, context) if assets is not None else ())}
    read |= set(_inside((one.origin for one in facts.placed_files), context))
    folders = tuple(f"{path}/" for path in read)
    needed = [path for path in paths if path in read or path.startswith(folders)]
    packages = {path.rpartition("/")[0] for path in paths if path.endswith("/__init__.py")}
    code = [path for path in paths if path.endswith(".py") and path.rpartition("/")[0] in packages]
    served = list(_served(facts, context, paths, packages))
    must_stay = {"never": Paths(()), "code": Paths([*needed, *code, *served]), "committed": Paths(paths)}
    chosen: list[IgnorePattern] = []
    dropped: list[Alternative] = []
    for group in (*table("dockerignore")["group"], *_keys(facts, context), *_generated(facts, context)):
        for pattern in group["patterns"]:
            hidden = must_stay[group["keep"]].first(pattern)
            if hidden is None:
                chosen.append(IgnorePattern(pattern=pattern, group=group["name"]))
            else:
                dropped.append(Alternative(value=pattern, reason=f"{hidden} is in the repository"))
    hidden_again = sorted(path for path in needed if _is_hidden(path, chosen))
    chosen += [IgnorePattern(pattern=f"!{path}", group="files that the installation reads") for path in hidden_again]
    chosen += [IgnorePattern(pattern=pattern, group="configured by image.ignore") for pattern in configured]
    return Decision(value=tuple(chosen), rule=RULE, alternatives=tuple(dropped), override="image.ignore")


def large_file_notes(facts: ProjectFacts, context: RepoPath, ignored: tuple[IgnorePattern, ...]) -> list[PlanNote]:
    """The large files that every build is sent and every image holds."""
    return [
        PlanNote(
            code="large-file-in-context",
            message=f"{one.path} has {one.bytes / 1_000_000:.0f} MB, which every build is sent and every image holds",
            evidence=(Evidence(path=one.path),),
            remedy="keep it in object storage, or leave it out with image.ignore",
        )
        for one in facts.repository.large_files
        if any(not _is_hidden(path, ignored) for path in _inside((one.path,), context))
    ]


def _inside(paths: Iterable[RepoPath], context: RepoPath) -> Iterator[RepoPath]:
    """The files of the context, relative to it."""
    for path in paths:
        if context == ".":
            yield path
        elif path.startswith(f"{context}/"):
            yield path[len(context) + 1 :]


def _keys(facts: ProjectFacts, context: RepoPath) -> Iterator[dict[str, Any]]:
    """The files with private keys that no pattern takes, each by its name."""
    secrets = [group["patterns"] for group in table("dockerignore")["group"] if group["keep"] == "never"]
    keys = [path for path in _inside(facts.repository.private_keys, context) if _is_plain(path)]
    left = [path for path in keys if not any(matches(pattern, path) for patterns in secrets for pattern in patterns)]
    if left:
        yield {"name": "private keys", "keep": "never", "patterns": left}


def _generated(facts: ProjectFacts, context: RepoPath) -> Iterator[dict[str, Any]]:
    """STATIC_ROOT and MEDIA_ROOT, where they are folders of the repository and nothing is committed there.

    What collectstatic copies from belongs into the image, whatever else the folder is for.
    """
    answers = (facts.django.static.root, facts.django.media.root)
    roots = {answer.value.rstrip("/") for answer in answers if isinstance(answer, Fact) and answer.value}
    sources = set(_folders(facts, "STATICFILES_DIRS"))
    roots = {root for root in roots if not any(f"{source}/".startswith(f"{root}/") for source in sources)}
    folders = sorted(folder for folder in _inside(roots, context) if _is_plain(folder))
    if folders:
        yield {"name": "collected static files and uploads", "keep": "committed", "patterns": folders}


def _served(facts: ProjectFacts, context: RepoPath, paths: list[str], packages: set[str]) -> Iterator[str]:
    """The files that collectstatic copies and the templates, by the settings and by their places in apps; without
    those of editors and of Python.
    """
    named = set(_inside((*_folders(facts, "STATICFILES_DIRS"), *_folders(facts, "TEMPLATES")), context))
    known: dict[str, bool] = {"": False}
    for path in paths:
        folder, _, name = path.rpartition("/")
        is_own = name.startswith(".") or name.endswith((".pyc", ".pyo"))
        if not is_own and _is_served(folder, named, packages, known):
            yield path


def _is_served(folder: str, named: set[str], packages: set[str], known: dict[str, bool]) -> bool:
    """Whether a folder is one of `named`, an app's own, or below such a one; `known` are the answers so far."""
    if folder not in known:
        above, _, name = folder.rpartition("/")
        of_app = name in _OF_APPS and above in packages
        known[folder] = of_app or folder in named or _is_served(above, named, packages, known)
    return known[folder]


def _folders(facts: ProjectFacts, name: str) -> Iterator[RepoPath]:
    """The folders of the repository that STATICFILES_DIRS names, with a prefix or without, or DIRS of TEMPLATES."""
    setting = facts.django.settings.get(name)
    entries = setting.configured if setting is not None and isinstance(setting.configured, tuple) else ()
    for entry in entries:
        inner = entry.get("DIRS") if isinstance(entry, Mapping) else (entry,)
        for one in inner if isinstance(inner, tuple) else ():
            _, folder = prefix_and_folder(one)
            if isinstance(folder, str) and folder.strip("./"):
                yield folder.rstrip("/")


def _is_plain(folder: str) -> bool:
    return bool(folder) and folder != "." and not folder.startswith(("/", "..")) and not set(folder) & set("*?[]\\!\n")


def _is_hidden(path: RepoPath, patterns: Iterable[IgnorePattern]) -> bool:
    """Whether the builder would not get the file; the last pattern that takes it decides."""
    hidden = False
    for one in patterns:
        if one.pattern.startswith("!"):
            hidden = hidden and not matches(one.pattern[1:], path)
        elif matches(one.pattern, path):
            hidden = True
    return hidden
