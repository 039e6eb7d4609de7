"""The plan of the one image that all components of the Django project share."""

from analyzer.model.evidence import RepoPath
from analyzer.model.facts import Dependency, ProjectFacts
from analyzer.model.overrides import Overrides
from analyzer.model.plan import AddedPackage, Decision, ImagePlan, PlanNote
from analyzer.model.wheels import IndexAnswer
from analyzer.plan.assets import plan_assets
from analyzer.plan.base_image import plan_base_image, plan_buildkit, plan_debian
from analyzer.plan.decisions import decide, overridden
from analyzer.plan.front_end_commands import plan_front_end_commands
from analyzer.plan.ignored import large_file_notes, plan_ignored
from analyzer.plan.image_packages import on_python, plan_build_packages, plan_run_packages
from analyzer.plan.image_places import plan_context, plan_env_file, plan_placed, plan_working_dir
from analyzer.plan.image_variables import plan_variables
from analyzer.plan.installation.choose import plan_installation
from analyzer.plan.management_commands import plan_collectstatic, plan_compilemessages
from analyzer.plan.python_limits import pkg_resources
from analyzer.plan.python_version import plan_python_version
from analyzer.plan.requirement_text import requirement_text
from analyzer.plan.undeclared import undeclared_packages
from analyzer.plan.web_server.choose import WebServer, addition, choose_web_server, plan_command
from analyzer.plan.web_server.servers import servers
from analyzer.plan.writable import plan_writable

USER_ID = 10001
PORT = 8080


def plan_image(
    facts: ProjectFacts, overrides: Overrides, answer: IndexAnswer | None = None
) -> tuple[ImagePlan, tuple[PlanNote, ...]]:
    """Everything that the Dockerfile says, each part with its reason, and what somebody has to look at.

    Args:
        answer: what the package index said about wheels, where it was asked.
    """
    port = overridden(
        decide(PORT, "the platform's default, and no port that only root may open", override="image.port"),
        overrides.image.port,
        overrides,
    )
    python, python_notes = plan_python_version(facts, overrides, answer)
    server = choose_web_server(facts, python.value, port.value)
    context, context_notes = plan_context(facts, overrides, server.named)
    debian, debian_notes = plan_debian(facts, python.value, on_python(facts, python.value).run_packages, overrides)
    install, install_notes = plan_installation(facts, python.value, context.value, overrides)
    assets, assets_notes = plan_assets(facts, context.value, overrides)
    compilemessages = plan_compilemessages(facts, overrides, debian.value)
    collectstatic, static_notes = plan_collectstatic(facts, overrides, context.value, debian.value)
    front_end = plan_front_end_commands(facts, overrides, context.value, debian.value, assets.value, collectstatic)
    run_packages, package_notes = plan_run_packages(facts, python.value, debian.value, overrides)
    writable, writable_notes = plan_writable(facts, context.value, overrides)
    plan = ImagePlan(
        context=context,
        working_dir=plan_working_dir(facts, context.value),
        python_version=python,
        debian=debian,
        base_image=plan_base_image(python, debian, overrides),
        buildkit=plan_buildkit(overrides),
        install=install,
        added_packages=_added_packages(facts, server, python.value),
        build_packages=plan_build_packages(
            facts,
            python.value,
            debian.value,
            overrides,
            translations=compilemessages.value is not None,
            commands=any(
                command.value is not None
                for command in (
                    compilemessages,
                    collectstatic,
                    front_end.tailwind,
                    front_end.compilescss,
                    front_end.compress,
                )
            ),
        ),
        run_packages=run_packages,
        assets=assets,
        compilemessages=compilemessages,
        collectstatic=collectstatic,
        tailwind=front_end.tailwind,
        compilescss=front_end.compilescss,
        compress=front_end.compress,
        variables=plan_variables(facts, overrides, context.value, port.value, debian.value, trusts=server.trusts),
        writable=writable,
        user_id=overridden(
            decide(USER_ID, "a numeric user that is not root and owns nothing", override="image.user_id"),
            overrides.image.user_id,
            overrides,
        ),
        port=port,
        ignored=plan_ignored(facts, context.value, install.value, assets.value, overrides.image.ignore or ()),
        command=plan_command(server, context.value, overrides),
        placed=plan_placed(facts, context.value),
        env_file=plan_env_file(facts, context.value),
    )
    notes = (
        *python_notes,
        *context_notes,
        *debian_notes,
        *install_notes,
        *assets_notes,
        *static_notes,
        *front_end.notes,
        *package_notes,
        *writable_notes,
        *server.notes,
        *large_file_notes(facts, context.value, plan.ignored.value),
    )
    return plan, tuple(dict.fromkeys(notes))


def _added_packages(facts: ProjectFacts, server: WebServer, python: str) -> Decision[tuple[AddedPackage, ...]]:
    """What the installer's files do not name: the web server, and what a Dockerfile installs by name."""
    files = frozenset(facts.dependencies.install.manifests)
    brings_resources = pkg_resources(facts, python)
    named = [
        d
        for d in facts.dependencies.dependencies
        if d.group is None and d.direct and not _is_from(d, files, facts.dependencies.install.local)
    ]
    found = [AddedPackage(requirement=_pinned(d, python), because=f"{d.evidence.path} installs it") for d in named]
    taken = {package.requirement.partition("=")[0].partition("[")[0] for package in found}
    found += [p for p in server.added if p.requirement.partition("=")[0].partition("[")[0] not in taken]
    found += [brings_resources] if brings_resources is not None else []
    found += [p for p in undeclared_packages(facts) if p.requirement not in taken]
    rule = (
        "packages that the image needs and that no requirements file names; better written there"
        if found
        else "every package that the image needs is among the project's requirements"
    )
    return decide(tuple(found), rule, *(d.evidence for d in named), *(server.evidence[:1] if server.added else ()))


def _pinned(dependency: Dependency, python: str) -> str:
    """The requirement as it is written; a web server without a version is pinned."""
    server = next((s for s in servers().values() if dependency.name in s.package), None)
    if server is None or dependency.specifier or dependency.locked or dependency.vcs or dependency.extras:
        return requirement_text(dependency)
    pinned = addition(server.name, python)
    return pinned if pinned.startswith(f"{dependency.name}==") else requirement_text(dependency)


def _is_from(dependency: Dependency, files: frozenset[RepoPath], folders: tuple[RepoPath, ...]) -> bool:
    path = dependency.evidence.path
    return path in files or any(folder == "." or path.startswith(f"{folder}/") for folder in folders)
