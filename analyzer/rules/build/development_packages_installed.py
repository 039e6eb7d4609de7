"""Test and debugging tools among the requirements of production."""

from shlex import quote

from analyzer.model.evidence import RepoPath
from analyzer.model.facts import Dependency
from analyzer.model.finding import Area, Category, Effort, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, fail_all, good, passed
from analyzer.tables import load_table

MAX_NAMED = 5
_GROUPS = ("dev", "development", "test", "tests", "testing")
"""Usual names of what developers install."""
_COMPILED = (
    "Move them from the .in file that asks for them to one for development, and take those out of the settings of "
    "production that it loads. Compile both anew, and after them each file whose .in reads one of the compiled ones "
    "with -r."
)


def check(ctx: Context) -> RuleOutcome:
    """One finding for each file that names them; what the code imports elsewhere than in tests, production needs.

    A group of development that production needs as a whole is another rule's matter (app-not-installed).
    """
    dependencies = ctx.facts.dependencies
    install = dependencies.install
    files = {path for path in install.manifests if not (install.needed and path.endswith("pyproject.toml"))}
    names = set(load_table("analyzer.rules", "development_packages")["names"])
    found: dict[RepoPath, list[Dependency]] = {}
    for one in dependencies.dependencies:
        imported = ctx.facts.code_uses.get(f"import {one.name}")
        if one.group is None and one.direct and one.name in names and one.evidence.path in files and not imported:
            found.setdefault(one.evidence.path, []).append(one)
    problems = fail_all(_problem(ctx, *entry) for entry in found.items())
    return problems or passed("production installs no development tools")


def _problem(ctx: Context, path: RepoPath, tools: list[Dependency]) -> Problem:
    ordered = sorted(tools, key=lambda one: one.evidence.line)
    names = ", ".join(one.name for one in ordered[:MAX_NAMED])
    more = len(ordered) - MAX_NAMED
    depending = _depending(ctx, path, tools)
    also = f" {' and '.join(one.name for one in depending)} would bring it back: move that, too." if depending else ""
    is_compiled = path.endswith(".txt") and f"{path.removesuffix('.txt')}.in" in ctx.facts.repository.paths
    return Problem(
        message=f"{path}, which production installs, has {names}{f' and {more} more' if more > 0 else ''}.",
        evidence=tuple(one.evidence for one in ordered[:MAX_NAMED]),
        remediation=f"{_COMPILED if is_compiled else rule.info.remediation}{also}",
        commands=_sources(path, ordered) if is_compiled else _commands(ctx, path, [*ordered, *depending]),
    )


def _depending(ctx: Context, path: RepoPath, tools: list[Dependency]) -> list[Dependency]:
    """Other packages of the file that by their names build on one of the tools (django-graphiql-debug-toolbar)."""
    words = {f"-{one.name.removeprefix('django-')}-" for one in tools}
    others = (
        d for d in ctx.facts.dependencies.dependencies if d.group is None and d.direct and d.evidence.path == path
    )
    return [one for one in others if one not in tools and any(word in f"-{one.name}-" for word in words)]


def _sources(path: RepoPath, tools: list[Dependency]) -> tuple[str, ...]:
    """What finds the lines of the files that a compiled one is made from, and which of those read which."""
    names = " ".join(f"-e {one.name}" for one in tools)
    folder = path.rpartition("/")[0]
    files = quote(f"{folder}/*.in" if folder else "*.in")
    return (f"git grep -in {names} -- {files}", f"git grep -n -e '^-r' -- {files}")


def _commands(ctx: Context, path: RepoPath, tools: list[Dependency]) -> tuple[str, ...]:
    """A file or group for them, beside the one that names them now; none for other kinds of files.

    The group or extra of pyproject.toml that developers install already is the one that they belong to.
    """
    folder, _, name = path.rpartition("/")
    asked = [f"{one.name}{one.specifier}" for one in tools]
    if name.endswith(".txt"):
        return (f"# {folder}/requirements-dev.txt" if folder else "# requirements-dev.txt", f"-r {name}", *asked)
    if name == "pyproject.toml":
        groups = {one.group for one in ctx.facts.dependencies.dependencies if one.evidence.path == path and one.group}
        group = next((one for one in _GROUPS if one in groups), None)
        if group is not None:
            return (f"# {path}, into {group}", *(f'"{one}",' for one in asked))
        return (
            f"# {path}",
            "[dependency-groups]",
            f"dev = [{', '.join(f'{one!r}' for one in asked)}]".replace("'", '"'),
        )
    return ()


rule = Rule(
    info=RuleInfo(
        id="development-packages-installed",
        title="Production installs packages for development",
        severity=Severity.ADVICE,
        category=Category.BUILD,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "Tools for tests, style and debugging, and what they depend on, make the image larger and each "
            "build longer, bring version conflicts that production need not have, and are code that an "
            "attacker finds there."
        ),
        remediation=(
            "Move them to a file or group for development, and take those out of the settings of production "
            "that it loads."
        ),
        commands=(
            "# requirements-dev.txt",
            "-r requirements.txt",
            "pytest-django==4.11.1",
        ),
        references=(
            "https://pip.pypa.io/en/stable/reference/requirements-file-format/",
            "https://docs.astral.sh/uv/concepts/projects/dependencies/#development-dependencies",
        ),
        bad=(bad({"requirements.txt": "django==5.2.8\ngunicorn==23.0.0\npytest==8.4.2\nblack==25.9.0\n"}, line=3),),
        good=(
            good(
                {
                    "requirements.txt": "django==5.2.8\ngunicorn==23.0.0\n",
                    "requirements-dev.txt": "-r requirements.txt\npytest==8.4.2\n",
                }
            ),
            good(
                {
                    "requirements.txt": "django==5.2.8\ngunicorn==23.0.0\ntime-machine==2.16.0\n",
                    "shop/management/commands/replay.py": "import time_machine\n",
                }
            ),
        ),
    ),
    check=check,
)
