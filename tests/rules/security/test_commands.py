"""Commands of findings about secrets name what the project has."""

from pathlib import Path

import pytest

from analyzer.model.evidence import Certainty
from analyzer.model.finding import Severity
from tests.rules.examples import findings_of, report_of

KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("path", "severity", "certainty"),
    [
        ("deploy/server.key", Severity.RISK, Certainty.CERTAIN),
        ("tools/web/server.key", Severity.ADVICE, Certainty.LIKELY),
        ("devices/server.key", Severity.RISK, Certainty.CERTAIN),
    ],
)
def test_a_key_of_laptops_matters_less(tmp_path: Path, path: str, severity: Severity, certainty: Certainty) -> None:
    (found,) = findings_of(report_of(tmp_path, {path: KEY}), "private-key-committed")
    assert (found.severity, found.certainty, found.commands) == (severity, certainty, (f"git rm --cached {path}",))


def test_the_variable_of_the_key(tmp_path: Path) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\n"
        'SECRET_KEY = os.environ.get("SHOP_SECRET", "u8w-n3v9t-2yq4h7-0x6kz-5jd1c-r8m")\n'
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "secret-key-default")
    assert found.commands == ('SECRET_KEY = os.environ["SHOP_SECRET"]',)


def test_a_key_that_is_drawn_where_no_file_has_one(tmp_path: Path) -> None:
    settings = (
        "import configparser\n\nfrom shop.defaults import *\nfrom django.utils.crypto import get_random_string\n\n"
        "config = configparser.ConfigParser()\nconfig.read('/etc/shop.ini')\n"
        "if config.has_option('site', 'secret'):\n    SECRET_KEY = config.get('site', 'secret')\n"
        "else:\n    SECRET_KEY = get_random_string(50)\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "secret-key-random")
    assert [one.line for one in found.evidence] == [11]


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("django.contrib.gis.db.backends.postgis", 'config(engine="django.contrib.gis.db.backends.postgis", '),
        ("django.db.backends.postgresql", "config(conn_max_age=60)"),
    ],
)
def test_geodjango_keeps_its_engine(tmp_path: Path, engine: str, words: str) -> None:
    settings = (
        "from shop.defaults import *\n\nDATABASES = {'default': {'ENGINE': '%s', 'NAME': 'shop', 'USER': 'shop',\n"
        "    'PASSWORD': 'kV7qhT2mZp94', 'HOST': 'db.example.org'}}\n"
    )
    report = report_of(tmp_path, {"shop/settings.py": settings % engine})
    (found,) = findings_of(report, "database-password-in-code")
    assert [words in command for command in found.commands] == [True, False]


@pytest.mark.parametrize(
    ("seconds", "words", "command"),
    [
        ("int(os.environ.get('HSTS', '0'))", "without the variable HSTS", "[tool.doctor.environment.HSTS]"),
        ("0", "SECURE_HSTS_SECONDS is not set", "SECURE_HSTS_SECONDS = 3600"),
    ],
)
def test_the_variable_of_hsts(tmp_path: Path, seconds: str, words: str, command: str) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\nSECURE_SSL_REDIRECT = True\n"
        f"SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\nSECURE_HSTS_SECONDS = {seconds}\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "hsts-missing")
    assert found.evidence[0].line == 7
    assert words in found.message
    assert found.commands[0].startswith(command)


def test_a_project_without_dj_database_url_takes_the_parts(tmp_path: Path) -> None:
    settings = (
        "from shop.defaults import *\n\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql',\n"
        "    'NAME': 'shop', 'USER': 'shop', 'PASSWORD': 'kV7qhT2mZp94', 'HOST': 'db.example.org'}}\n"
    )
    files: dict[str, str | None] = {
        "shop/settings.py": settings,
        "requirements.txt": "django==3.1.7\ngunicorn==20.1.0\npsycopg2-binary==2.8.6\nwhitenoise==5.2.0\n",
    }
    (found,) = findings_of(report_of(tmp_path, files), "database-password-in-code")
    assert found.commands[0].startswith('DATABASES["default"].update(HOST=os.environ["DB_HOST"], ')
    assert 'PASSWORD=os.environ["DB_PASSWORD"])' in found.commands[0]
    assert "dj_database_url" not in found.commands[0]


GRANIAN = "web: granian --interface asgi --host 0.0.0.0 --port $PORT shop.asgi:application\n"


@pytest.mark.parametrize(
    ("origins", "refused"),
    [("[]", True), ('os.environ.get("SHOP_ORIGINS", "").split(",")', False)],
)
def test_forms_are_taken_from_origins_that_the_app_spec_names(tmp_path: Path, origins: str, refused: bool) -> None:
    settings = f"import os\n\nfrom shop.defaults import *\n\nCSRF_TRUSTED_ORIGINS = {origins}\n"
    asgi = (
        "import os\nfrom django.core.asgi import get_asgi_application\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\napplication = get_asgi_application()\n"
    )
    requirements = (
        "dj-database-url==3.1.0\ndjango==5.2.8\ngranian==2.5.0\npsycopg[binary]==3.2.13\nredis==7.1.0\n"
        "whitenoise==6.11.0\n"
    )
    files: dict[str, str | None] = {
        "shop/settings.py": settings + "SECURE_PROXY_SSL_HEADER = None\nSECURE_SSL_REDIRECT = False\n",
        "shop/asgi.py": asgi,
        "Procfile": GRANIAN,
        "requirements.txt": requirements,
    }
    (found,) = findings_of(report_of(tmp_path, files), "proxy-ssl-header-missing")
    assert "http:// links" in found.message
    assert ("refuses forms" in found.message) is refused


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("SESSION_COOKIE_SECURE = False\nSECURE_HSTS_SECONDS = 0\n", ": the browser also sends the cookie with"),
        ("SESSION_COOKIE_SECURE = False\nSECURE_HSTS_SECONDS = 3600\n", "does not know the app's HSTS header also"),
        (
            'MIDDLEWARE.remove("django.contrib.sessions.middleware.SessionMiddleware")\nCSRF_COOKIE_SECURE = False\n',
            "the cookie, which a page with a form sets, with",
        ),
    ],
)
def test_which_cookie_goes_by_plain_http(tmp_path: Path, lines: str, said: str) -> None:
    settings = f"from shop.defaults import *\n\n{lines}"
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "cookies-without-secure")
    assert said in found.message


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("os.environ.get('SHOP_REDIRECT', 'yes') == 'yes'", "is on unless SHOP_REDIRECT says otherwise, and"),
        ("not DEBUG", "is on, and"),
    ],
)
def test_what_switches_the_redirect_off(tmp_path: Path, value: str, said: str) -> None:
    settings = (
        "import os\n\nfrom shop.defaults import *\n\nDEBUG = os.environ.get('SHOP_DEBUG') == 'yes'\n"
        f"SECURE_SSL_REDIRECT = {value}\nSECURE_HSTS_SECONDS = 0\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "hsts-missing")
    assert said in found.message
