"""No Python buildpack runs a JavaScript build."""

from dataclasses import replace

from analyzer.model.evidence import Evidence, Fact, RepoPath
from analyzer.model.facts import FrontendFacts
from analyzer.model.finding import Area, Category, Effort, Failed, Problem, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed

_BUILT = (".js", ".css", ".mjs")
_WRITTEN = (".scss", ".sass", ".less", ".ts", ".tsx", ".jsx", ".vue")
_RUN = ("build", "heroku-postbuild")
"""Scripts that Heroku's Node.js buildpacks run (devcenter.heroku.com/articles/nodejs-support)."""
_NAMES = " or ".join(_RUN)


def check(ctx: Context) -> RuleOutcome:
    """As the buildpacks are predicted; that the plan does not build it either is another finding.

    What is built and committed is there without a build.
    """
    frontend = ctx.facts.frontend
    if not (isinstance(frontend.package_json, Fact) and frontend.package_json.value):
        return not_applicable("no package.json builds a front end")
    built = _committed(ctx)
    if built is not None:
        return passed("what the front end is built to is part of the repository", Evidence(path=built))
    found = ctx.predicted("A10")
    if found is None:
        return passed("no buildpack leaves out a front end", *frontend.package_json.evidence)
    return Failed(problems=tuple(_with_script(one, frontend) for one in found.problems))


def _with_script(problem: Problem, frontend: FrontendFacts) -> Problem:
    """At the script's line; a Node.js buildpack runs scripts of two names alone."""
    command = frontend.build_command
    if not isinstance(command, Fact) or not command.value:
        return problem
    script = command.value.split()[-1]
    more = (
        ""
        if script in _RUN
        else f" A Node.js buildpack does not run it either: it takes scripts called {_NAMES} alone."
    )
    evidence = tuple(dict.fromkeys((*command.evidence[:1], *problem.evidence)))
    return replace(problem, message=f"{problem.message}{more}", evidence=evidence)


def _committed(ctx: Context) -> RepoPath | None:
    """A script or style sheet in the folder that the build writes to, or where collectstatic puts what is in there.

    A folder that has sources beside them, or is one for all static files, holds what people write.
    """
    output, root = ctx.facts.frontend.output_dir, ctx.facts.django.static.root
    if not isinstance(output, Fact) or not output.value:
        return None
    folders = [] if output.value.rpartition("/")[2] == "static" else [f"{output.value}/"]
    _, static, inside = output.value.partition("/static/")
    if static and isinstance(root, Fact) and root.value:
        folders.append(f"{root.value}/{inside}/")
    files = [path for path in ctx.facts.repository.paths if path.startswith(tuple(folders))]
    written = any(path.endswith(_WRITTEN) for path in files)
    return None if written else next((path for path in files if path.endswith(_BUILT)), None)


rule = Rule(
    info=RuleInfo(
        id="front-end-left-to-nobody",
        title="Python buildpacks do not build the front end",
        severity=Severity.ADVICE,
        category=Category.FRONT_END,
        area=Area.BUILD,
        effort=Effort.MINUTES,
        rationale=(
            "The scripts and styles of the front end are made by a JavaScript build, for which the "
            "Python buildpacks have no step: unless they are committed, collectstatic does not find "
            "them. The emitted Dockerfile builds them in a stage of their own."
        ),
        remediation="Move to the Dockerfile that doctor emit writes.",
        commands=("doctor emit",),
        references=("https://devcenter.heroku.com/articles/using-multiple-buildpacks-for-an-app",),
        bad=(
            bad(
                {
                    "package.json": (
                        "{\n"
                        '  "private": true,\n'
                        '  "scripts": {"build": "vite build"},\n'
                        '  "devDependencies": {"vite": "^7.0.0"}\n'
                        "}\n"
                    ),
                    "package-lock.json": (
                        "{\n"
                        '  "name": "shop",\n'
                        '  "lockfileVersion": 3,\n'
                        '  "packages": {"": {"devDependencies": {"vite": "^7.0.0"}}}\n'
                        "}\n"
                    ),
                    "vite.config.js": 'export default { build: { outDir: "shop/static/dist" } };\n',
                },
                line=3,
            ),
        ),
        good=(
            good(
                {
                    "package.json": (
                        '{"private": true, "scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7.0.0"}}\n'
                    ),
                    "vite.config.js": 'export default { build: { outDir: "shop/static/dist" } };\n',
                    "shop/static/dist/shop.js": "document.title='Shop'\n",
                }
            ),
            good(
                {
                    "client/package.json": (
                        '{"private": true, "scripts": {"build": "next build"}, "dependencies": {"next": "15.5.0"}}\n'
                    )
                }
            ),
            good(
                {
                    "package.json": (
                        "{\n"
                        '  "private": true,\n'
                        '  "scripts": {"lint": "prettier --check ."},\n'
                        '  "devDependencies": {"prettier": "^3.0.0"}\n'
                        "}\n"
                    ),
                    "package-lock.json": (
                        "{\n"
                        '  "name": "shop",\n'
                        '  "lockfileVersion": 3,\n'
                        '  "packages": {"": {"devDependencies": {"prettier": "^3.0.0"}}}\n'
                        "}\n"
                    ),
                }
            ),
        ),
        modes=("A10",),
    ),
    check=check,
)
