"""The front-end build, where Django serves what it makes."""

import re
from collections.abc import Mapping
from dataclasses import replace

from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import FrontendFacts, ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import AssetsPlan, Decision, PlanNote
from analyzer.plan.decisions import CONFIGURED, decide
from analyzer.plan.image_places import is_inside, relative
from analyzer.plan.node_version import node_version
from analyzer.plan.tables import table

OVERRIDE = "image.assets"
INSTALL = {
    "npm": ("npm ci", "npm install"),
    "yarn": ("yarn install --immutable", "yarn install"),
    "yarn 1": ("yarn install --frozen-lockfile", "yarn install"),
    "pnpm": ("pnpm install --frozen-lockfile", "pnpm install"),
    "bun": ("bun install --frozen-lockfile", "bun install"),
}
"""Manager -> (with a lock file, without)."""
FOLDER_OPTIONS = {"npm": "--prefix", "yarn": "--cwd", "pnpm": "-C", "bun": "--cwd"}

STATS_SETTING = "WEBPACK_LOADER"
"""Its loaders name the file of webpack-bundle-tracker (django-webpack-loader, README, "Settings")."""
COREPACK_UNTIL = 24
"""The last Node.js whose image has corepack."""


def plan_assets(
    facts: ProjectFacts, context: RepoPath, overrides: Overrides
) -> tuple[Decision[AssetsPlan | None], tuple[PlanNote, ...]]:
    """A stage with Node.js where the output is read by Django; None where there is nothing to build for it."""
    frontend = facts.frontend
    evidence = frontend.build_command.evidence[:2]
    if overrides.image.assets is False:
        return decide(None, CONFIGURED, overrides.place(OVERRIDE), override=OVERRIDE), ()
    found = _values(frontend)
    if found is None or not frontend.bundlers:
        return decide(None, _why_none(frontend), *evidence[:1], override=OVERRIDE), tuple(_notes(frontend))
    manifest, command, output = found
    if frontend.separate_site and overrides.image.assets is not True:
        rule = "the front end is a site of its own, which its own component builds"
        return decide(None, rule, *evidence, override=OVERRIDE), ()
    if is_inside(facts.repository.django_dir or ".", output):
        rule = (
            f"`{command}` writes {output}, which holds the Django project itself: what Django serves of it is not known"
        )
        return decide(None, rule, *evidence, override=OVERRIDE), (_unknown_output(rule, evidence),)
    if not all(is_inside(path, context) for path in (manifest, output)):
        return decide(
            None, f"the front end lies outside of the build context {context}", *evidence, override=OVERRIDE
        ), ()
    node, why = node_version(frontend, overrides)
    plan = _plan(frontend, context, manifest, command, output, node, buildkit=bool(overrides.image.buildkit))
    stats, stats_places = _stats_files(facts, context, output)
    plan = replace(plan, outputs=(*plan.outputs, *stats))
    rule = f"`{command}` writes {output}, which Django serves; {why}"
    places = (*evidence, *(frontend.node_version.evidence if frontend.node_version is not None else ()), *stats_places)
    notes = tuple(_without_lock(frontend, manifest))
    return decide(plan, rule, *places, override=OVERRIDE), notes


def _stats_files(
    facts: ProjectFacts, context: RepoPath, output: RepoPath
) -> tuple[tuple[RepoPath, ...], tuple[Evidence, ...]]:
    """The files outside of the output in which django-webpack-loader looks up what the build made."""
    setting = facts.django.settings.get(STATS_SETTING)
    root = facts.django.image_settings.static_root
    collected = root.value if isinstance(root, Fact) else None
    loaders = setting.bare.values() if setting is not None and isinstance(setting.bare, Mapping) else ()
    named = (loader.get("STATS_FILE") for loader in loaders if isinstance(loader, Mapping))
    found = [
        path
        for path in named
        if isinstance(path, str)
        and not path.startswith(("/", "<", ".."))
        and is_inside(path, context)
        and not is_inside(path, output)
        and not (collected is not None and is_inside(path, collected))
    ]
    if setting is None or not found:
        return (), ()
    return tuple(sorted(relative(path, context) for path in dict.fromkeys(found))), setting.evidence[:1]


def _values(frontend: FrontendFacts) -> tuple[RepoPath, str, RepoPath] | None:
    """-> (package.json, build command, output) where all are known."""
    parts = [
        answer.value if isinstance(answer, Fact) else None
        for answer in (frontend.package_json, frontend.build_command, frontend.output_dir)
    ]
    manifest, command, output = parts
    if manifest is None or command is None or output is None:
        return None
    return manifest, command, output


def _plan(
    frontend: FrontendFacts,
    context: RepoPath,
    manifest: RepoPath,
    command: str,
    output: RepoPath,
    node: str,
    *,
    buildkit: bool,
) -> AssetsPlan:
    home = frontend.install_directory or manifest.rpartition("/")[0] or "."
    folder = manifest.rpartition("/")[0] or "."
    manager = frontend.package_manager.value if isinstance(frontend.package_manager, Fact) else None
    manager = manager or "npm"
    key = _manager_of_table(frontend, manager)
    caches = (table("nodes")["caches"][key],) if buildkit else ()
    install = _with_globals(frontend, _install(frontend, manager, key, node), alone=folder == home)
    build = command if folder == home else _in_folder(command, manager, relative(folder, home))
    sources = tuple(relative(path, context) for path in frontend.scans)
    if folder != home and not sources:
        sources = (relative(folder, context),)
    if frontend.install_reads_source:
        # Its own scripts run at the installation, so the source has to be there.
        return AssetsPlan(
            image=f"node:{node}-slim",
            directory=relative(home, context),
            copies=(),
            install="",
            build=f"{install} && {build}",
            outputs=(relative(output, context),),
            sources=sources,
            caches=caches,
        )
    return AssetsPlan(
        image=f"node:{node}-slim",
        directory=relative(home, context),
        copies=tuple(relative(path, context) for path in frontend.install_files),
        install=install,
        build=build,
        outputs=(relative(output, context),),
        sources=sources,
        caches=caches,
    )


def _manager_of_table(frontend: FrontendFacts, manager: str) -> str:
    """The manager as the tables name it: the classic Yarn is "yarn 1"."""
    modern = any(path.endswith(".yarnrc.yml") for path in frontend.install_files)
    modern = modern or not _is_old(frontend.manager_version)
    return "yarn 1" if manager == "yarn" and not modern else manager


def _install(frontend: FrontendFacts, manager: str, key: str, node: str) -> str:
    """From the lock file; packages for development are installed, too, as the build needs them.

    npm and the classic Yarn are in the image of Node.js; corepack, which was until recently, brings the others.

    Args:
        key: the manager as the tables name it.
    """
    with_lock, without = INSTALL[key]
    command = with_lock if frontend.lock is not None else without
    if key in ("npm", "yarn 1"):
        return command
    if key != "bun" and node.isdecimal() and int(node) <= COREPACK_UNTIL:
        return f"corepack enable && {command}"
    version = frontend.manager_version or table("nodes")["managers"][manager]
    return f"npm install --global {table('nodes')['packages'][manager]}@{version} && {command}"


def _with_globals(frontend: FrontendFacts, install: str, *, alone: bool) -> str:
    """The installation, and before it the programs of the build that no package brings.

    Args:
        alone: whether the package is no member of a workspace, which may bring them.
    """
    rows = table("nodes")["global"]
    wanted = [rows[name] for name in frontend.bundlers if alone and name in rows]
    missing = [row["install"] for row in wanted if frontend.packages.keys().isdisjoint(row["brought_by"])]
    return f"npm install --global {' '.join(missing)} && {install}" if missing else install


def _is_old(version: str | None) -> bool:
    """Whether a version of Yarn is the classic one, which the image of Node.js brings."""
    return version is None or version.startswith("1.") or version == "1"


def _in_folder(command: str, manager: str, folder: RepoPath) -> str:
    """The command of a member, run from the folder of its workspace."""
    option = FOLDER_OPTIONS[manager]
    return re.sub(rf"\b{manager} run\b", f"{manager} {option} {folder} run", command)


def _why_none(frontend: FrontendFacts) -> str:
    command = frontend.build_command
    if isinstance(command, Fact) and command.value is None:
        return "no front end is built for Django"
    if isinstance(frontend.package_json, Fact) and frontend.package_json.value is None:
        return "no package.json builds a front end"
    return "what the front end's build makes, or how, is not known"


def _notes(frontend: FrontendFacts) -> list[PlanNote]:
    by_python = isinstance(frontend.package_json, Fact) and frontend.package_json.value is None
    if not frontend.bundlers or frontend.separate_site or by_python:
        return []  # what a Python package builds, a management command does
    unknown = [a for a in (frontend.build_command, frontend.output_dir) if not isinstance(a, Fact)]
    if not unknown:
        return []
    note = PlanNote(
        code="assets-not-built",
        message=f"the front end is not built in the image: {unknown[0].reason}",
        evidence=unknown[0].evidence,
        remedy="commit what the build makes, or give package.json a build script with an output of its own",
    )
    return [note]


def _unknown_output(rule: str, evidence: tuple[Evidence, ...]) -> PlanNote:
    return PlanNote(
        code="assets-not-built",
        message=f"the front end is not built in the image: {rule}",
        evidence=evidence,
        remedy="commit what the build makes, or let it write to one folder of static files",
    )


def _without_lock(frontend: FrontendFacts, manifest: RepoPath) -> list[PlanNote]:
    if frontend.lock is not None:
        return []
    return [
        PlanNote(
            code="no-lock-file",
            message=f"{manifest} has no lock file, so each build takes the newest packages that it allows",
            evidence=(Evidence(path=manifest),),
            remedy="commit the lock file that the package manager writes",
        )
    ]
