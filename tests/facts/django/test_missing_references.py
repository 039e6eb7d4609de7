"""Files that static files name and that are not there."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
SETTINGS = (
    "SECRET_KEY = 'x'\nINSTALLED_APPS = ['django.contrib.staticfiles', 'rest_framework', 'shop']\n"
    "STATIC_URL = 'static/'\nSTATIC_ROOT = 'out'\nSTATICFILES_DIRS = ['assets', ('vendor', 'third')]\n"
)
MANIFEST = "STORAGES = {'staticfiles': {'BACKEND': 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage'}}\n"


def missing(repository: MakeRepository, files: dict[str, str], settings: str = MANIFEST) -> list[tuple[str, str, int]]:
    base = {
        "manage.py": MANAGE,
        "app/__init__.py": "",
        "app/settings.py": SETTINGS + settings,
        "shop/__init__.py": "",
        "shop/static/shop/logo.png": "x",
        "third/icons/a.svg": "x",
    }
    facts = collect_facts(repository({**base, **files}))
    assert isinstance(facts, ProjectFacts)
    return [(one.source, one.target, one.evidence.line) for one in facts.missing_references]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a {}\nb { background: url(gone.png) }\n", [("shop/site.css", "shop/gone.png", 2)]),
        ('@import "gone.css";\n', [("shop/site.css", "shop/gone.css", 1)]),
        ("a { background: url('/static/shop/gone.png?v=1#x') }\n", [("shop/site.css", "shop/gone.png", 1)]),
        ("a { background: url(logo.png) url('../vendor/icons/a.svg#i') }\n", []),
        ("a { background: url(data:image/png;base64,x) url(https://x.example/y.png) url(#x) url(/other/z.png) }\n", []),
        ("/* url(gone.png) */\n", []),
        ("/*\n*/ a { background: url(gone.png) }\n", [("shop/site.css", "shop/gone.png", 2)]),
        ("a {}\n/* url(gone.png)\n", []),
        ("a { background: url(../rest_framework/img/x.png) url(../fonts/x.woff) }\n", []),
    ],
)
def test_style_sheets(repository: MakeRepository, text: str, found: list[tuple[str, str, int]]) -> None:
    assert missing(repository, {"shop/static/shop/site.css": text}) == found


def test_source_maps_of_scripts(repository: MakeRepository) -> None:
    script = {"assets/js/site.js": "f();\n//# sourceMappingURL=site.js.map\n"}
    assert missing(repository, script) == [("js/site.js", "js/site.js.map", 2)]
    assert missing(repository, {**script, "assets/js/site.js.map": "{}"}) == []


def test_other_storages_do_not_look(repository: MakeRepository) -> None:
    assert missing(repository, {"shop/static/shop/site.css": "a { background: url(gone.png) }\n"}, "") == []


def test_other_finders_may_have_more_files(repository: MakeRepository) -> None:
    settings = f"{MANIFEST}STATICFILES_FINDERS = ['npm.finders.NpmFinder']\n"
    assert missing(repository, {"shop/static/shop/site.css": "a { background: url(gone.png) }\n"}, settings) == []
