"""From a declared command to the programs that it starts."""

import pytest

from analyzer.facts.existing.following import MAX_DEPTH, Follower, Started
from analyzer.facts.existing.places import RepositoryPlace
from analyzer.facts.existing.shell_scope import Reach
from analyzer.model.evidence import Evidence
from tests.facts.conftest import MakeRepository

AT = Evidence(path="Procfile", line=3)


def started(
    repository: MakeRepository, command: str, files: dict[str, str] | None = None, **variables: str
) -> list[Started]:
    repo = repository({"Procfile": "", **(files or {})})
    return list(Follower(repo).follow(RepositoryPlace(repo=repo, folder="."), command, AT, variables))


def texts(repository: MakeRepository, command: str, files: dict[str, str] | None = None, **variables: str) -> list[str]:
    return [item.launch.text for item in started(repository, command, files, **variables)]


def test_a_program_is_itself(repository: MakeRepository) -> None:
    (found,) = started(repository, "exec gunicorn app.wsgi --bind 0.0.0.0:$PORT")
    assert (found.launch.text, found.evidence, found.reach) == (
        "gunicorn app.wsgi --bind 0.0.0.0:$PORT",
        AT,
        Reach.CERTAIN,
    )


def test_helpers_are_left_out_and_unknown_programs_kept(repository: MakeRepository) -> None:
    found = started(repository, "sleep 1 && mkdir -p x; node server.js & python manage.py check; ./missing.sh")
    assert [(item.launch.text, item.program is None) for item in found] == [
        ("node server.js", True),
        ("python manage.py check", False),
        ("./missing.sh", True),
    ]


def test_through_scripts_with_the_line_and_the_way(repository: MakeRepository) -> None:
    files = {
        "bin/start.sh": "#!/bin/sh\nset -e\npython manage.py migrate\n"
        'exec ./bin/serve.sh "$@"\ncelery -A never worker\n',
        "bin/serve.sh": "#!/bin/bash\nexport DJANGO_SETTINGS_MODULE=app.production\ngunicorn app.wsgi $1\n",
    }
    migrate, serve = started(repository, "bash bin/start.sh --workers=2", files)
    assert (migrate.launch.text, migrate.evidence) == (
        "python manage.py migrate",
        Evidence(path="bin/start.sh", line=3, note="started at Procfile:3"),
    )
    assert (serve.launch.text, serve.evidence.path, serve.evidence.line) == (
        "gunicorn app.wsgi --workers=2",
        "bin/serve.sh",
        3,
    )
    assert [(name, value, at.line) for name, value, at in serve.environment] == [
        ("DJANGO_SETTINGS_MODULE", "app.production", 2)
    ]
    assert migrate.environment == ()


def test_what_a_script_was_called_with_stands_where_it_was_called(repository: MakeRepository) -> None:
    (found,) = started(repository, "./entry.sh gunicorn app.wsgi", {"entry.sh": '#!/bin/sh\nexec "$@"\n'})
    assert (found.launch.text, found.evidence) == ("gunicorn app.wsgi", AT)


def test_conditions(repository: MakeRepository) -> None:
    script = 'case "$1" in web) gunicorn app.wsgi ;; worker) celery -A app worker ;; esac\n'
    assert texts(repository, "./run.sh worker", {"run.sh": "#!/bin/sh\n" + script}) == ["celery -A app worker"]
    found = started(repository, 'if [ "$MODE" = web ]; then gunicorn app.wsgi; else celery -A app worker; fi')
    assert [item.reach for item in found] == [Reach.ON_REQUEST, Reach.OPEN]
    assert texts(repository, 'if [ "$MODE" = web ]; then gunicorn a; else gunicorn b; fi', MODE="web") == ["gunicorn a"]


def test_functions(repository: MakeRepository) -> None:
    assert texts(repository, "serve() { gunicorn app.wsgi; }\nother() { daphne x; }\nserve") == ["gunicorn app.wsgi"]


def test_sourced_files(repository: MakeRepository) -> None:
    files = {"env.sh": "export A=1\nB=2\ngunicorn first\n"}
    first, second = started(repository, "set -a; . ./env.sh; set +a; gunicorn second", files)
    assert (first.evidence.path, first.evidence.line) == ("env.sh", 3)
    assert [(name, value) for name, value, _ in second.environment] == [("A", "1"), ("B", "2")]


def test_shells_and_directories(repository: MakeRepository) -> None:
    files = {"backend/start.sh": "#!/bin/sh\ngunicorn backend\n"}
    assert texts(repository, "cd backend && sh -c './start.sh && daphne x'", files) == ["gunicorn backend", "daphne x"]


def test_make_and_tasks(repository: MakeRepository) -> None:
    files = {
        "Makefile": "help:\n\techo\nserve: collect\n\tgunicorn make\ncollect:\n\tpython manage.py collectstatic\n",
        "pyproject.toml": '[tool.poe.tasks]\nserve = "gunicorn poe"\n',
    }
    assert texts(repository, "make PORT=1 serve", files) == ["python manage.py collectstatic", "gunicorn make"]
    assert texts(repository, "poetry run poe serve", files) == ["gunicorn poe"]


def test_uwsgi_starts_more(repository: MakeRepository) -> None:
    ini = "[uwsgi]\nmodule = app.wsgi\nattach-daemon = celery -A app worker\n"
    server, worker = started(repository, "uwsgi --ini uwsgi.ini", {"uwsgi.ini": ini})
    assert (server.attached, worker.attached) == (False, True)
    assert (worker.launch.text, worker.evidence.path, worker.evidence.line) == ("celery -A app worker", "uwsgi.ini", 3)


def test_a_script_that_is_not_there_hands_on(repository: MakeRepository) -> None:
    assert texts(repository, "/docker-entrypoint.sh gunicorn app.wsgi") == ["gunicorn app.wsgi"]
    assert texts(repository, "waiter db:5432 -- gunicorn app.wsgi") == ["gunicorn app.wsgi"]


@pytest.mark.parametrize(
    "text",
    [
        "#!/bin/sh\n./run.sh\ngunicorn app\n",
        "#!/bin/sh\n. ./run.sh\ngunicorn app\n",
        "#!/bin/sh\nf() { f; }\nf\ngunicorn app\n",
    ],
)
def test_circles_end(repository: MakeRepository, text: str) -> None:
    found = texts(repository, "./run.sh", {"run.sh": text})
    assert set(found) == {"gunicorn app"}
    assert len(found) <= MAX_DEPTH + 2


def test_long_scripts_are_cut(repository: MakeRepository) -> None:
    assert texts(repository, "./run.sh", {"run.sh": "#!/bin/sh\n" + "true\n" * 5000 + "gunicorn app\n"}) == []
