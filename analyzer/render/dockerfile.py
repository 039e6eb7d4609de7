"""The Dockerfile of a plan, inside the subset that all builders build alike (templates/Dockerfile.j2)."""

import shlex
from collections.abc import Iterable

from analyzer.model.artifact import Artifact
from analyzer.model.evidence import RepoPath
from analyzer.model.plan import AptPackage, DeploymentPlan, ImagePlan, ManagementCommand
from analyzer.render.annotations import Annotations, comment, one_line
from analyzer.render.docker_syntax import (
    copy_arguments,
    env_value,
    exec_form,
    folders_of,
    run_command,
    with_caches,
)
from analyzer.render.environment import environment

TEMPLATE = "Dockerfile.j2"
APT_CACHES = ("/var/cache/apt", "/var/lib/apt/lists")


def render_dockerfile(plan: DeploymentPlan) -> Artifact:
    """The Dockerfile, in the folder that is built."""
    image = plan.image
    annotations = Annotations()
    text = (
        environment()
        .get_template(TEMPLATE)
        .render(
            image=image,
            install=image.install.value,
            manifests=folders_of(image.install.value.copies, image.install.value.folders),
            asset_copies=_asset_copies(image),
            writable=[_folder("/app", path) for path in image.writable.value],
            add_packages=_add_packages(image),
            cached=with_caches,
            unpinned=any("==" not in package.requirement for package in image.added_packages.value),
            explain=annotations.explain,
            comment=comment,
            one_line=one_line,
            copy=copy_arguments,
            env=env_value,
            run=run_command,
            management=_management,
            exec_form=exec_form,
            quoted=_quoted,
            folder=_folder,
            apt=lambda packages: _apt(packages, buildkit=image.buildkit.value),
        )
    )
    body, decisions = annotations.finish(text)
    return Artifact(name="dockerfile", path=image.in_context("Dockerfile"), body=body, decisions=decisions)


def _asset_copies(image: ImagePlan) -> dict[str, list[RepoPath]]:
    """What the node stage installs from, by folder below the WORKDIR."""
    assets = image.assets.value
    if assets is None:
        return {}
    prefix = "" if assets.directory == "." else f"{assets.directory}/"
    grouped = folders_of(path.removeprefix(prefix) for path in assets.copies)
    return {target: [prefix + path for path in paths] for target, paths in grouped.items()}


def _add_packages(image: ImagePlan) -> str:
    """The command that installs what no file of the repository asks for, by the installer that is there."""
    install = image.install.value
    if install.manager == "uv":
        installer, option, caches = "uv pip install", "--no-cache", install.caches
    else:
        installer, option, caches = "pip install", "--no-cache-dir", install.pip_caches
    requirements = _quoted(package.requirement for package in image.added_packages.value)
    if caches:
        return with_caches(f"{installer} {requirements}", caches)
    return f"{installer} {option} {requirements}"


def _apt(packages: Iterable[AptPackage], *, buildkit: bool) -> str:
    packages = tuple(packages)
    names = sorted({package.name for package in packages})
    folders = sorted({package.folder for package in packages if package.folder})
    lines = ["apt-get update", "apt-get install -y --no-install-recommends \\\n        " + " \\\n        ".join(names)]
    if folders:
        lines.insert(1, f"mkdir -p {_quoted(folders)}")
    if buildkit:
        # The images of Debian are told to throw downloads away at once.
        lines.insert(0, "rm -f /etc/apt/apt.conf.d/docker-clean")
        return with_caches(" \\\n    && ".join(lines), APT_CACHES, sharing="locked")
    return " \\\n    && ".join([*lines, "rm -rf /var/lib/apt/lists/*"])


def _management(command: ManagementCommand) -> str:
    """The command, and what it leaves behind taken away in the same layer.

    Folders beside the source, which the next stage copies, are there even if the command found nothing to write.
    """
    lines = [run_command(command.command, command.variables)]
    lines += [f"mkdir -p {_quoted(command.outside)}"] if command.outside else []
    lines += [f"rm -rf {_quoted(command.leftovers)}"] if command.leftovers else []
    lines += [f"chmod -R a+rX {_quoted(command.unreadable)}"] if command.unreadable else []
    return " \\\n    && ".join(lines)


def _quoted(words: Iterable[str]) -> str:
    return " ".join(shlex.quote(one_line(word)) for word in words)


def _folder(root: str, path: RepoPath) -> str:
    """A path of the context as the image has it."""
    return root if path == "." else f"{root}/{path}"
