"""A front end that the image cannot build is missing in it."""

from analyzer.model.evidence import Fact
from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    frontend = ctx.facts.frontend
    found = ctx.noted("assets-not-built")
    if found is None and not (isinstance(frontend.package_json, Fact) and frontend.package_json.value):
        return not_applicable("no package.json builds a front end")
    return found or passed("the image builds the front end, or nothing is to be built", *frontend.package_json.evidence)


rule = Rule(
    info=RuleInfo(
        id="assets-not-built",
        title="The image does not build the front end",
        severity=Severity.RISK,
        category=Category.FRONT_END,
        area=Area.BUILD,
        effort=Effort.HOURS,
        rationale=(
            "Scripts and styles that a JavaScript build writes are not in the repository, and the image "
            "makes only what it can tell how to make. Pages ask for files that are not there."
        ),
        remediation="Give package.json a build script whose output is one folder of static files.",
        references=(
            "https://docs.npmjs.com/cli/v11/using-npm/scripts",
            "https://docs.digitalocean.com/products/app-platform/reference/dockerfile/",
        ),
        bad=(
            bad(
                {
                    "package.json": (
                        "{\n"
                        '  "private": true,\n'
                        '  "scripts": {"build": "node build.js"},\n'
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
                },
                line=3,
            ),
        ),
        good=(
            good(
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
                }
            ),
        ),
        notes=("assets-not-built",),
    ),
    check=check,
)
