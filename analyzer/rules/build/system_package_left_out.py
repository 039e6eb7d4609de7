"""Debian packages of the project's own Dockerfile that are not carried over."""

from dataclasses import replace

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, passed


def check(ctx: Context) -> RuleOutcome:
    """Whether the image needs the package cannot be told."""
    found = ctx.noted("system-package-left-out")
    if found is None:
        return passed("every system package that the project installs is known in the image's Debian")
    return Failed(problems=tuple(replace(one, certainty=Certainty.LIKELY) for one in found.problems))


rule = Rule(
    info=RuleInfo(
        id="system-package-left-out",
        title="A system package is not carried over",
        severity=Severity.ADVICE,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The project installs a Debian or Alpine package that the image's Debian release may not have "
            "under this name, so the Dockerfile leaves it out. Where the app needs it, a program or library "
            "is missing at run time."
        ),
        remediation="Where the app needs it, look its name up and add it to image.system_packages.",
        commands=(
            "# pyproject.toml",
            "[tool.doctor.image]",
            'system_packages = ["NAME"]',
        ),
        references=(
            "https://www.debian.org/distrib/packages",
            "https://docs.docker.com/build/building/best-practices/#apt-get",
        ),
        bad=(
            bad(
                {
                    "Dockerfile": (
                        "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y libjpeg-progs\n"
                        "COPY . .\nRUN pip install -r requirements.txt\nCMD gunicorn shop.wsgi\n"
                    )
                },
                line=2,
            ),
        ),
        good=(
            good(
                {
                    "Dockerfile": (
                        "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y gettext\nCOPY . .\n"
                        "RUN pip install -r requirements.txt\nCMD gunicorn shop.wsgi\n"
                    )
                }
            ),
        ),
        notes=("system-package-left-out",),
    ),
    check=check,
)
