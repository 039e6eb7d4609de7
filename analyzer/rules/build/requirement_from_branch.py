"""A requirement that is whatever a branch holds."""

from shlex import quote

from analyzer.model.facts import Dependency
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.model.lazy_pattern import lazy_pattern
from analyzer.rules.base import Context, Rule, bad, fail, good, not_applicable, passed

_FIXED = lazy_pattern(r"@(?:[0-9a-f]{7,40}|[^@/#]*\d+\.\d[^@/#]*)(?:#|$)")
"""A commit, or a tag that looks like a version."""

_BRANCH = lazy_pattern(r"git\+(?P<url>[a-z+]+://[^@/]*(?:@[^@/]+)?/[^@]+?)(?:@(?P<branch>[^@]+))?")

MAX_NAMED = 8


def check(ctx: Context) -> RuleOutcome:
    """A tag or a commit names one state; a lock file holds the commit."""
    dependencies = ctx.facts.dependencies
    if dependencies.install.lock is not None:
        return not_applicable("a lock file names the commit of what comes from repositories")
    cloned = [one for one in dependencies.dependencies if one.group is None and _is_git(one.vcs)]
    if not cloned:
        return not_applicable("no requirement comes from a git repository")
    moving = [one for one in cloned if not _FIXED.search(one.vcs or "")]
    if not moving:
        return passed("what comes from git repositories names a commit or a tag", *(one.evidence for one in cloned))
    first, others = moving[0], [one.name for one in moving[1:]]
    also = f" The same is true of {', '.join(others[:MAX_NAMED])}." if others else ""
    return fail(
        f"{first.name} is whatever {first.vcs} holds at the time of a build.{also}",
        *(one.evidence for one in moving),
        commands=_commits(moving),
    )


def _commits(moving: list[Dependency]) -> tuple[str, ...]:
    """What tells the commits that the branches have today, to write behind the addresses."""
    addresses = [_BRANCH.fullmatch((one.vcs or "").partition("#")[0]) for one in moving[:MAX_NAMED]]
    return tuple(f"git ls-remote {quote(one['url'])} {quote(one['branch'] or 'HEAD')}" for one in addresses if one)


def _is_git(address: str | None) -> bool:
    return address is not None and address.startswith("git+")


rule = Rule(
    info=RuleInfo(
        id="requirement-from-branch",
        title="A requirement follows a git branch",
        severity=Severity.RISK,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The requirement names a repository without a commit, so each build installs the newest commit of "
            "its branch: two builds of one commit of the project differ, and a change or the end of that "
            "repository breaks the build. The image also needs git to build."
        ),
        remediation="Write the commit, or the tag of a release, behind the address: `@COMMIT` after `.git`.",
        commands=("git ls-remote https://github.com/shop-example/theme.git main",),
        references=(
            "https://pip.pypa.io/en/stable/topics/vcs-support/",
            "https://pip.pypa.io/en/stable/topics/repeatable-installs/",
        ),
        bad=(
            bad(
                {
                    "requirements.txt": (
                        "django==5.2.8\ngunicorn==23.0.0\n"
                        "shop-theme @ git+https://github.com/shop-example/theme.git@main\n"
                    )
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "requirements.txt": (
                        "django==5.2.8\ngunicorn==23.0.0\n"
                        "shop-theme @ git+https://github.com/shop-example/theme.git@1f6a0d2c9f0b6a1d5f5f3c0a9d8e7b6c5a4f3e2d\n"
                    )
                }
            ),
        ),
    ),
    check=check,
)
