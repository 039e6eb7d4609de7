"""What lines of the project's own code use."""

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

FILES = {
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    "requirements.txt": "django==5.2\ncelery==5.5\nwhitenoise==6.11.0\n",
    "shop/__init__.py": "",
    "shop/settings.py": "INSTALLED_APPS = []\n",
}


def uses(repository: MakeRepository, files: dict[str, str]) -> dict[str, list[tuple[str, int]]]:
    facts = collect_facts(repository({**FILES, **files}))
    assert isinstance(facts, ProjectFacts)
    return {name: [(one.path, one.line) for one in places] for name, places in facts.code_uses.items()}


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("cache_clear", "cache.clear()"),
        ("cache_clear", "caches['pages'].clear()"),
        ("redis_flush", "connection.flushall()"),
        ("celery_results", "state = AsyncResult(task_id).state"),
        ("celery_results", "chord(header)(body)"),
        ("celery_time_limits", "@app.task(time_limit=60)"),
        ("celery_late", "@shared_task(acks_late=True)"),
        ("geometry", "from django.contrib.gis.db import models"),
        ("sends_mail", "mail.send_mail('Hello', 'You', None, [a])"),
        ("sends_mail", "EmailMultiAlternatives(subject).send()"),
        ("resets_passwords", "urlpatterns = [path('', include('django.contrib.auth.urls'))]"),
        ("whitenoise_in_wsgi", "from whitenoise.django import DjangoWhiteNoise"),
    ],
)
def test_a_use_has_its_line(repository: MakeRepository, kind: str, line: str) -> None:
    # the words that a line with a decorator needs stand in the file as well
    assert uses(repository, {"shop/code.py": f"import celery\n\n{line}\n"}) == {kind: [("shop/code.py", 3)]}


@pytest.mark.parametrize(
    "files",
    [
        {"shop/code.py": "from django.core.mail import send_mail\n\n\ndef send_mail(a):\n    # send_mail(a)\n"},
        {"shop/code.py": "items.clear()\n# cache.clear()\n"},
        {"shop/code.py": "if settings.DEBUG:\n    try:\n        cache.clear()\n"},
        {"shop/tests/code.py": "cache.clear()\n"},
        {"shop/test_code.py": "cache.clear()\n"},
        {"docs/conf.py": "cache.clear()\n"},
        {"shop/migrations/0001_initial.py": "from django.contrib.gis.db import models\n"},
        {"requirements.txt": "django==5.2\n", "shop/code.py": "from celery.result import AsyncResult\n"},
    ],
)
def test_what_does_not_count(repository: MakeRepository, files: dict[str, str]) -> None:
    assert uses(repository, files) == {}


def test_an_app_about_documentation_is_no_documentation(repository: MakeRepository) -> None:
    files = {"docs/__init__.py": "", "docs/management/commands/purge.py": "caches['docs'].clear()\n"}
    assert uses(repository, files) == {"cache_clear": [("docs/management/commands/purge.py", 1)]}
