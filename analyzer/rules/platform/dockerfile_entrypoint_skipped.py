"""A component's command takes the place of the image's ENTRYPOINT, not only of CMD."""

from analyzer.model.evidence import Certainty, Evidence
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.model.plan import Role
from analyzer.model.project_code import BuiltDockerfile
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_ERASES = ("flush", "reset_db")
"""Commands of Django and of django-extensions that delete what the database holds."""
_WAITS = lazy_pattern(r"^\s*(until|while)\b|wait[-_]?for|\b(nc|ncat)\s+-z|\bpg_isready\b")
_SCRIPT = lazy_pattern(r"\.sh\b|entrypoint|/start\b|bash|/bin/sh")


def check(ctx: Context) -> RuleOutcome:
    """Where the repository has a Dockerfile of its own, which is built until another one takes its place."""
    dockerfile = ctx.facts.dockerfile
    if dockerfile is None:
        return not_applicable("the repository has no Dockerfile for the project")
    others = [one.name for one in ctx.plan.components if one.command.value is not None and one.role is not Role.SITE]
    if dockerfile.entrypoint is None or not others or not _SCRIPT.search(dockerfile.entrypoint.note):
        return passed("no script stands before the commands of components", Evidence(path=dockerfile.path))
    sets = dockerfile.script_sets
    if dockerfile.script is not None and not sets:
        return passed("the script only runs commands that the plan has of their own", Evidence(path=dockerfile.script))
    what = f"`{sets[0].note}`, say," if sets else "what it waits for or sets"
    return fail(
        f"The ENTRYPOINT of {dockerfile.path} runs a script, which the emitted Dockerfile does not have, and which App "
        f"Platform skips in components with a command of their own ({', '.join(others[:4])}): {what} does not happen.",
        dockerfile.entrypoint,
        *sets[:1],
        certainty=Certainty.CERTAIN if sets else Certainty.LIKELY,
        remediation=_remedy(ctx, dockerfile) if dockerfile.script is not None else None,
    )


def _remedy(ctx: Context, dockerfile: BuiltDockerfile) -> str:
    """What of the script is to be moved, what the plan has already, and what must not come along."""
    covered = {"migrate": "a job"} if any(one.role is Role.MIGRATE for one in ctx.plan.components) else {}
    if ctx.plan.image.collectstatic.value is not None:
        covered["collectstatic"] = "the build of the image"
    runs = {one.note: one for one in dockerfile.script_runs}
    sets = [one for one in dockerfile.script_sets if not _WAITS.search(one.note)]
    moved = bool(sets) or any(name not in covered and name not in _ERASES for name in runs)
    texts = [rule.info.remediation if moved else "Nothing of the script has to be moved."]
    texts += [f"`{name}` is in the plan as {covered[name]}." for name in runs if name in covered]
    texts += [
        f"`{name}` ({one.path}:{one.line}) deletes the data of the database: leave it out, a job would do so at each "
        "deployment."
        for name, one in runs.items()
        if name in _ERASES
    ]
    if len(sets) < len(dockerfile.script_sets):
        texts.append("A managed database is there before the app is, so that nothing has to wait for it.")
    return " ".join(texts)


rule = Rule(
    info=RuleInfo(
        id="dockerfile-entrypoint-skipped",
        title="The ENTRYPOINT script is skipped by commands",
        severity=Severity.ADVICE,
        category=Category.PLATFORM,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "run_command of an app spec replaces the ENTRYPOINT of an image. Variables that the script "
            "exports, and services that it waits for, are missing in workers, jobs and every other "
            "component that has a command. The emitted Dockerfile has no ENTRYPOINT."
        ),
        remediation="Move what the script does to the settings, to a job, or to the command itself.",
        references=(
            "https://docs.digitalocean.com/products/app-platform/reference/dockerfile/",
            "https://docs.digitalocean.com/products/app-platform/how-to/build-run-commands/",
        ),
        bad=(
            bad(
                {
                    "Dockerfile": (
                        "FROM python:3.13-slim\n"
                        "COPY . .\n"
                        "RUN pip install -r requirements.txt\n"
                        'ENTRYPOINT ["./entrypoint.sh"]\n'
                        'CMD ["gunicorn", "shop.wsgi"]\n'
                    ),
                    "entrypoint.sh": ('#!/bin/sh\nexport MODE=production\nexec "$@"\n'),
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
                        'ENTRYPOINT ["./entrypoint.sh"]\n'
                    ),
                    "entrypoint.sh": "#!/bin/sh\npython manage.py migrate --noinput\nexec gunicorn shop.wsgi\n",
                }
            ),
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
