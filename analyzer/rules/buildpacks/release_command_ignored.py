"""Only Heroku has a release phase."""

from dataclasses import replace

from analyzer.model.evidence import Evidence
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.plan import ComponentKind
from analyzer.rules.base import Context, Rule, bad, good, passed

_NOT_IN_A_JOB = (
    "Look at what the app spec that doctor emit writes runs in its place: it has no job for this line. Add one of kind "
    "PRE_DEPLOY where a deployment needs the command, and take it out of the Procfile where none does."
)


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; which of the lines is a job the plan knows."""
    found = ctx.predicted("A11")
    if found is None:
        return passed("no Procfile relies on a release phase")
    jobs = [
        place
        for component in ctx.plan.components
        if component.kind is ComponentKind.JOB
        for place in (*component.command.evidence, *component.because.evidence)
    ]
    problems = (one if _is_job(one, jobs) else replace(one, remediation=_NOT_IN_A_JOB) for one in found.problems)
    return Failed(problems=tuple(problems))


def _is_job(problem: Problem, jobs: list[Evidence]) -> bool:
    """Whether a job does what a line says, or what the script does that it starts."""
    lines = {(place.path, place.line) for place in problem.evidence}
    return any((job.path, job.line) in lines or f"{job.path}`" in problem.message for job in jobs)


rule = Rule(
    info=RuleInfo(
        id="release-command-ignored",
        title="The release command does not run",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.DATA,
        effort=Effort.MINUTES,
        rationale=(
            "`release` in a Procfile is a phase of the platform Heroku. App Platform and other builders list "
            "it as a process that nobody starts, so the migrations never run and the new code meets the old "
            "tables. The emitted app spec runs the command as a pre-deploy job."
        ),
        remediation=(
            "Deploy with the app spec that doctor emit writes: it has the command as a job of kind PRE_DEPLOY."
        ),
        commands=("doctor emit",),
        references=(
            "https://devcenter.heroku.com/articles/release-phase",
            "https://docs.digitalocean.com/products/app-platform/how-to/manage-jobs/",
        ),
        bad=(
            bad(
                {
                    "Procfile": (
                        "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\nrelease: python manage.py migrate --noinput\n"
                    )
                },
                line=2,
            ),
        ),
        good=(good({"Procfile": "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT\n"}),),
        modes=("A11",),
    ),
    check=check,
)
