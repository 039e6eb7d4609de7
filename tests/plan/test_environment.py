"""The variables of the app."""

import pytest

from analyzer.model.plan import DeploymentPlan, Variable
from tests.plan.conftest import CELERY, MakePlan, codes, values

PARTS = (
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': os.environ['DB_HOST'],"
    " 'NAME': os.environ['DB_NAME'], 'USER': os.environ['DB_USER'], 'PASSWORD': os.environ['DB_PASSWORD']%s}}\n"
)


def variable(plan: DeploymentPlan, name: str) -> Variable:
    return next(v for v in plan.variables if v.name == name)


def test_secrets_have_a_type_and_no_value(plan: MakePlan) -> None:
    made = plan(settings="KEY = os.environ['STRIPE_SECRET_KEY']\n")
    assert [(v.name, v.value.value) for v in made.variables if v.secret] == [
        ("SECRET_KEY", None),
        ("STRIPE_SECRET_KEY", None),
    ]
    (note,) = [n for n in made.notes if n.code == "secrets-to-set"]
    assert note.evidence[1].line == 13


def test_a_required_value_that_nobody_knows(plan: MakePlan) -> None:
    made = plan(settings="MAIL = os.environ['MAIL_SERVER']\n")
    assert variable(made, "MAIL_SERVER").value.value is None
    assert "values-to-set" in codes(made)


def test_a_setting_that_is_a_route_needs_its_variable(plan: MakePlan) -> None:
    urls = {"shop/urls.py": "urlpatterns = [path(settings.ADMIN_URL, admin.site.urls)]\n"}
    made = plan(urls, settings="ADMIN_URL = os.environ.get('DJANGO_ADMIN_URL')\n")
    assert values(made)["DJANGO_ADMIN_URL"] == "admin/"
    assert {e.path for e in variable(made, "DJANGO_ADMIN_URL").value.evidence} == {"shop/settings.py", "shop/urls.py"}
    made = plan(urls, settings="ADMIN_URL = os.environ.get('DJANGO_ADMIN_URL', 'admin/')\n")
    assert "DJANGO_ADMIN_URL" not in values(made)
    made = plan(settings="ADMIN_URL = os.environ.get('DJANGO_ADMIN_URL')\n")
    assert "DJANGO_ADMIN_URL" not in values(made)


def test_what_has_a_default_is_left_to_it(plan: MakePlan) -> None:
    made = plan(settings="A = os.environ.get('PAGE_SIZE', '20')\nB = os.environ.get('SENTRY_DSN')\n")
    assert {"PAGE_SIZE", "SENTRY_DSN"}.isdisjoint(values(made))
    assert [(v.name, v.default, v.secret) for v in made.optional_variables] == [
        ("PAGE_SIZE", "20", False),
        ("SENTRY_DSN", None, True),
    ]


def test_debug_is_off(plan: MakePlan) -> None:
    made = plan(settings="DEBUG = os.environ.get('DEBUG', 'True') == 'True'\n")
    assert values(made)["DEBUG"] == "False"
    made = plan(settings="DEBUG = bool(int(os.environ.get('DEBUG', '1')))\n")
    assert values(made)["DEBUG"] == "0"


def test_component_parts(plan: MakePlan) -> None:
    made = plan(settings=PARTS % ", 'PORT': os.environ.get('DB_PORT', '5432')")
    assert {name: text for name, text in values(made).items() if name.startswith("DB_")} == {
        "DB_HOST": "${db.HOSTNAME}",
        "DB_NAME": "${db.DATABASE}",
        "DB_USER": "${db.USERNAME}",
        "DB_PASSWORD": "${db.PASSWORD}",
        "DB_PORT": "${db.PORT}",
    }
    assert "PGPORT" not in values(made)


def test_a_port_that_the_settings_do_not_give_comes_from_libpq(plan: MakePlan) -> None:
    assert values(plan(settings=PARTS % ""))["PGPORT"] == "${db.PORT}"


def test_hosts_and_origins(plan: MakePlan) -> None:
    made = plan(
        settings="import json\nCSRF_TRUSTED_ORIGINS = json.loads(os.environ['ORIGINS'])\n"
        "CORS_ALLOWED_ORIGINS = [os.environ.get('FRONT', 'http://localhost')]\n"
    )
    assert values(made)["HOSTS"] == "${APP_DOMAIN}"
    assert values(made)["ORIGINS"] == '["${APP_URL}"]'
    assert "FRONT" not in values(made)
    assert "allowed-hosts-fixed" not in codes(made)


def test_hosts_that_no_variable_changes(plan: MakePlan) -> None:
    assert "allowed-hosts-fixed" in codes(plan(settings="ALLOWED_HOSTS = ['shop.example.org']\n"))
    assert "allowed-hosts-fixed" not in codes(plan(settings="ALLOWED_HOSTS = ['*']\n"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("SITE_URL", "${APP_URL}"), ("DOMAIN_NAME", "${APP_DOMAIN}"), ("CALLBACK_URL", None), ("DYNO", "left out")],
)
def test_names_that_speak_for_themselves(plan: MakePlan, name: str, value: str | None) -> None:
    made = plan(settings=f"X = os.environ['{name}']\n")
    assert values(made).get(name, "left out") == value


def test_redis_for_celery_says_how_certificates_are_checked(plan: MakePlan) -> None:
    made = plan({"shop/celery.py": CELERY}, settings="CELERY_BROKER_URL = os.environ['REDIS_URL']\n")
    found = variable(made, "REDIS_URL")
    assert found.value.value == "${valkey.DATABASE_URL}?ssl_cert_reqs=required"
    assert found.local == "${valkey.DATABASE_URL}"


def test_redis_for_a_cache_alone_does_not(plan: MakePlan) -> None:
    settings = (
        "CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache',"
        " 'LOCATION': os.environ['REDIS_URL']}}\n"
    )
    assert values(plan(settings=settings))["REDIS_URL"] == "${valkey.DATABASE_URL}"


def test_settings_that_say_it_themselves(plan: MakePlan) -> None:
    settings = "CELERY_BROKER_URL = os.environ['REDIS_URL']\nCELERY_BROKER_USE_SSL = {'ssl_cert_reqs': 'required'}\n"
    assert values(plan({"shop/celery.py": CELERY}, settings=settings))["REDIS_URL"] == "${valkey.DATABASE_URL}"


def test_an_address_in_the_code_gives_way_to_the_variable_of_celery(plan: MakePlan) -> None:
    fixed = "CELERY_BROKER_URL = 'redis://127.0.0.1:6379/1'\nCELERY_RESULT_BACKEND = 'redis://127.0.0.1:6379/2'\n"
    made = plan({"shop/celery.py": CELERY}, settings=fixed)
    address = "${valkey.DATABASE_URL}?ssl_cert_reqs=required"
    assert values(made)["CELERY_BROKER_URL"] == values(made)["CELERY_RESULT_BACKEND"] == address
    assert "valkey-database-number" not in {note.code for note in made.notes}


def test_parts_of_an_address_are_not_asked_for_beside_the_whole(plan: MakePlan) -> None:
    text = """
if os.environ.get("SHOP_DATABASE_URL"):
    DATABASES = {"default": dj_database_url.parse(os.environ["SHOP_DATABASE_URL"])}
else:
    DATABASES = {"default": {"ENGINE": os.environ["DB_ENGINE"], "NAME": os.environ["DB_NAME"]}}
API = os.environ["API_ID"]
"""
    made = values(plan(settings=text))
    assert made["SHOP_DATABASE_URL"] == "${db.DATABASE_URL}"
    assert "API_ID" in made
    assert {"DB_ENGINE", "DB_NAME"}.isdisjoint(made)


def test_the_first_site_has_the_number_1(plan: MakePlan) -> None:
    assert values(plan(settings="SITE_ID = int(os.environ['SITE_ID'])\n"))["SITE_ID"] == "1"
    assert "SITE_ID" not in values(plan(settings="SITE_ID = int(os.environ.get('SITE_ID', 2))\n"))


def test_another_queue_has_no_variable_of_its_own(plan: MakePlan) -> None:
    fixed = "RQ_QUEUES = {'default': {'URL': 'redis://127.0.0.1:6379/0'}}\n"
    assert not any(name.startswith("CELERY") for name in values(plan(settings=fixed)))


def test_spaces(plan: MakePlan) -> None:
    settings = (
        "STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"
        "AWS_STORAGE_BUCKET_NAME = os.environ['BUCKET']\nAWS_ACCESS_KEY_ID = os.environ['KEY_ID']\n"
        "AWS_SECRET_ACCESS_KEY = os.environ['KEY']\nAWS_S3_ENDPOINT_URL = os.environ['ENDPOINT']\n"
    )
    made = plan(settings=settings)
    assert [(name, values(made)[name]) for name in ("BUCKET", "KEY_ID", "KEY", "ENDPOINT")] == [
        ("BUCKET", None),
        ("KEY_ID", None),
        ("KEY", None),
        ("ENDPOINT", "https://nyc3.digitaloceanspaces.com"),
    ]
    assert [v.name for v in made.variables if v.secret] == ["SECRET_KEY", "KEY_ID", "KEY"]
    assert [i.cents for i in made.cost.items if i.name == "Spaces"] == [500]


def test_keys_that_boto_reads_by_itself(plan: MakePlan) -> None:
    settings = (
        "STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"
        "AWS_STORAGE_BUCKET_NAME = os.environ['BUCKET']\n"
    )
    assert [v.name for v in plan(settings=settings).variables if v.secret] == [
        "SECRET_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    ]


def test_a_store_that_is_not_used(plan: MakePlan) -> None:
    made = plan(settings="AWS_STORAGE_BUCKET_NAME = os.environ.get('BUCKET')\n")
    assert "BUCKET" not in values(made)


def test_values_of_another_platform(plan: MakePlan) -> None:
    render = (
        "services:\n- type: web\n  name: web\n  startCommand: gunicorn shop.wsgi\n  envVars:\n"
        "  - {key: PAGE_SIZE, value: '50'}\n  - {key: SECRET_KEY, value: hunter2}\n  - {key: UNREAD, value: x}\n"
    )
    made = plan({"render.yaml": render}, settings="A = os.environ.get('PAGE_SIZE', '20')\n")
    assert values(made)["PAGE_SIZE"] == "50"
    assert values(made)["SECRET_KEY"] is None
    assert "UNREAD" not in values(made)
    assert "hunter2" not in repr(made)


def test_values_of_a_laptop_do_not_count(plan: MakePlan) -> None:
    compose = "services:\n  web:\n    build: .\n    environment:\n      PAGE_SIZE: '3'\n"
    made = plan(
        {"docker-compose.yml": compose, "Dockerfile": "FROM x\n"}, settings="A = os.getenv('PAGE_SIZE', '20')\n"
    )
    assert "PAGE_SIZE" not in values(made)


def test_the_existing_spec_survives(plan: MakePlan) -> None:
    spec = (
        "name: live\nenvs:\n- {key: EXTRA, value: '1', scope: RUN_AND_BUILD_TIME}\n"
        "- {key: SECRET_KEY, value: 'EV[1:a:b]', type: SECRET}\nservices:\n- name: api\n  envs:\n"
        "  - {key: DISABLE_COLLECTSTATIC, value: '1', scope: BUILD_TIME}\n  - {key: HOSTS, value: 'live.example.org'}\n"
        "  - {key: OTHER, value: '${gone.DATABASE_URL}', scope: RUN_AND_BUILD_TIME}\n"
    )
    made = plan({".do/app.yaml": spec})
    assert values(made)["EXTRA"] == "1"
    assert variable(made, "EXTRA").scope == "RUN_AND_BUILD_TIME"
    assert variable(made, "SECRET_KEY").value.value == "EV[1:a:b]"
    assert values(made)["HOSTS"] == "live.example.org"
    assert "DISABLE_COLLECTSTATIC" not in values(made)
    assert variable(made, "OTHER").scope == "RUN_TIME"
    assert "unknown-reference" in codes(made)


def test_a_database_that_no_variable_reaches(plan: MakePlan) -> None:
    settings = (
        "import elsewhere\nCHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer',"
        " 'CONFIG': elsewhere.make()}}\n"
    )
    assert "database-not-reached" in codes(plan(settings=settings))
    assert "database-not-reached" not in codes(plan())


def test_tasks_that_a_variable_keeps_in_the_caller(plan: MakePlan) -> None:
    settings = (
        "CELERY_BROKER_URL = os.environ['REDIS_URL']\n"
        "CELERY_TASK_ALWAYS_EAGER = os.environ.get('EAGER', 'True') == 'True'\n"
    )
    files = {"shop/celery.py": CELERY, "Procfile": "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n"}
    assert values(plan(files, settings=settings))["EAGER"] == "False"


def test_the_variable_that_makes_the_settings_those_of_production(plan: MakePlan) -> None:
    settings = (
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}}\n"
        "if 'DYNO' in os.environ:\n    " + PARTS % ""
    )
    made = plan({"requirements.txt": "django\npsycopg\n"}, settings=settings)
    assert values(made)["DYNO"] == "web.1"
    assert "SQLite" in variable(made, "DYNO").value.rule
    assert values(made)["DB_HOST"] == "${db.HOSTNAME}"
    assert {v.name: v.value for v in made.image.variables.value}["DYNO"] == "web.1"


def test_the_name_of_a_file_with_a_secret_is_no_part_of_an_address(plan: MakePlan) -> None:
    settings = (
        "def secret(name):\n"
        "    if path := os.getenv(name + '_FILE'):\n"
        "        return open(path).read()\n"
        "    return os.getenv(name)\n"
        "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': os.environ['DB_HOST'],"
        " 'PASSWORD': secret('DB_PASSWORD')}}\n"
    )
    made = values(plan({"requirements.txt": "django\npsycopg\n"}, settings=settings))
    assert made["DB_PASSWORD"] == "${db.PASSWORD}"
    assert "DB_PASSWORD_FILE" not in made


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("os.environ.get('SITE_ROOT', 'http://localhost:8000')", "${APP_URL}"),
        ("os.environ.get('SITE_ROOT', '/srv/site')", None),
        ("os.environ.get('SITE_ROOT')", None),
        ("os.environ.get('SITE_DOMAIN', 'localhost')", "${APP_DOMAIN}"),
        ("os.environ.get('SITE_DOMAIN', 'https://localhost')", "${APP_URL}"),
    ],
)
def test_an_address_of_the_web_as_default(plan: MakePlan, expression: str, value: str | None) -> None:
    found = values(plan(settings=f"ADDRESS = {expression}\n"))
    assert found.get("SITE_ROOT", found.get("SITE_DOMAIN")) == value
