"""Which server serves a project that starts none for production."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.plan.web_server.choose import addition, choose_web_server
from analyzer.plan.web_server.servers import servers
from tests.plan.web_server.test_declared import ASGI, WAITRESS

Facts = Callable[..., ProjectFacts]


@pytest.mark.parametrize(
    ("requirements", "expected"),
    [
        ("gunicorn\n", "gunicorn shop.wsgi:application"),
        ("waitress\n", f"{WAITRESS} --listen=0.0.0.0:${{PORT:-8080}} --threads=8"),
        ("uwsgi\n", "uwsgi --module shop.wsgi:application"),
        ("granian\n", "granian --interface wsgi shop.wsgi:application"),
        ("gunicorn\nuvicorn\n", "gunicorn shop.wsgi:application"),
        ("uvicorn\n", "uvicorn shop.asgi:application"),
    ],
)
def test_the_installed_server(facts: Facts, requirements: str, expected: str) -> None:
    found = choose_web_server(
        facts({"requirements.txt": f"django==5.2.19\n{requirements}", "shop/asgi.py": ASGI}), "3.13", 8080
    )
    assert found.command.text.startswith(expected)
    assert "${PORT:-8080}" in found.command.text
    assert (found.added, found.evidence[0].path) == ((), "requirements.txt")


def test_waitress_reads_no_option_behind_the_application(facts: Facts) -> None:
    found = choose_web_server(facts({"requirements.txt": "django==5.2.19\nwaitress\n"}), "3.13", 8080)
    assert found.command.arguments[-1] == "shop.wsgi:application"


def test_channels_needs_asgi(facts: Facts) -> None:
    files = {"requirements.txt": "django==5.2.19\nchannels\ndaphne\ngunicorn\n", "shop/asgi.py": ASGI}
    found = choose_web_server(facts(files, "INSTALLED_APPS += ['channels']\n"), "3.13", 8080)
    assert found.command.text.startswith("daphne shop.asgi:application -b 0.0.0.0 -p ${PORT:-8080}")
    assert "Channels" in found.rule


def test_uvicorn_serves_channels_with_a_library_for_websockets_only(facts: Facts) -> None:
    apps = "INSTALLED_APPS += ['channels']\n"
    files = {"requirements.txt": "django\nchannels\nuvicorn\n", "shop/asgi.py": ASGI}
    assert choose_web_server(facts(files, apps), "3.13", 8080).added[0].requirement.startswith("uvicorn[standard]==")
    files["requirements.txt"] = "django\nchannels\nuvicorn[standard]\n"
    assert choose_web_server(facts(files, apps), "3.13", 8080).added == ()


def test_without_a_server_one_is_added(facts: Facts) -> None:
    found = choose_web_server(facts({"requirements.txt": "django==5.2.19\n"}), "3.13", 9000)
    assert [package.requirement for package in found.added] == ["gunicorn==27.0.1"]
    assert found.command.text.startswith("gunicorn shop.wsgi:application --bind 0.0.0.0:${PORT:-9000}")
    assert "--worker-tmp-dir /dev/shm" in found.command.text


def test_a_development_server_is_not_honoured(facts: Facts) -> None:
    found = choose_web_server(facts({"Procfile": "web: python manage.py runserver 0.0.0.0:$PORT\n"}), "3.13", 8080)
    assert found.command.program == "gunicorn"
    assert "for development" in found.alternatives[0].reason


def test_a_project_without_a_wsgi_module_gets_django_s_own(facts: Facts) -> None:
    files = {"shop/wsgi.py": None, "shop/settings.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = []\n"}
    found = choose_web_server(facts(files), "3.13", 8080)
    assert "'django.core.wsgi:get_wsgi_application()'" in found.command.text


@pytest.mark.parametrize(
    ("python", "expected"), [("3.13", "gunicorn==27.0.1"), ("3.9", "gunicorn==23.0.0"), ("3.6", "gunicorn==20.1.0")]
)
def test_the_added_version_runs_on_the_python(python: str, expected: str) -> None:
    assert addition("gunicorn", python) == expected


def test_every_server_of_the_table_can_listen_and_be_added() -> None:
    for server in servers().values():
        assert any("PORT_NUMBER" in word for word in server.bind), server.name
        assert addition(server.name, "3.13").startswith(server.package)
        assert server.dropped.keys() >= {word for word in server.bind if word.startswith("--") and "=" not in word}
