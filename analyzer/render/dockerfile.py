"""The Dockerfile of a plan, inside the subset that all builders build alike (templates/Dockerfile.j2)."""

import shlex
from collections.abc import Iterable

from analyzer.model.artifact import Artifact
from analyzer.model.evidence import RepoPath
from analyzer.model.plan import AptPackage, DeploymentPlan, ImagePlan
from analyzer.render.annotations import Annotations, comment, one_line
from analyzer.render.docker_syntax import (
    copy_arguments,
    env_value,
    exec_form,
    folders_of,
    run_command,
)
from analyzer.render.environment import environment

TEMPLATE = "Dockerfile.j2"


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
            unpinned=any("==" not in package.requirement for package in image.added_packages.value),
            explain=annotations.explain,
            comment=comment,
            one_line=one_line,
            copy=copy_arguments,
            env=env_value,
            run=run_command,
            exec_form=exec_form,
            quoted=_quoted,
            folder=_folder,
            apt=_apt,
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
    requirements = [package.requirement for package in image.added_packages.value]
    installer = "uv pip install --no-cache" if image.install.value.manager == "uv" else "pip install --no-cache-dir"
    return f"{installer} {_quoted(requirements)}"


def _apt(packages: Iterable[AptPackage]) -> str:
    names = sorted({package.name for package in packages})
    lines = ["apt-get update", "apt-get install -y --no-install-recommends \\\n        " + " \\\n        ".join(names)]
    return " \\\n    && ".join([*lines, "rm -rf /var/lib/apt/lists/*"])


def _quoted(words: Iterable[str]) -> str:
    return " ".join(shlex.quote(one_line(word)) for word in words)


def _folder(root: str, path: RepoPath) -> str:
    """A path of the context as the image has it."""
    return root if path == "." else f"{root}/{path}"
