"""What the Dockerfile does in each step, and why."""

from collections.abc import Mapping

from analyzer.model.plan import Decision, DeploymentPlan, Role
from analyzer.model.verification import Verification
from analyzer.render.page.cells import NOTHING, Cell, Reason, minor, names
from analyzer.render.page.places import Places
from analyzer.render.page.sizes import size
from analyzer.render.statements import listing


def dockerfile_cells(
    plan: DeploymentPlan, places: Places, verification: Verification | None
) -> Mapping[str, tuple[Cell, str]]:
    """The cell of the Dockerfile in each row, and what cells of buildpacks are compared with."""
    image = plan.image
    install = image.install.value
    collect = image.collectstatic.value
    packages = [one.name for one in (*image.build_packages.value, *image.run_packages.value)]
    assets = image.assets.value
    web = image.command.value
    trial = "not tried yet" if verification is None else "nothing" if verification.passed else "its trial: see below"

    def cell(text: str, *decisions: Decision[object]) -> Cell:
        return Cell(text=text, differs=False, tone="ours", reasons=tuple(_decided(one, places) for one in decisions))

    commands = listing([*install.commands, *install.project_commands])
    others = [one.name for one in plan.components if one.role is not Role.WEB]
    collected = f"runs: {collect.command}" if collect is not None else "skipped"
    start = f"port {image.port.value} or $PORT, user {image.user_id.value}, in {image.working_dir.value}"
    return {
        "takes the folder": (cell(f"yes: {image.in_context('Dockerfile')}", image.context), "True"),
        "Python": (
            cell(f"{image.python_version.value} ({image.base_image.value})", image.python_version, image.base_image),
            minor(image.python_version.value),
        ),
        "packages by": (cell(install.manager, image.install), install.manager),
        "system packages": (
            cell(listing(list(dict.fromkeys(packages))), image.build_packages, image.run_packages),
            "",
        ),
        "install": (cell(commands, image.install, image.added_packages), ""),
        "front end": (cell(assets.build if assets is not None else NOTHING, image.assets), ""),
        "collectstatic": (cell(collected, image.collectstatic), "runs" if collect is not None else "skipped"),
        "process types": (
            cell(
                f"web: {web}" + (f"\nalso {listing(others)}" if others else ""),
                image.command,
                *(one.because for one in plan.components),
            ),
            web,
        ),
        "start, port, user": (cell(start, image.port, image.user_id, image.working_dir), ""),
        "variables at build": (cell(names(install.environment), image.install), ""),
        "variables at run": (cell(names(one.name for one in image.variables.value), image.variables), ""),
        "fails at": (cell(trial), "holds"),
    }


def _decided(decision: Decision[object], places: Places) -> Reason:
    override = f" To change it: {decision.override}." if decision.override else ""
    return Reason(text=f"{decision.rule}.{override}", places=places.of(decision.evidence))


def measured(verification: Verification) -> Cell:
    """Size and time of each image that was built."""
    lines = [f"{one.dockerfile}: {size(one.bytes)}, {one.seconds:.0f} s" for one in verification.images]
    return Cell(text="\n".join(lines) or "no image was built", differs=False, tone="ours", reasons=())
