"""Detection passes, and then no file says what to install."""

from dataclasses import replace
from shlex import quote

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, Failed, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, at_requirements, bad, good, passed, pin_python

_OTHERS = ("Pipfile", "Pipfile.lock", "poetry.lock", "uv.lock")
"""Files of the root by which buildpacks know another package manager."""
_MOVE = "Move to the Dockerfile that doctor emit writes. As long as buildpacks build the app, "


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; the command is that of what the project does install from."""
    found = ctx.predicted("B1", once=True)
    if found is None:
        return passed("every buildpack that takes the folder finds what to install")
    remedy, *commands = _remedy(ctx)
    return Failed(
        problems=tuple(
            replace(one, remediation=f"{_MOVE}{remedy}", commands=tuple(commands))
            for one in at_requirements(ctx, found).problems
        )
    )


def _remedy(ctx: Context) -> tuple[str, ...]:
    """What to add, and the commands that do."""
    install = ctx.facts.dependencies.install
    manager = ctx.facts.dependencies.package_manager
    name = manager.value if isinstance(manager, Fact) else None
    if install.requirements:
        lines = " ".join(quote(f"-r {path}") for path in install.requirements)
        written = f"printf '%s\\n' {lines} > requirements.txt"
        others = [path for path in _OTHERS if path in ctx.facts.repository.paths]
        if others:
            return (
                f"add a requirements.txt that includes the file of production, and delete {' and '.join(others)}: "
                "beside it buildpacks stop, or install from the other file.",
                written,
                f"git rm {' '.join(others)}",
                *(pin_python(ctx) if _says_python(ctx, others) else ()),
            )
        return ("add a requirements.txt that includes the file of production.", written)
    if name == "pipenv":
        return ("keep to one that reads Pipfile.lock: a requirements.txt beside it stops that one.", "doctor emit")
    if name in ("uv", "poetry"):
        return ("commit the lock file.", f"{name} lock")
    return ("add a requirements.txt with what production installs.",)


def _says_python(ctx: Context, files: list[str]) -> bool:
    """Whether the only Python version that buildpacks read is in files that go."""
    paths = ctx.facts.repository.paths
    return any(path.startswith("Pipfile") for path in files) and not {".python-version", "runtime.txt"} & set(paths)


rule = Rule(
    info=RuleInfo(
        id="no-package-manager-file",
        title="Buildpacks find no package manager's file",
        severity=Severity.ADVICE,
        category=Category.BUILDPACKS,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Heroku's buildpacks take the folder because of manage.py or pyproject.toml, and stop because "
            "none of Pipfile.lock, requirements.txt, poetry.lock and uv.lock is in it. Requirements in a "
            "folder of their own, or in pyproject.toml alone, do not count. The Dockerfile installs from the "
            "files that the project has."
        ),
        remediation=(
            "Move to the Dockerfile that doctor emit writes. As long as buildpacks build the app, add a "
            "requirements.txt that includes the file of production."
        ),
        commands=("printf '%s\\n' '-r requirements/production.txt' > requirements.txt",),
        references=(
            "https://devcenter.heroku.com/articles/python-support",
            "https://github.com/heroku/heroku-buildpack-python/issues/755",
        ),
        bad=(
            bad({"requirements/production.txt": "django==5.2.8\ngunicorn==23.0.0\n", "requirements.txt": None}, line=1),
        ),
        good=(
            good(
                {
                    "requirements/production.txt": "django==5.2.8\ngunicorn==23.0.0\n",
                    "requirements.txt": "-r requirements/production.txt\n",
                }
            ),
        ),
        modes=("B1",),
    ),
    check=check,
)
