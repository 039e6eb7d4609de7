"""What a job writes to its disk is gone when it ends."""

from analyzer.model.evidence import Fact
from analyzer.model.facts import ProcessType
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

_COLLECTS = lazy_pattern(r"\bmanage(?:\.py)?\s+collectstatic\b|\bdjango-admin\s+collectstatic\b")
_RELEASES = ("Procfile", "app.json", "heroku.yml", "fly.toml")
"""Files whose release commands have a container of their own."""
_DOKKU = "predeploy"
"""A script of app.json whose files Dokku keeps in the image (docs/advanced-usage/deployment-tasks.md)."""
_LOCAL = ("django.", "whitenoise.")
"""Packages whose storages keep static files on the disk."""


def check(ctx: Context) -> RuleOutcome:
    """Release commands of Heroku, and jobs of an app spec that the repository has.

    What a web process's own command runs before it, or a build or a server's script does, writes where it is served.
    """
    storage = ctx.facts.django.static.storage
    if not isinstance(storage, Fact) or not (storage.value or "").startswith(_LOCAL):
        return not_applicable("static files are not known to be kept on the disk")
    spec = ctx.facts.existing_spec
    jobs = [(one.name, one.run_command or "", one.evidence) for one in spec.components if one.job_kind] if spec else []
    served = {one.evidence for one in ctx.facts.processes if one.type is not ProcessType.RELEASE}
    releases = [
        (one.name, one.command, one.evidence)
        for one in ctx.facts.processes
        if one.type is ProcessType.RELEASE and one.source in _RELEASES and one.evidence not in served
        if one.name != _DOKKU
    ]
    places = {evidence: (name, command) for name, command, evidence in (*releases, *jobs)}
    found = fail_all(
        Problem(
            message=(
                f"{name} runs collectstatic, which writes to the disk of a container that ends with it: the web "
                "process never sees the files."
            ),
            evidence=(evidence,),
        )
        for evidence, (name, command) in places.items()
        if _COLLECTS.search(command)
    )
    return found or passed("no job collects static files", *storage.evidence)


rule = Rule(
    info=RuleInfo(
        id="collected-in-job",
        title="Static files are collected in a job",
        severity=Severity.ADVICE,
        category=Category.STATIC_FILES,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "A job, and a release command, is a container of its own, whose disk nobody else has. The files belong "
            "into the image, where the emitted Dockerfile collects them, or into a storage that uploads them."
        ),
        remediation="Take collectstatic out of the job: the emitted Dockerfile runs it when the image is built.",
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"
                        "release: python manage.py collectstatic --noinput && python manage.py migrate\n"
                    )
                },
                line=2,
            ),
        ),
        good=(
            good(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\nrelease: python manage.py migrate --noinput\n"
                    )
                }
            ),
            good(
                {
                    "Procfile": (
                        "web: python manage.py collectstatic --noinput && gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"
                    )
                }
            ),
        ),
    ),
    check=check,
)
