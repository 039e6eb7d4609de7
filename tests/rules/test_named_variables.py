"""Findings name the variables that change what they are about, and none that does not."""

from pathlib import Path

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Passed, Severity, Undetermined
from analyzer.rules.services import with_celery
from tests.rules.examples import findings_of, outcome_of, report_of

COOKIE = """\
import os

from shop.defaults import *


def to_bool(text):
    if text.lower() in ("1", "true"):
        return 1
    return 0


SESSION_COOKIE_SECURE = bool(to_bool(os.environ.get("SHOP_SECURE") or "False"))
"""
LIMIT = """\
def number(name, default):
    if name not in os.environ:
        return default
    return int(os.environ[name])


CELERY_TASK_TIME_LIMIT = number("SHOP_TASK_SECONDS", 1800)
"""
CACHE = """\
import os

from shop.defaults import *

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if os.environ.get("SHOP_CACHE_BACKEND"):
    CACHES = {
        "default": {
            "BACKEND": os.environ["SHOP_CACHE_BACKEND"],
            "LOCATION": os.environ.get("SHOP_CACHE_LOCATION", ""),
        }
    }
"""


def test_a_variable_that_a_helper_reads(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": COOKIE}), "cookies-without-secure")
    assert "SESSION_COOKIE_SECURE is not on unless SHOP_SECURE says otherwise" in found.message


def test_a_time_limit_of_a_variable(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, with_celery(LIMIT)), "long-task-lost-at-deployment")
    assert "1800 seconds unless SHOP_TASK_SECONDS says otherwise" in found.message


def test_the_place_of_a_cache_does_not_choose_its_kind(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": CACHE}), "local-memory-cache")
    assert "unless SHOP_CACHE_BACKEND says otherwise" in found.message


def test_a_result_store_that_a_variable_gives_has_no_fixed_database(tmp_path: Path) -> None:
    text = 'CELERY_RESULT_BACKEND = os.environ.get("CELERY_BACKEND", "redis://cache:6379/2")\n'
    report = report_of(tmp_path, with_celery(text))
    assert isinstance(outcome_of(report, "redis-database-number"), Passed)
    assert isinstance(outcome_of(report, "redis-address-fixed"), Passed)


def test_a_variable_that_chooses_the_engine(tmp_path: Path) -> None:
    text = (
        "import os\n\nfrom shop.defaults import *\n\n"
        'ENGINE = os.environ.get("SHOP_ENGINE", "django.db.backends.sqlite3")\n'
        'DATABASES = {"default": {"ENGINE": ENGINE, "NAME": "db"}}\n'
    )
    packages = "django==5.2.8\ngunicorn==23.0.0\nwhitenoise==6.11.0\ndj-database-url==3.1.0\n"
    report = report_of(tmp_path, {"shop/settings.py": text, "requirements.txt": packages})
    (found,) = findings_of(report, "sqlite-on-ephemeral-disk")
    assert found.message.endswith("unless SHOP_ENGINE says otherwise.")
    assert found.certainty is Certainty.LIKELY


def test_what_only_tunes_a_cache_does_not_choose_it(tmp_path: Path) -> None:
    text = (
        "import os\n\nfrom shop.defaults import *\n\n"
        'CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}\n'
        'CACHES["default"]["TIMEOUT"] = int(os.environ.get("SHOP_CACHE_TIMEOUT", "300"))\n'
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": text}), "local-memory-cache")
    assert "unless" not in found.message


def test_settings_that_could_not_be_read_are_asked_about(tmp_path: Path) -> None:
    text = "{%- if shop.uses_celery %}\nCELERY_TASK_TIME_LIMIT = 5\n{%- endif %}\n"
    files: dict[str, str | None] = {"shop/settings.py": text, "shop/defaults.py": None}
    outcome = outcome_of(report_of(tmp_path, files), "database-not-reached")
    assert isinstance(outcome, Undetermined)


def test_of_a_mail_server(tmp_path: Path) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\n"
        "EMAIL_HOST = os.environ.get('SHOP_SMTP', 'smtp.example.org')\n"
        "EMAIL_PORT = int(os.environ.get('SHOP_SMTP_PORT', 587))\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "email-by-smtp")
    assert "unless SHOP_SMTP or SHOP_SMTP_PORT says otherwise" in found.message


def test_of_a_prefetching_worker(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, with_celery(LIMIT)), "prefetch-with-long-tasks")
    assert "Tasks may run 1800 seconds unless SHOP_TASK_SECONDS says otherwise, and" in found.message


def test_of_a_store_that_needs_no_folder(tmp_path: Path) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\nSTATIC_ROOT = None\nSTATICFILES_STORAGE = None\ndel STORAGES\n"
        "del STATICFILES_STORAGE\n"
        "if 'SHOP_BUCKET' in os.environ:\n    STATICFILES_STORAGE = 'storages.backends.s3.S3Storage'\n"
    )
    requirements = (
        "boto3==1.41.0\ndj-database-url==0.5.0\ndjango==3.2.25\ndjango-storages==1.14.4\ngunicorn==22.0.0\n"
        "psycopg2-binary==2.9.9\nredis==5.0.0\nwhitenoise==5.3.0\n"
    )
    files: dict[str, str | None] = {"shop/settings.py": settings, "requirements.txt": requirements}
    (found,) = findings_of(report_of(tmp_path, files), "static-root-missing")
    assert "unless SHOP_BUCKET leads to another storage" in found.message
    assert found.severity is Severity.ADVICE


def test_a_variable_that_leads_to_another_broker_is_named(tmp_path: Path) -> None:
    broker = (
        'CELERY_BROKER_URL = os.getenv("SHOP_BROKER")\nif not CELERY_BROKER_URL:\n'
        "    CELERY_BROKER_URL = f\"amqp://{os.getenv('RABBIT_HOST')}:5672/shop\"\n"
    )
    (found,) = findings_of(report_of(tmp_path, with_celery(broker)), "broker-not-offered")
    assert "unless SHOP_BROKER leads to another" in found.message
