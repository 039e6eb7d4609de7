"""The .dockerignore of a plan."""

from itertools import groupby

from analyzer.model.artifact import Artifact
from analyzer.model.plan import DeploymentPlan
from analyzer.render.annotations import Annotations, comment


def render_dockerignore(plan: DeploymentPlan) -> Artifact:
    """The file beside the Dockerfile, patterns under the heading of their group."""
    annotations = Annotations()
    ignored = plan.image.ignored
    blocks = [annotations.explain(ignored)]
    for group, patterns in groupby(ignored.value, key=lambda one: one.group):
        blocks.append("\n".join([comment(group), *(one.pattern for one in patterns)]))
    body, _ = annotations.finish("\n\n".join(blocks) + "\n")
    decisions = dict.fromkeys(range(1, body.count("\n") + 1), ignored)
    return Artifact(name="dockerignore", path=plan.image.in_context(".dockerignore"), body=body, decisions=decisions)
