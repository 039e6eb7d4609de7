"""All files of a plan, by the names that `--only` gives them."""

from collections.abc import Callable, Mapping

from analyzer.model.artifact import Artifact
from analyzer.model.errors import UsageError
from analyzer.model.plan import DeploymentPlan
from analyzer.render.app_spec import render_app_spec, render_deploy_template
from analyzer.render.compose import render_compose
from analyzer.render.dockerfile import render_dockerfile
from analyzer.render.dockerignore import render_dockerignore

RENDERERS: Mapping[str, Callable[[DeploymentPlan], Artifact]] = {
    "dockerfile": render_dockerfile,
    "dockerignore": render_dockerignore,
    "app-spec": render_app_spec,
    "deploy-template": render_deploy_template,
    "compose": render_compose,
}
USUAL = ("dockerfile", "dockerignore", "app-spec")
"""What is written unless something else is asked for."""


def render_artifacts(
    plan: DeploymentPlan, only: tuple[str, ...] | None, *, with_template: bool
) -> tuple[Artifact, ...]:
    """The rendered files of a plan.

    Args:
        only: the names of those that are wanted.
        with_template: the template of the deploy button, too.

    Raises UsageError for an unknown name.
    """
    unknown = sorted(set(only or ()) - set(RENDERERS))
    if unknown:
        raise UsageError(f"--only {unknown[0]}: there are {', '.join(RENDERERS)}")
    names = {*(only or USUAL), *(("deploy-template",) if with_template else ())}
    return tuple(render(plan) for name, render in RENDERERS.items() if name in names)
