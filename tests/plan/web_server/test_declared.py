"""Servers' commands of the project's own files, made to fit the platform."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ComponentOverrides, Overrides
from analyzer.plan.web_server.choose import WebServer, choose_web_server, plan_command

Facts = Callable[..., ProjectFacts]
GUNICORN = "--bind 0.0.0.0:${PORT:-8080} --workers ${WEB_CONCURRENCY:-2} --worker-tmp-dir /dev/shm --access-logfile -"

WAITRESS = (
    "python -c 'import signal; signal.signal(signal.SIGTERM, signal.default_int_handler); "
    "from waitress.runner import run; run()'"
)
"""The first process of a container ignores TERM unless it has a handler."""


def server(facts: ProjectFacts) -> WebServer:
    return choose_web_server(facts, "3.13", 8080)


def command(facts: ProjectFacts, overrides: Overrides = Overrides()) -> str:  # noqa: B008
    return plan_command(server(facts), ".", overrides).value


def test_a_procfile_is_honoured_and_listens_on_the_port(facts: Facts) -> None:
    found = facts({"Procfile": "web: gunicorn shop.wsgi --timeout 90\n"})
    assert command(found) == f"gunicorn shop.wsgi --timeout 90 {GUNICORN}"
    assert server(found).rule == "Procfile starts gunicorn; it listens on 0.0.0.0:$PORT"
    assert server(found).evidence[0].path == "Procfile"
    assert server(found).alternatives[0].value == "gunicorn shop.wsgi --timeout 90"


@pytest.mark.parametrize(
    "written",
    [
        "gunicorn shop.wsgi -b 127.0.0.1:8000",
        "gunicorn shop.wsgi --bind=unix:/tmp/x.sock --bind :80",
        "poetry run gunicorn shop.wsgi --chdir /srv/app",
        "python manage.py migrate && gunicorn shop.wsgi --daemon --user www-data --group www-data --reload",
        "python manage.py collectstatic --noinput; exec gunicorn shop.wsgi --pid /run/x.pid",
    ],
)
def test_what_does_not_fit_is_taken_out(facts: Facts, written: str) -> None:
    assert command(facts({"Procfile": f"web: {written}\n"})) == f"gunicorn shop.wsgi {GUNICORN}"


def test_a_number_of_workers_is_the_default_of_the_variable(facts: Facts) -> None:
    assert "--workers ${WEB_CONCURRENCY:-4}" in command(facts({"Procfile": "web: gunicorn shop.wsgi -w 4\n"}))
    assert "--workers ${WEB_CONCURRENCY:-3}" in command(facts({"Procfile": "web: gunicorn shop.wsgi -w3\n"}))
    assert "--workers ${N:-5}" in command(facts({"Procfile": "web: gunicorn shop.wsgi --workers ${N:-5}\n"}))
    assert "--workers ${N:-2}" in command(facts({"Procfile": "web: gunicorn shop.wsgi --workers $N\n"}))


def test_a_configuration_file_is_named_where_the_image_has_it(facts: Facts) -> None:
    files = {"Procfile": "web: gunicorn -c deploy/gunicorn.py shop.wsgi\n", "deploy/gunicorn.py": "workers = 3\n"}
    found = command(facts(files))
    assert found.startswith("gunicorn -c /app/deploy/gunicorn.py shop.wsgi --bind 0.0.0.0:${PORT:-8080}")
    assert "--workers" not in found


def test_a_configuration_file_of_another_machine_is_left_out(facts: Facts) -> None:
    found = facts({"Procfile": "web: gunicorn -c /etc/gunicorn.py shop.wsgi\n"})
    assert "/etc" not in command(found)
    assert "/etc/gunicorn.py" in server(found).rule


def test_a_log_file_becomes_standard_output(facts: Facts) -> None:
    found = command(facts({"Procfile": "web: gunicorn shop.wsgi --error-logfile /var/log/e.log\n"}))
    assert "--error-logfile - " in found


def test_a_variable_that_nothing_sets_goes_with_its_option(facts: Facts) -> None:
    assert "--name" not in command(facts({"Procfile": "web: gunicorn shop.wsgi --name $WHO\n"}))
    compose = "services:\n  web:\n    build: .\n    environment:\n      WHO: shop\n"
    compose += "    command: gunicorn shop.wsgi --name $$WHO\n"
    assert "--name ${WHO:-shop}" in command(facts({"docker-compose.yml": compose, "Dockerfile": "FROM python:3.13\n"}))


def test_a_wrapper_that_matters_stays(facts: Facts) -> None:
    found = command(facts({"Procfile": "web: newrelic-admin run-program gunicorn shop.wsgi\n"}))
    assert found.startswith("newrelic-admin run-program gunicorn shop.wsgi")
    assert command(facts({"Procfile": "web: bin/start-nginx gunicorn shop.wsgi\n"})).startswith("gunicorn shop.wsgi")


def test_a_module_that_is_not_there_gives_way_to_the_project_s(facts: Facts) -> None:
    found = facts({"Procfile": "web: gunicorn config.wsgi:application\n"})
    assert command(found).startswith("gunicorn shop.wsgi:application ")
    assert "config.wsgi" in server(found).rule


@pytest.mark.parametrize(
    ("written", "package", "expected"),
    [
        (
            "uvicorn shop.asgi:application --port 8000 --reload --workers 3",
            "uvicorn",
            "uvicorn shop.asgi:application --host 0.0.0.0 --port ${PORT:-8080} --workers ${WEB_CONCURRENCY:-3}",
        ),
        (
            "daphne -p 8000 shop.asgi:application",
            "daphne",
            "daphne shop.asgi:application -b 0.0.0.0 -p ${PORT:-8080} --proxy-headers --access-log -",
        ),
        (
            "hypercorn shop.asgi:application -b 0.0.0.0:80",
            "hypercorn",
            "hypercorn shop.asgi:application --bind 0.0.0.0:${PORT:-8080} --workers ${WEB_CONCURRENCY:-2}"
            " --access-logfile -",
        ),
        (
            "granian --interface asgi shop.asgi:application --port 80",
            "granian",
            "granian --interface asgi shop.asgi:application --host 0.0.0.0 --port ${PORT:-8080}"
            " --workers ${WEB_CONCURRENCY:-2} --access-log",
        ),
        (
            "waitress-serve --listen '*:8000' shop.wsgi:application",
            "waitress",
            f"{WAITRESS} --listen=0.0.0.0:${{PORT:-8080}} '--trusted-proxy=*'"
            " '--trusted-proxy-headers=x-forwarded-for x-forwarded-proto' --clear-untrusted-proxy-headers"
            " shop.wsgi:application",
        ),
        (
            "uwsgi --http :8000 --module shop.wsgi --processes 4",
            "uwsgi",
            "uwsgi --module shop.wsgi --http-socket 0.0.0.0:${PORT:-8080} --workers ${WEB_CONCURRENCY:-4}"
            " --die-on-term --master --need-app --enable-threads",
        ),
    ],
)
def test_other_servers(facts: Facts, written: str, package: str, expected: str) -> None:
    files = {"Procfile": f"web: {written}\n", "requirements.txt": f"django==5.2.19\n{package}\n", "shop/asgi.py": ASGI}
    found = server(facts(files))
    assert plan_command(found, ".", Overrides()).value == expected
    assert found.added == ()


def test_options_that_an_old_version_does_not_have_are_left_out(facts: Facts) -> None:
    files = {"Procfile": "web: waitress-serve shop.wsgi:application\n", "requirements.txt": "django\nwaitress==1.1.0\n"}
    assert "--trusted-proxy" not in command(facts(files))


def test_uwsgi_with_an_ini_file(facts: Facts) -> None:
    ini = "[uwsgi]\nmodule = shop.wsgi\n"
    files = {"Procfile": "web: uwsgi uwsgi.ini\n", "uwsgi.ini": ini, "requirements.txt": "django\nuwsgi\n"}
    found = server(facts(files))
    text = plan_command(found, ".", Overrides()).value
    assert text == "uwsgi /app/uwsgi.ini --http-socket 0.0.0.0:${PORT:-8080} --die-on-term"
    assert [note.code for note in found.notes] == ["server-configuration"]


@pytest.mark.parametrize(
    ("address", "opened"),
    [
        ("http = :8080", True),
        ("http-socket = 0.0.0.0:8080", True),
        ("http-socket=:$(PORT)", True),
        ("http = :8000", False),
        ("http = 127.0.0.1:8080", False),
        ("socket = :8080", False),
    ],
)
def test_an_ini_file_that_opens_the_port_itself(facts: Facts, address: str, opened: bool) -> None:
    ini = f"[uwsgi]\nmodule = shop.wsgi\n{address}\n"
    files = {"Procfile": "web: uwsgi uwsgi.ini\n", "uwsgi.ini": ini, "requirements.txt": "django\nuwsgi\n"}
    found = server(facts(files))
    assert ("--http-socket" not in plan_command(found, ".", Overrides()).value) is opened
    assert ("its ini file opens the port" in found.rule) is opened


@pytest.mark.parametrize(
    ("line", "changed"),
    [("chdir = /opt/shop", True), ("chdir = /app/shop", False), ("chdir = %d", False), ("threads = 1", False)],
)
def test_an_ini_file_that_changes_to_a_folder_of_another_image(facts: Facts, line: str, changed: bool) -> None:
    ini = f"[uwsgi]\nmodule = shop.wsgi\n{line}\n"
    files = {"Procfile": "web: uwsgi uwsgi.ini\n", "uwsgi.ini": ini, "requirements.txt": "django\nuwsgi\n"}
    command = plan_command(server(facts(files)), ".", Overrides()).value
    assert (" --chdir . " in command) is changed
    assert ("uwsgi --ini /app/uwsgi.ini " in command) is changed, "without --ini its line wins"


def test_a_server_that_nothing_installs_is_added(facts: Facts) -> None:
    files = {"Procfile": "web: gunicorn shop.wsgi\n", "requirements.txt": "django==5.2.19\n"}
    assert [package.requirement for package in server(facts(files)).added] == ["gunicorn==27.0.1"]
    assert server(facts({"Procfile": "web: gunicorn shop.wsgi\n"})).added == ()


def test_a_worker_class_that_nothing_installs_is_added(facts: Facts) -> None:
    files = {"Procfile": "web: gunicorn shop.asgi -k uvicorn.workers.UvicornWorker\n", "shop/asgi.py": ASGI}
    assert [package.requirement for package in server(facts(files)).added] == ["uvicorn"]


def test_wsgi_with_channels_is_noted(facts: Facts) -> None:
    files = {"Procfile": "web: gunicorn shop.wsgi\n"}
    found = server(facts(files, "INSTALLED_APPS += ['channels']\n"))
    assert [note.code for note in found.notes] == ["websockets-not-served"]


def test_the_first_of_several_declarations_counts(facts: Facts) -> None:
    files = {
        "Procfile": "web: gunicorn shop.wsgi\n",
        "Dockerfile": "FROM python:3.13\nCOPY . .\nCMD gunicorn shop.wsgi -b 0.0.0.0:8000 --threads 2\n",
    }
    found = server(facts(files))
    assert found.evidence[0].path == "Procfile"
    assert "Dockerfile" in found.alternatives[1].reason


def test_the_configuration_decides(facts: Facts) -> None:
    overrides = Overrides(components={"web": ComponentOverrides(command="gunicorn other.wsgi")})
    assert command(facts({"Procfile": "web: gunicorn shop.wsgi\n"}), overrides) == "gunicorn other.wsgi"


ASGI = (
    "import os\nfrom django.core.asgi import get_asgi_application\n"
    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\napplication = get_asgi_application()\n"
)
