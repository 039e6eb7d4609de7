"""Zappa."""

from analyzer.facts.existing.zappa import zappa_stages
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import environment


def test_stages(repository: MakeRepository) -> None:
    text = """{
  "dev": {"django_settings": "app.dev"},
  "production": {
    "django_settings": "app.production",
    "environment_variables": {"A": "1"}
  },
  "odd": 5,
  "empty": {"s3_bucket": "x"}
}"""
    found = list(zappa_stages(repository({"manage.py": "", "zappa_settings.json": text}), "."))
    assert [(d.name, d.production, d.command, environment(d.environment)) for d in found] == [
        ("dev", False, "", {"DJANGO_SETTINGS_MODULE": ("app.dev", 2)}),
        ("production", True, "", {"A": ("1", 5), "DJANGO_SETTINGS_MODULE": ("app.production", 4)}),
    ]


def test_broken_files(repository: MakeRepository) -> None:
    for text in ("{", "[]"):
        assert list(zappa_stages(repository({"manage.py": "", "zappa_settings.json": text}), ".")) == []
