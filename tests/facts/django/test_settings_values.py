"""Single answers about settings: where they are written, what they are before a variable is set."""

from collections.abc import Mapping

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Certainty, Fact
from analyzer.model.facts import ProjectFacts, Unknown
from tests.facts.conftest import MakeRepository

MANAGE = "import os, django\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"


def observe(repository: MakeRepository, settings: str, files: Mapping[str, str] | None = None) -> ProjectFacts:
    base = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": settings}
    facts = collect_facts(repository({**base, **(files or {})}))
    assert isinstance(facts, ProjectFacts)
    return facts


def test_databases_that_are_empty_until_a_variable_is_set(repository: MakeRepository) -> None:
    text = "import os\nDATABASES = {}\nif os.environ.get('POSTGRES_HOST'):\n"
    facts = observe(repository, f"{text}    DATABASES['default'] = {{'ENGINE': 'django.db.backends.postgresql'}}\n")
    databases = facts.django.databases
    assert isinstance(databases, Fact)
    assert (databases.value["default"].engine, databases.certainty) == (
        "django.db.backends.postgresql",
        Certainty.LIKELY,
    )
    assert "it is empty until a variable is set" in databases.evidence[0].note


def test_databases_that_stay_empty(repository: MakeRepository) -> None:
    databases = observe(repository, "DATABASES = {}\n").django.databases
    assert isinstance(databases, Fact)
    assert (databases.value, databases.certainty) == ({}, Certainty.CERTAIN)


def test_a_key_in_a_file_that_only_the_deployment_has(repository: MakeRepository) -> None:
    text = (
        "from django.core.management.utils import get_random_secret_key\n"
        "try:\n    with open('data/key.txt') as f:\n        SECRET_KEY = f.read().strip()\n"
        "except FileNotFoundError:\n    SECRET_KEY = get_random_secret_key()\n"
    )
    key = observe(repository, text).django.secret_key
    assert isinstance(key, Fact)
    assert key.value == "file data/key.txt, otherwise random at each start"


def test_a_key_that_is_only_random(repository: MakeRepository) -> None:
    text = "import secrets\ntry:\n    import thing\nexcept ImportError:\n    pass\nSECRET_KEY = secrets.token_hex(20)\n"
    key = observe(repository, text).django.secret_key
    assert isinstance(key, Fact)
    assert key.value == "random at each start"


def test_a_class_of_settings_reads_where_it_is_written(repository: MakeRepository) -> None:
    text = "from .base import Base\n\nclass Production(Base):\n    DEBUG = False\n"
    base = (
        "from configurations import Configuration, values\n\nclass Base(Configuration):\n"
        "    INSTALLED_APPS = []\n    SECRET_KEY = values.SecretValue()\n"
    )
    facts = observe(repository, text, {"app/base.py": base})
    (variable,) = [v for v in facts.environment if v.required]
    assert variable.name == "DJANGO_SECRET_KEY"
    assert (variable.evidence[0].path, variable.evidence[0].line) == ("app/base.py", 5)


def test_a_module_that_only_asks_for_the_apps_is_no_settings_module(repository: MakeRepository) -> None:
    asks = "from django.conf import settings\nHAS = 'x' in settings.INSTALLED_APPS\n"
    files = {"app/context.py": asks, "app/settings_other.py": "INSTALLED_APPS: list[str] = []\n"}
    candidates = observe(repository, "INSTALLED_APPS = []\n", files).django.settings_modules.candidates
    assert candidates == ("app.settings", "app.settings_other")


def test_the_application_that_no_setting_names_stands_where_it_is_made(repository: MakeRepository) -> None:
    asgi = (
        "import os\nfrom django.core.asgi import get_asgi_application\n\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\napplication = get_asgi_application()\n"
    )
    facts = observe(repository, "WSGI_APPLICATION = 'app.served'\n", {"app/asgi.py": asgi, "app/wsgi.py": asgi})
    found = facts.django.asgi_application
    assert isinstance(found, Fact)
    assert (found.value, found.evidence[0].path, found.evidence[0].line) == ("app.asgi.application", "app/asgi.py", 5)
    set_there = facts.django.wsgi_application
    assert (set_there.evidence[0].path, set_there.evidence[0].line) == ("app/settings.py", 1)


def test_undecided_values_are_told_in_words(repository: MakeRepository) -> None:
    text = (
        "import socket\nFLAG = socket.gethostname() == 'web'\n"
        "MIDDLEWARE = ['one.Middleware', 'two.Middleware'] if FLAG else ['three.Middleware']\n"
        "CACHES = {'default': {}} if FLAG else {}\n"
        "SESSION_ENGINE = 'one' if FLAG else 'two'\n"
    )
    settings = observe(repository, text).django.settings
    reasons = [settings[name].bare for name in ("MIDDLEWARE", "CACHES", "SESSION_ENGINE")]
    assert reasons == [
        Unknown(reason="undecided: a list of 2 when FLAG; a list of 1 when not (FLAG)"),
        Unknown(reason="undecided: a dictionary of 1 when FLAG; a dictionary of 0 when not (FLAG)"),
        Unknown(reason="undecided: 'one' when FLAG; 'two' when not (FLAG)"),
    ]
