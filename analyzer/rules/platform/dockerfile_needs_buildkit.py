"""RUN --mount is understood by BuildKit alone."""

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """Where the repository has a Dockerfile of its own, which is built until another one takes its place."""
    dockerfile = ctx.facts.dockerfile
    if dockerfile is None:
        return not_applicable("the repository has no Dockerfile for the project")
    if not dockerfile.mounts:
        return passed("its instructions are those of every builder", Evidence(path=dockerfile.path))
    return fail(
        f"{dockerfile.path} has RUN --mount, which builders other than BuildKit refuse or pass over; which builder "
        "App Platform uses is not documented.",
        *dockerfile.mounts[:3],
        certainty=Certainty.LIKELY,
    )


rule = Rule(
    info=RuleInfo(
        id="dockerfile-needs-buildkit",
        title="The Dockerfile has syntax of BuildKit alone",
        severity=Severity.ADVICE,
        category=Category.PLATFORM,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "App Platform does not document its builder; logs that users published name kaniko, which "
            "has refused RUN --mount, or run the step without it. `doctl app dev build` uses the "
            "engine's classic builder, which refuses it. The emitted Dockerfile has no mounts unless it "
            "is told to."
        ),
        remediation="Copy the files instead of mounting them, and leave caches to the layers.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/reference/dockerfile/",
            "https://github.com/GoogleContainerTools/kaniko/issues/1568",
        ),
        bad=(
            bad(
                {
                    "Dockerfile": (
                        "FROM python:3.13-slim\n"
                        "COPY . .\n"
                        "RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n"
                        'CMD ["gunicorn", "shop.wsgi"]\n'
                    ),
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "Dockerfile": (
                        "FROM python:3.13-slim\n"
                        "COPY . .\n"
                        "RUN pip install -r requirements.txt\n"
                        'CMD ["gunicorn", "shop.wsgi"]\n'
                    ),
                }
            ),
        ),
    ),
    check=check,
)
