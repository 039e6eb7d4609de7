"""Where a web process listens, whom it believes and how many workers it has."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.boot import Port, describe_boot
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence

EVIDENCE = Evidence(path="Procfile", line=3)
PORT = Port(set_by_platform=True, log="(log)")


def boot(source: Source, command: str, port: Port = PORT, **environment: str) -> Notes:
    notes = Notes()
    describe_boot(source, command, EVIDENCE, environment, port, notes)
    return notes


@pytest.mark.parametrize(
    ("command", "failures"),
    [
        ("gunicorn shop.wsgi", []),
        ("gunicorn shop.wsgi -b 0.0.0.0:$PORT", []),
        ("gunicorn shop.wsgi --bind=:${PORT:-8000}", []),
        ("gunicorn shop.wsgi -b unix:/run/x.sock", []),
        ("gunicorn shop.wsgi -b 0.0.0.0:8000", ["boot::fixed-port"]),
        ("gunicorn -b0.0.0.0:8000 shop.wsgi", ["boot::fixed-port"]),
        ("exec gunicorn shop.wsgi --bind 127.0.0.1:$PORT", ["boot::loopback"]),
        ("gunicorn shop.wsgi -b localhost", ["boot::loopback"]),
        ("gunicorn shop.wsgi -b [::]:$PORT", []),
        ("uvicorn shop.asgi:application", ["boot::loopback"]),
        ("uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT", []),
        ("uvicorn shop.asgi:application --host 0.0.0.0", ["boot::fixed-port"]),
        ("uvicorn shop.asgi:application --uds /run/x.sock", []),
        ("daphne -b 0.0.0.0 -p $PORT shop.asgi:application", []),
        ("daphne -p $PORT shop.asgi:application", ["boot::loopback"]),
        ("waitress-serve shop.wsgi:application", ["boot::fixed-port"]),
        ("waitress-serve --listen=*:$PORT shop.wsgi:application", []),
        ("python manage.py runserver", ["boot::loopback"]),
        ("python manage.py runserver 8000", ["boot::loopback"]),
        ("python manage.py runserver 0.0.0.0:$PORT --noreload", []),
        ("python manage.py migrate && gunicorn shop.wsgi -b :8000", ["boot::fixed-port"]),
        ("./start.sh", []),
        ("uwsgi uwsgi.ini", []),
        ("", []),
    ],
)
def test_where_it_listens(source: Callable[..., Source], command: str, failures: list[str]) -> None:
    found = boot(source({}), command).failures
    assert [f.id for f in found] == failures
    assert all(f.evidence == (EVIDENCE,) for f in found)


def test_the_port_that_the_platform_takes_is_right(source: Callable[..., Source]) -> None:
    port = Port(set_by_platform=True, assumed="8080", log="")
    given = source({})
    assert boot(given, "gunicorn -b 0.0.0.0:8080 shop.wsgi", port).failures == []
    assert [f.mode for f in boot(given, "gunicorn -b 0.0.0.0:8000 shop.wsgi", port).failures] == ["E5"]


def test_a_port_with_a_default_is_a_port(source: Callable[..., Source]) -> None:
    (text, *_) = [s.text for s in boot(source({}), "gunicorn shop.wsgi --bind 0.0.0.0:${PORT:-8000}").statements]
    assert text == "gunicorn listens on 0.0.0.0:${PORT:-8000}"


def test_gunicorn_relies_on_port(source: Callable[..., Source]) -> None:
    texts = {s.mode: s.text for s in boot(source({}), "gunicorn shop.wsgi").statements}
    assert "0.0.0.0:$PORT" in texts["E1"]
    assert "127.0.0.1:8000" in texts["E1"]


def test_a_configuration_file_may_say_where(source: Callable[..., Source]) -> None:
    given = source({"gunicorn.conf.py": 'bind = "127.0.0.1:9"\n', "other.py": ""})
    for command, path in (("gunicorn shop.wsgi", "gunicorn.conf.py"), ("gunicorn -c other.py shop.wsgi", "other.py")):
        notes = boot(given, command)
        assert notes.failures == []
        assert notes.statements[0].evidence[1].path == path
        assert "E1" not in [s.mode for s in notes.statements]


@pytest.mark.parametrize(
    ("command", "mode", "words"),
    [
        ("gunicorn shop.wsgi --workers 3", None, "starts 3 workers"),
        ("gunicorn shop.wsgi -w4", None, "starts 4 workers"),
        ("gunicorn shop.wsgi", "E3", "WEB_CONCURRENCY"),
        ("hypercorn -b 0.0.0.0:$PORT shop.asgi", "E3", "one worker"),
    ],
)
def test_workers(source: Callable[..., Source], command: str, mode: str | None, words: str) -> None:
    told = [s for s in boot(source({}), command).statements if words in s.text]
    assert [s.mode for s in told] == [mode]


def test_forwarded_headers(project: Callable[..., Source]) -> None:
    settings = 'SECRET_KEY = "x"\nINSTALLED_APPS = []\nSECURE_SSL_REDIRECT = True\n'
    given = project({"site_settings.py": settings})
    trusted = [s for s in boot(given, "gunicorn a", FORWARDED_ALLOW_IPS="*").statements if s.mode == "E2"]
    assert "'*'" in trusted[0].text
    alone = [s for s in boot(given, "gunicorn a").statements if s.mode == "E2"]
    assert "loop" in alone[0].text
    assert ("site_settings.py", 3) in [(e.path, e.line) for e in alone[0].evidence]


@pytest.mark.parametrize(
    "secure",
    [
        "",
        "SECURE_SSL_REDIRECT = False\n",
        'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n',
        'SECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n',
    ],
)
def test_forwarded_headers_of_a_project_that_does_not_mind(project: Callable[..., Source], secure: str) -> None:
    settings = f'SECRET_KEY = "x"\nINSTALLED_APPS = []\n{secure}'
    told = [s for s in boot(project({"site_settings.py": settings}), "gunicorn a").statements if "X-F" in s.text]
    assert [s.mode for s in told] == [None]
    assert "loop" not in told[0].text


def test_migrations_in_the_web_process(source: Callable[..., Source]) -> None:
    given = source({})
    assert "E6" in [s.mode for s in boot(given, "python manage.py migrate && gunicorn a").statements]
    assert "E6" not in [s.mode for s in boot(given, "gunicorn a").statements]
