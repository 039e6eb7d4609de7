"""A folder that a front end makes is no folder to commit."""

from pathlib import Path

import pytest

from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of


@pytest.mark.parametrize(("folder", "number"), [("pages/dist", 0), ("pages/pictures", 1)])
def test_the_output_of_a_front_end_that_is_not_built(tmp_path: Path, folder: str, number: int) -> None:
    files: dict[str, str | None] = {
        "shop/settings.py": f'from shop.defaults import *\n\nSTATICFILES_DIRS = [BASE_DIR / "{folder}"]\n',
        "package.json": '{"scripts": {"build": "node build.js"}, "devDependencies": {"webpack": "5"}}\n',
        "build.js": "run();\n",
    }
    report = report_of(tmp_path, files)
    assert findings_of(report, "assets-not-built")
    assert len(findings_of(report, "static-folder-missing")) == number


SITE = """\
name: shop
services:
- name: web
  run_command: gunicorn shop.wsgi
static_sites:
- name: assets
  output_dir: staticfiles
  routes:
  - path: {path}
"""
BEHIND = (
    'from shop.defaults import *\n\nMIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")\n'
    'MIDDLEWARE.append("whitenoise.middleware.WhiteNoiseMiddleware")\n'
)


@pytest.mark.parametrize(("path", "found"), [("/static", 0), ("/app", 1)])
def test_a_site_for_static_files_answers_before_whitenoise(path: str, found: int, tmp_path: Path) -> None:
    files = {".do/app.yaml": SITE.format(path=path), "shop/settings.py": BEHIND}
    assert len(findings_of(report_of(tmp_path, files), "whitenoise-behind-others")) == found


FRONT_END: dict[str, str | None] = {
    "package.json": '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "5"}}\n',
    "vite.config.js": "export default {build: {outDir: 'shop/static/site'}}\n",
}


@pytest.mark.parametrize(
    ("template", "files", "severity", "commands"),
    [
        ("node/vite/a.js", {}, Severity.RISK, ()),
        ("node/vite/a.js", FRONT_END, Severity.RISK, ("COPY --from=assets /app/node_modules /app/node_modules",)),
        ("site.js", FRONT_END, Severity.ADVICE, ()),
    ],
)
def test_templates_that_load_from_the_folder(
    tmp_path: Path, template: str, files: dict[str, str | None], severity: Severity, commands: tuple[str, ...]
) -> None:
    settings = 'from shop.defaults import *\n\nSTATICFILES_DIRS = [("node", BASE_DIR / "node_modules")]\n'
    page = f"{{% load static %}}\n<script src=\"{{% static '{template}' %}}\"></script>\n"
    report = report_of(tmp_path, {"shop/settings.py": settings, "shop/templates/base.html": page, **files})
    (found,) = findings_of(report, "static-folder-missing")
    assert (found.severity, found.commands) == (severity, commands)
    assert ("shop/templates/base.html:2 loads node/vite/a.js" in found.message) is (severity is Severity.RISK)
