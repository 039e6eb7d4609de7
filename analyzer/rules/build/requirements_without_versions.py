"""Requirements that allow any newer release."""

from shlex import quote

from analyzer.model.evidence import Fact, RepoPath
from analyzer.model.facts import Dependency
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail_all, good, not_applicable, passed

MAX_NAMED = 5
_BOUND = lazy_pattern(r"==|~=|<")


def check(ctx: Context) -> RuleOutcome:
    """A manager with a lock file has a rule of its own, and what a Dockerfile installs by name is not asked for by a
    requirements file."""
    dependencies = ctx.facts.dependencies
    files = set(dependencies.install.manifests)
    asked = [one for one in dependencies.dependencies if _is_asked_for(one) and one.evidence.path in files]
    if dependencies.install.lock is not None or not asked:
        return not_applicable("a lock file has the versions" if asked else "no file asks for packages")
    manager = dependencies.package_manager
    if isinstance(manager, Fact) and manager.value not in ("pip", "setuptools", "conda"):
        return not_applicable("the package manager should have a lock file, which is a finding of its own")
    found: dict[RepoPath, list[Dependency]] = {}
    for one in asked:
        if one.locked is None and not _BOUND.search(one.specifier):
            found.setdefault(one.evidence.path, []).append(one)
    return fail_all(_problem(*entry) for entry in found.items()) or passed("every requirement has a version or a limit")


def _is_asked_for(dependency: Dependency) -> bool:
    return dependency.group is None and dependency.direct and dependency.vcs is None


def _problem(path: RepoPath, open_ones: list[Dependency]) -> Problem:
    """One for each file, Django first: its next feature release changes the most."""
    ordered = sorted(open_ones, key=lambda one: (one.name != "django", one.evidence.line))
    names = ", ".join(one.name for one in ordered[:MAX_NAMED])
    more = len(ordered) - MAX_NAMED
    return Problem(
        message=f"{path} sets no upper limit for {names}{f' and {more} more' if more > 0 else ''}: each build installs "
        "the newest release.",
        evidence=tuple(one.evidence for one in ordered[:MAX_NAMED]),
        severity=Severity.RISK if ordered[0].name == "django" else None,
        commands=_commands(path),
    )


def _commands(path: RepoPath) -> tuple[str, ...] | None:
    """What writes the file anew with versions; the rule's own command where a compiled one goes beside it."""
    if path.endswith((".yml", ".yaml")):
        return (f"conda env export --no-builds > {quote(path)}",)
    return (f"pip freeze --exclude-editable > {quote(path)}",) if path.endswith(".txt") else None


rule = Rule(
    info=RuleInfo(
        id="requirements-without-versions",
        title="Requirements set no limit to versions",
        severity=Severity.ADVICE,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "A requirement without `==`, `~=` or an upper limit takes the newest release at each build. A new "
            "major release of Django, Celery or a driver then reaches production with a deployment of "
            "something else, and an older commit cannot be built as it was."
        ),
        remediation=("Write the versions that are installed today into the file, or keep a compiled one beside it."),
        commands=("pip freeze --exclude-editable > requirements.txt",),
        references=("https://pip.pypa.io/en/stable/topics/repeatable-installs/",),
        bad=(bad({"requirements.txt": "gunicorn==23.0.0\ndjango>=5.0\n"}, line=2),),
        good=(
            good({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n"}),
            good({"requirements.txt": "django~=5.2.0\ngunicorn>=23,<24\n"}),
        ),
    ),
    check=check,
)
