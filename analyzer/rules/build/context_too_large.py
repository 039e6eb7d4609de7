"""Installed packages and large files in the repository."""

from analyzer.model.evidence import Evidence, RepoPath
from analyzer.model.facts import SkippedFile
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, add_line, bad, fail_all, good, passed

MAX_FOLDERS = 10


def check(ctx: Context) -> RuleOutcome:
    """What is installed at the build need not be committed; what Heroku refuses is told with it."""
    refusal = ctx.predicted("B18")
    told = {_folder(one): one for one in (refusal.problems if refusal is not None else ())}
    ignore_file = [Evidence(path=path) for path in (".gitignore",) if path in ctx.facts.repository.paths]
    problems = [
        _problem(one, ignore_file, told.get(one.path)) for one in ctx.facts.repository.committed_packages[:MAX_FOLDERS]
    ]
    large = ctx.noted("large-file-in-context")
    return fail_all([*problems, *(large.problems if large is not None else ())]) or passed(
        "no installed packages and no large files are in the repository"
    )


def _problem(folder: SkippedFile, ignore_file: list[Evidence], refusal: Problem | None) -> Problem:
    also, places = (f" {refusal.message}", refusal.evidence) if refusal is not None else ("", ())
    return Problem(
        message=f"{folder.path}/ is {folder.reason}, and part of the repository.{also}",
        evidence=(*ignore_file, Evidence(path=folder.path), *places),
        commands=(f"git rm -r --cached {folder.path}", add_line(".gitignore", f"{folder.path}/")),
    )


def _folder(refusal: Problem) -> RepoPath:
    return refusal.evidence[0].path.rpartition("/")[0]


rule = Rule(
    info=RuleInfo(
        id="context-too-large",
        title="The repository holds what a build need not get",
        severity=Severity.ADVICE,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "A virtual environment or node_modules is made for one machine, slows every clone down, and newer "
            "buildpacks stop at it. A large file is sent to every build, is part of every image and of every "
            "start of an instance. The emitted .dockerignore leaves environments and node_modules out, but "
            "the platform still clones them."
        ),
        remediation="Take the folder out of git and ignore it; keep large files in object storage.",
        commands=(
            "git rm -r --cached venv",
            add_line(".gitignore", "venv/"),
        ),
        references=(
            "https://git-scm.com/docs/gitignore",
            "https://docs.docker.com/build/concepts/context/#dockerignore-files",
        ),
        bad=(bad({".gitignore": ".env\n", "venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.13.1\n"}, line=1),),
        good=(good({".gitignore": ".env\nvenv/\n"}),),
        notes=("large-file-in-context",),
        modes=("B18",),
    ),
    check=check,
)
