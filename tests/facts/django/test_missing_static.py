"""Templates that load from a folder which is not there."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

TEMPLATE = '{% load static %}\n<script src="{% static \'node/htmx/htmx.js\' %}"></script>{%static "@a/b/c.js"%}\n'
TEMPLATE += "<a href=\"{% static 'pages/' %}\">Help</a>\n"
PACKAGES = '{"dependencies": {"@a/b": "1"}, "devDependencies": {"vite": "5"}}'


@pytest.mark.parametrize(
    ("folders", "files", "found"),
    [
        ("[('node', 'node_modules')]", {}, {"node_modules": [(2, "node/htmx/htmx.js")]}),
        ("['node_modules']", {"package.json": PACKAGES}, {"node_modules": [(2, "@a/b/c.js")]}),
        ("['node_modules']", {"package.json": "[]"}, {}),
        ("['assets']", {"package.json": PACKAGES}, {}),
        ("[('node', 'vendor')]", {"vendor/htmx/htmx.js": "run()"}, {}),
        ("[('other', 'node_modules')]", {}, {}),
        ("[('pages', 'built')]", {}, {}),
        ("[('node', '/srv/node')]", {}, {}),
        ("[('node', 1), 2, None]", {}, {}),
    ],
)
def test_names_that_belong_to_a_missing_folder(
    repository: MakeRepository, folders: str, files: dict[str, str], found: dict[str, list[tuple[int, str]]]
) -> None:
    base = {
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n",
        "app/__init__.py": "",
        "app/settings.py": f"SECRET_KEY = 'x'\nSTATICFILES_DIRS = {folders}\n",
        "app/templates/base.html": TEMPLATE,
        "app/tests/base.html": TEMPLATE,
    }
    facts = collect_facts(repository({**base, **files}))
    assert isinstance(facts, ProjectFacts)
    told = {folder: [(one.line, one.note) for one in places] for folder, places in facts.missing_static.items()}
    assert told == found
