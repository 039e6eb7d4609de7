"""Service URLs read through another library's cast, and by the libraries for caches and mail."""

import pytest

from analyzer.model.facts import Unknown
from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

DECOUPLE = "from decouple import config\nimport dj_database_url, django_cache_url, dj_email_url\n"


@pytest.mark.parametrize(
    ("expression", "key", "expected"),
    [
        ("config('X', default='locmem://', cast=django_cache_url.parse)", "BACKEND", "locmem.LocMemCache"),
        ("config('X', default='redis://h/0', cast=django_cache_url.parse)", "BACKEND", "redis.RedisCache"),
        ("config('X', default='memcached://h', cast=django_cache_url.parse)", "BACKEND", "memcached.PyLibMCCache"),
        ("config('X', default='postgres://h/d', cast=dj_database_url.parse)", "ENGINE", "backends.postgresql"),
        ("config('X', default='console:///', cast=dj_email_url.parse)", "EMAIL_BACKEND", "console.EmailBackend"),
        ("django_cache_url.config()", "BACKEND", "locmem.LocMemCache"),
        ("django_cache_url.config(default='dummy://')", "BACKEND", "dummy.DummyCache"),
        ("django_cache_url.parse('file:///tmp/x')", "BACKEND", "filebased.FileBasedCache"),
        ("dj_email_url.config(default='smtp://h')", "EMAIL_BACKEND", "smtp.EmailBackend"),
    ],
)
def test_what_the_scheme_gives(repository: MakeRepository, expression: str, key: str, expected: str) -> None:
    settings = evaluate(repository, f"{DECOUPLE}VALUE = {expression}[{key!r}]\n")
    value = plain(settings, "VALUE")
    assert isinstance(value, str)
    assert value.endswith(expected)


def test_a_url_that_must_be_given(repository: MakeRepository) -> None:
    settings = evaluate(repository, f"{DECOUPLE}VALUE = config('CACHE', cast=django_cache_url.parse)['BACKEND']\n")
    assert isinstance(plain(settings, "VALUE"), Unknown)
    assert list(settings.environment.required) == ["CACHE"]


def test_mail_and_cache_read_their_own_variables(repository: MakeRepository) -> None:
    settings = evaluate(repository, f"{DECOUPLE}A = django_cache_url.config()\nB = dj_email_url.config()\n")
    assert sorted(settings.environment.reads) == ["CACHE_URL", "EMAIL_URL"]
