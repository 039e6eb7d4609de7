"""A report with everything that a page can show: of a fixture, with hand-made findings and a trial."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from analyzer.config import Config
from analyzer.model.artifact import Artifact
from analyzer.model.evidence import Evidence
from analyzer.model.existing import GitRemote
from analyzer.model.report import Report
from analyzer.pipeline import analyze
from analyzer.render.artifacts import render_artifacts
from tests.render.audits import AUDIT
from tests.render.document.test_verification import VERIFICATION

ROOT = Path(__file__).parents[2]
REPOSITORY = ROOT / "fixtures" / "heroku_celery_beat" / "repo"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
PATCH = (
    "--- a/shop/settings.py\n+++ b/shop/settings.py\n@@ -12,1 +12,1 @@\n"
    '-ALLOWED_HOSTS = []\n+ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\n'
)


@cache
def scanned() -> Report:
    """What doctor says of the fixture."""
    report = analyze(REPOSITORY, Config(), lambda _: None)
    assert isinstance(report, Report)
    return report


@cache
def rich() -> Report:
    """The same with findings of each severity, a question, something ignored, a patch, a commit and a trial.

    Two buildpacks are enough: what checks a page in a browser takes its time for each element.
    """
    report = scanned()
    first, *others = AUDIT.findings
    return replace(
        report,
        audit=replace(AUDIT, findings=(replace(first, patch=PATCH), *others)),
        facts=replace(
            report.facts,
            git=GitRemote(host="github.com", path="example/shop", branch="main", evidence=Evidence(path=".git/config")),
        ),
        commit=COMMIT,
        prefix=".",
        predictions=report.predictions[:2],
        verification=VERIFICATION,
    )


def artifacts_of(report: Report) -> tuple[Artifact, ...]:
    """The files that doctor emit would write."""
    assert report.plan is not None
    return render_artifacts(report.plan, None, with_template=False)
