"""What is said of a build: its steps, the one that failed, and what git keeps from it."""

from pathlib import Path

from analyzer.model.verification import Outcome
from analyzer.verify.building import BuildLog, BuildStep
from analyzer.verify.checks.image import built
from analyzer.verify.context import BuildContext

DOCKERFILE = "FROM debian\nCOPY local.py .\n"


def context(*left_out: str) -> BuildContext:
    return BuildContext(root=Path(), files=("manage.py",), left_out=left_out, dockerfile=DOCKERFILE)


def log(error: str = "") -> BuildLog:
    step = BuildStep(number=2, cached=True, seconds=0, log=())
    return BuildLog(image="" if error else "sha256:1", error=error, steps=(step,), seconds=3)


def test_what_git_ignores_is_named_where_the_image_builds() -> None:
    assert built("Dockerfile", context(), log()).detail == "3 s, 1 steps, 1 from the cache"
    found = built("Dockerfile", context("local.py", "media/a.png", "media/b.png"), log())
    assert found.detail.endswith("; without what git ignores, as on the platform: local.py, media/")


def test_what_git_ignores_is_named_where_the_image_does_not_build() -> None:
    error = (
        "COPY failed: file not found in build context or excluded by .dockerignore: stat local.py: file does not exist"
    )
    found = built("Dockerfile", context("local.py"), log(error))
    assert found.outcome is Outcome.FAILED
    assert found.cause == "the build copies local.py, which is not in its context"
    assert found.detail == "without what git ignores, as on the platform: local.py"
    assert [(one.path, one.line) for one in found.evidence] == [("Dockerfile", 2)]


def test_many_are_counted() -> None:
    found = built("Dockerfile", context(*(f"{name}.log" for name in "abcdefgh")), log())
    assert found.detail.endswith("a.log, b.log, c.log, d.log, e.log and 3 more")
