"""Health checks come from the app spec."""

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_PATH = lazy_pattern(r"https?://[^/\s\"']+(/[\w./~-]*)")

_WITHOUT_PATH = (
    "Where the app has a path that answers without a login and whatever the Host header is, name it in the app spec; "
    "the port is asked otherwise."
)


def check(ctx: Context) -> RuleOutcome:
    """Where the repository has a Dockerfile of its own."""
    dockerfile = ctx.facts.dockerfile
    if dockerfile is None:
        return not_applicable("the repository has no Dockerfile for the project")
    if dockerfile.health_check is None:
        return passed("it has no HEALTHCHECK", Evidence(path=dockerfile.path))
    asked = _PATH.search(dockerfile.health_check.note)
    served = next((one.path for one in ctx.facts.urls.health), None)
    path = asked[1] if asked is not None else served
    return fail(
        f"The HEALTHCHECK of {dockerfile.path} plays no part on App Platform: the platform asks the port, or the path "
        "that the app spec names.",
        dockerfile.health_check,
        commands=("health_check:", f"  http_path: {path}") if path is not None else (),
        remediation=None if path is not None else _WITHOUT_PATH,
        certainty=Certainty.LIKELY,
    )


rule = Rule(
    info=RuleInfo(
        id="dockerfile-health-check-unused",
        title="The HEALTHCHECK of the image is not asked",
        severity=Severity.ADVICE,
        category=Category.PLATFORM,
        area=Area.OPERATIONS,
        effort=Effort.MINUTES,
        rationale=(
            "HEALTHCHECK is for the engine of Docker. App Platform decides by the health check of the "
            "app spec whether a container gets requests, and workers have none unless the spec says so."
        ),
        remediation="Name the path in the app spec.",
        commands=(
            "health_check:",
            "  http_path: /healthz",
        ),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-health-checks/",),
        bad=(
            bad(
                {
                    "Dockerfile": (
                        "FROM python:3.13-slim\n"
                        "COPY . .\n"
                        "RUN pip install -r requirements.txt\n"
                        "HEALTHCHECK CMD curl -f http://localhost:8000/healthz\n"
                        'CMD ["gunicorn", "shop.wsgi"]\n'
                    ),
                },
                line=4,
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
