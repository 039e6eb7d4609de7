"""A front end whose pages only a server makes is no static site."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    if not ctx.facts.frontend.separate_site:
        return not_applicable("the repository has no front end of its own")
    return ctx.noted("front-end-left-out") or passed("the app spec has the front end as a static site")


rule = Rule(
    info=RuleInfo(
        id="front-end-left-out",
        title="The app spec does not have the front end",
        severity=Severity.RISK,
        category=Category.FRONT_END,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "A front end that a server of Node.js makes, or whose output is not known, is no component "
            "that the plan can write down: after the move only Django answers."
        ),
        remediation="Export static pages, or add a service for the front end to the app spec.",
        references=("https://docs.digitalocean.com/products/app-platform/reference/app-spec/",),
        bad=(
            bad(
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
                },
                line=3,
            ),
        ),
        good=(
            good(
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
                }
            ),
        ),
        notes=("front-end-left-out",),
    ),
    check=check,
)
