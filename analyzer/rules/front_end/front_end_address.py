"""A front end of its own is built before the app has an address."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    if not ctx.facts.frontend.separate_site:
        return not_applicable("the repository has no front end of its own")
    return ctx.noted("front-end-address") or passed("the front end is not built as a site of the app")


rule = Rule(
    info=RuleInfo(
        id="front-end-address",
        title="The front end is built before the app has an address",
        severity=Severity.ADVICE,
        category=Category.FRONT_END,
        area=Area.CONFIGURATION,
        effort=Effort.MINUTES,
        rationale=(
            "The address that a JavaScript build puts into its files is that of the build. On the "
            "platform the front end and Django are components below one domain, which is not known "
            "then, so calls to another host fail or need CORS."
        ),
        remediation="Let the front end call the API by a path alone.",
        commands=('fetch("/api/products")',),
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-static-sites/",),
        bad=(
            bad(
                {
                    "web/package.json": (
                        "{\n"
                        '  "private": true,\n'
                        '  "scripts": {"build": "vite build"},\n'
                        '  "dependencies": {"react": "^19.0.0"},\n'
                        '  "devDependencies": {"vite": "^7.0.0"}\n'
                        "}\n"
                    ),
                    "web/package-lock.json": '{"name": "web", "lockfileVersion": 3, "packages": {}}\n',
                    "web/index.html": '<script type="module" src="/src/main.jsx"></script>\n',
                    "web/src/main.jsx": "export {};\n",
                },
                line=1,
                path="web/package.json",
            ),
        ),
        good=(
            good(
                {
                    "web/package.json": (
                        "{\n"
                        '  "private": true,\n'
                        '  "scripts": {"build": "next build"},\n'
                        '  "dependencies": {"next": "^19.0.0"},\n'
                        '  "devDependencies": {"vite": "^7.0.0"}\n'
                        "}\n"
                    ),
                    "web/package-lock.json": '{"name": "web", "lockfileVersion": 3, "packages": {}}\n',
                    "web/pages/index.js": "export default function Page() { return null; }\n",
                }
            ),
        ),
        notes=("front-end-address",),
    ),
    check=check,
)
