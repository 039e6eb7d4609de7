"""The front end's site stands before pages of Django."""

from analyzer.model.finding import Area, Category, Effort, RuleInfo, RuleOutcome, Severity
from analyzer.rules.base import Context, Rule, bad, good, not_applicable, passed


def check(ctx: Context) -> RuleOutcome:
    """As planned."""
    if not ctx.facts.frontend.separate_site:
        return not_applicable("the repository has no front end of its own")
    return ctx.noted("root-belongs-to-front-end") or passed("no page of Django is hidden by the front end")


rule = Rule(
    info=RuleInfo(
        id="root-belongs-to-front-end",
        title="The front end hides pages of Django",
        severity=Severity.RISK,
        category=Category.FRONT_END,
        area=Area.BOOT,
        effort=Effort.HOURS,
        rationale=(
            "Of the components of an app, the one with the longest route gets a request. The front end "
            "has the root, so Django gets only the prefixes that its URL configuration names; its pages "
            "at the root, or below a first part that varies, are never asked."
        ),
        remediation="Serve these pages below a fixed prefix, or give the front end one.",
        references=("https://docs.digitalocean.com/products/app-platform/how-to/manage-ingress-routes/",),
        bad=(
            bad(
                {
                    "shop/urls.py": (
                        "from django.contrib import admin\n"
                        "from django.urls import path\n"
                        "\n"
                        "from shop import views\n"
                        "\n"
                        'urlpatterns = [path("admin/", admin.site.urls), path("", views.home)]\n'
                    ),
                    "shop/views.py": ("def home(request):\n    return None\n"),
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
                line=6,
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
        notes=("root-belongs-to-front-end",),
    ),
    check=check,
)
