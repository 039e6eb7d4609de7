"""The processes that a repository declares."""

import pytest

from analyzer.facts.existing.declarations import read_declarations
from analyzer.facts.processes import collect_processes
from analyzer.model.facts import Process, ProcessType
from tests.facts.conftest import MakeRepository

COMPOSE = "services:\n  web:\n    image: x\n    command: {}\n"


def collect(repository: MakeRepository, files: dict[str, str], django_dir: str = ".") -> tuple[Process, ...]:
    repo = repository({f"{django_dir}/manage.py": "", **files})
    return collect_processes(read_declarations(repo, django_dir))


def listed(repository: MakeRepository, files: dict[str, str], django_dir: str = ".") -> list[tuple[str, str, str]]:
    return [(p.type.value, p.name, p.command) for p in collect(repository, files, django_dir)]


def test_a_procfile(repository: MakeRepository) -> None:
    text = (
        "release: python manage.py migrate\nweb: gunicorn app.wsgi\n"
        "queue: celery -A app worker -B\nclock: celery -A app beat\n"
        "flower: celery -A app flower\n"
    )
    found = collect(repository, {"Procfile": text})
    assert [(p.type.value, p.name, p.command, p.evidence.line) for p in found] == [
        ("web", "web", "gunicorn app.wsgi", 2),
        ("worker", "queue", "celery -A app worker -B", 3),
        ("beat", "clock", "celery -A app beat", 4),
        ("release", "release", "python manage.py migrate", 1),
        ("other", "flower", "celery -A app flower", 5),
    ]
    assert {(p.source, p.evidence.path) for p in found} == {("Procfile", "Procfile")}


def test_nothing_is_declared(repository: MakeRepository) -> None:
    assert collect(repository, {"README.md": "web: gunicorn app.wsgi\n"}) == ()


@pytest.mark.parametrize(
    ("line", "type_"),
    [
        ("web: node server.js", "web"),
        ("web: python -m app.server", "web"),
        ("bot: python bot.py", "worker"),
        ("bot: python manage.py run_bot", "worker"),
        ("smtp: python manage.py smtpd --port 25", "other"),
        ("scheduler: python manage.py enqueue_jobs", "beat"),
        ("worker: ./bin/worker", "worker"),
        ("assets: npm-watch", "other"),
        ("migrate: python manage.py prepare", "release"),
    ],
)
def test_programs_that_are_not_known(repository: MakeRepository, line: str, type_: str) -> None:
    name = line.partition(":")[0]
    expected = "release" if type_ == "release" else name
    assert [(t, n) for t, n, _ in listed(repository, {"Procfile": line + "\n"})] == [(type_, expected)]


def test_programs_that_are_not_known_count_in_containers_when_they_are_ours(repository: MakeRepository) -> None:
    text = (
        "services:\n  mail:\n    image: x\n    command: python manage.py send_mails\n"
        "  site:\n    image: x\n    command: node server.js\n"
    )
    assert listed(repository, {"compose.yml": text}) == [("worker", "mail", "python manage.py send_mails")]


def test_what_a_start_command_does_before(repository: MakeRepository) -> None:
    before = "python manage.py migrate --noinput && python manage.py load_defaults && python manage.py check"
    assert listed(repository, {"Procfile": f"web: {before} && gunicorn app.wsgi\n"}) == [
        ("web", "web", "gunicorn app.wsgi"),
        ("release", "release", "python manage.py migrate --noinput && python manage.py load_defaults"),
    ]


def test_what_a_script_does_on_request_is_no_part_of_a_release(repository: MakeRepository) -> None:
    script = (
        '#!/bin/sh\nif [ "$MIGRATE" = True ]; then\n  python manage.py migrate\nfi\n'
        'if [ "$LOAD_DATA" = True ]; then\n  python manage.py load_data\nfi\n'
        "python manage.py set_site\nexec gunicorn app.wsgi\n"
    )
    files = {"start.sh": script, "Dockerfile": 'FROM python:3.12\nCOPY . .\nCMD ["./start.sh"]\n'}
    release = [text for type_, _, text in listed(repository, files) if type_ == "release"]
    assert release == ["python manage.py migrate && python manage.py set_site"]
    files["Dockerfile"] = 'FROM python:3.12\nENV LOAD_DATA=True\nCOPY . .\nCMD ["./start.sh"]\n'
    release = [text for type_, _, text in listed(repository, files) if type_ == "release"]
    assert release == ["python manage.py migrate && python manage.py load_data && python manage.py set_site"]


def test_several_programs_of_one_declaration(repository: MakeRepository) -> None:
    text = "web: celery -A app worker & celery -A app beat & gunicorn app.wsgi\n"
    assert listed(repository, {"Procfile": text}) == [
        ("web", "web", "gunicorn app.wsgi"),
        ("worker", "worker", "celery -A app worker"),
        ("beat", "beat", "celery -A app beat"),
    ]


def test_the_platform_says_what_a_known_program_is_for(repository: MakeRepository) -> None:
    assert listed(repository, {"Procfile": "web: celery -A app worker\n"}) == [("web", "web", "celery -A app worker")]


def test_scripts_are_followed(repository: MakeRepository) -> None:
    files = {
        "Procfile": "web: bin/go\nrelease: bin/prepare\n",
        "bin/go": "#!/bin/sh\ngunicorn app.wsgi\n",
        "bin/prepare": "#!/bin/sh\npython manage.py migrate\npython manage.py seed\n",
    }
    web, release = collect(repository, files)
    assert (web.command, web.evidence.path, web.evidence.line, web.evidence.note) == (
        "gunicorn app.wsgi",
        "bin/go",
        2,
        "started at Procfile:1",
    )
    assert (release.command, release.evidence.path) == (
        "python manage.py migrate && python manage.py seed",
        "bin/prepare",
    )


def test_a_release_script_that_is_not_there(repository: MakeRepository) -> None:
    assert listed(repository, {"Procfile": "release: ./missing.sh\n"}) == [("release", "release", "./missing.sh")]


def test_builds_only_prepare(repository: MakeRepository) -> None:
    text = (
        "services:\n- type: web\n  name: shop\n"
        "  buildCommand: pip install . && python manage.py migrate && gunicorn x\n  startCommand: gunicorn app.wsgi\n"
    )
    assert listed(repository, {"render.yaml": text}) == [
        ("web", "shop", "gunicorn app.wsgi"),
        ("release", "build", "python manage.py migrate"),
    ]


def test_one_command_in_several_files_is_one_process(repository: MakeRepository) -> None:
    files = {
        "Procfile": "web: gunicorn app.wsgi\nrelease: python manage.py migrate --noinput\n",
        "Dockerfile": "FROM a\nCMD python manage.py migrate && exec /venv/bin/gunicorn app.wsgi\n",
        "compose.yml": COMPOSE.format("gunicorn app.wsgi --bind :8000"),
    }
    assert listed(repository, files) == [
        ("web", "web", "gunicorn app.wsgi"),
        ("web", "web", "gunicorn app.wsgi --bind :8000"),
        ("release", "release", "python manage.py migrate --noinput"),
    ]


def test_two_processes_of_one_file_may_have_one_command(repository: MakeRepository) -> None:
    text = "one: celery -A app worker\ntwo: celery -A app worker\n"
    assert [name for _, name, _ in listed(repository, {"Procfile": text})] == ["one", "two"]


def test_development_counts_only_where_nothing_else_declares_the_type(repository: MakeRepository) -> None:
    files = {
        "Procfile": "web: gunicorn app.wsgi\n",
        "Procfile.dev": "web: python manage.py runserver\nworker: celery -A app worker\n",
        "docker-compose.dev.yml": "services:\n  w:\n    image: x\n    command: celery -A app worker -l debug\n",
    }
    assert listed(repository, files) == [
        ("web", "web", "gunicorn app.wsgi"),
        ("worker", "worker", "celery -A app worker"),
    ]


def test_a_development_server_is_listed_where_there_is_no_other(repository: MakeRepository) -> None:
    assert listed(repository, {"Dockerfile": "FROM a\nCMD python manage.py runserver\n"}) == [
        ("web", "web", "python manage.py runserver")
    ]
    text = 'if [ "$DEV" ]; then python manage.py runserver; else gunicorn app.wsgi; fi'
    assert listed(repository, {"Procfile": f"web: {text}\n"}) == [("web", "web", "gunicorn app.wsgi")]


def test_scripts_that_nothing_starts(repository: MakeRepository) -> None:
    worker = "#!/bin/sh\npython manage.py wait_for_it\ncelery -A app worker\n"
    files = {"Dockerfile": "FROM a\nCOPY run-worker /run-worker\nCMD gunicorn app.wsgi\n", "run-worker": worker}
    assert listed(repository, files) == [
        ("web", "web", "gunicorn app.wsgi"),
        ("worker", "worker", "celery -A app worker"),
    ]
    declared = {**files, "Procfile": "queue: celery -A app worker -l info\n"}
    assert [c for t, _, c in listed(repository, declared) if t == "worker"] == ["celery -A app worker -l info"]


def test_branches_of_an_entry_point_that_nothing_chooses(repository: MakeRepository) -> None:
    script = '#!/bin/sh\ncase "$1" in\nweb) exec gunicorn app.wsgi ;;\nworker) exec celery -A app worker ;;\nesac\n'
    files = {"Dockerfile": 'FROM a\nCOPY . /app\nWORKDIR /app\nENTRYPOINT ["./entry.sh"]\n', "entry.sh": script}
    assert listed(repository, files) == [
        ("web", "web", "gunicorn app.wsgi"),
        ("worker", "worker", "celery -A app worker"),
    ]


def test_daemons_of_uwsgi(repository: MakeRepository) -> None:
    ini = (
        "[uwsgi]\nmodule = app.wsgi\nhook-pre-app = exec:./manage.py migrate\nattach-daemon = ./manage.py send_alerts\n"
        "attach-daemon = celery -A app beat\n"
    )
    found = collect(repository, {"Dockerfile": "FROM a\nCOPY . .\nCMD uwsgi uwsgi.ini\n", "uwsgi.ini": ini})
    assert [(p.type, p.name, p.evidence.path, p.evidence.line) for p in found] == [
        (ProcessType.WEB, "web", "Dockerfile", 3),
        (ProcessType.WORKER, "send_alerts", "uwsgi.ini", 4),
        (ProcessType.BEAT, "beat", "uwsgi.ini", 5),
        (ProcessType.RELEASE, "release", "uwsgi.ini", 3),
    ]


def test_secrets_are_hidden(repository: MakeRepository) -> None:
    text = (
        "services:\n  web:\n    image: x\n    command: gunicorn app.wsgi --env SECRET_KEY=hunter2\n"
        "    environment: {DATABASE_URL: 'postgres://u:hunter2@db/x', API_KEY: hunter2, PORT: 8000}\n"
    )
    (web,) = collect(repository, {"compose.yml": text})
    assert web.command == "gunicorn app.wsgi --env SECRET_KEY=***"
    assert web.environment == {"DATABASE_URL": "postgres://***@db/x", "API_KEY": "***", "PORT": "8000"}


def test_a_project_below_the_root(repository: MakeRepository) -> None:
    files = {
        "backend/Procfile": "web: gunicorn app.wsgi\n",
        "frontend/Dockerfile": 'FROM node\nCMD ["npm", "start"]\n',
        "other/manage.py": "",
        "other/Procfile": "web: gunicorn other.wsgi\n",
    }
    assert listed(repository, files, "backend") == [("web", "web", "gunicorn app.wsgi")]


@pytest.mark.parametrize(
    "text", ["web:\n", "web: '\n", "web: &&\n", "web: $(\n", "web: exec\n", "web: env A=1\n", "web: sh -c\n"]
)
def test_malformed_commands_are_no_error(repository: MakeRepository, text: str) -> None:
    assert all(process.type in ProcessType for process in collect(repository, {"Procfile": text}))


def test_the_program_behind_wrappers_and_its_files(repository: MakeRepository) -> None:
    files = {
        "Procfile": "web: newrelic-admin run-program gunicorn -c deploy/gunicorn.py 'app.wsgi' --bind=0.0.0.0:$PORT\n",
        "deploy/gunicorn.py": "",
    }
    (found,) = collect(repository, files)
    assert (found.wrappers, found.program) == (("newrelic-admin", "run-program"), "gunicorn")
    assert found.arguments == ("-c", "deploy/gunicorn.py", "app.wsgi", "--bind=0.0.0.0:$PORT")
    assert found.paths == {"deploy/gunicorn.py": "deploy/gunicorn.py"}


def test_a_management_command_and_the_environment_of_its_line(repository: MakeRepository) -> None:
    (found,) = collect(repository, {"Procfile": "web: MODE=live python manage.py rungunicorn --port 80\n"})
    assert (found.program, found.arguments) == ("manage.py", ("rungunicorn", "--port", "80"))
    assert found.environment == {"MODE": "live"}


def test_a_task_of_people_is_no_part_of_a_release(repository: MakeRepository) -> None:
    tasks = '[tool.pdm.scripts]\nloaddata = "python manage.py loaddata core.json"\n'
    assert listed(repository, {"pyproject.toml": tasks}) == []
    tasks += 'release = "python manage.py migrate"\n'
    assert listed(repository, {"pyproject.toml": tasks}) == [("release", "release", "python manage.py migrate")]


def test_a_program_of_the_project_before_the_server(repository: MakeRepository) -> None:
    lines = ("shop prepare --fast", "shop run-worker", "other-tool", 'if [ -n "$AGAIN" ]; then shop again; fi')
    script = "\n".join((*lines, "exec gunicorn app.wsgi", ""))
    files = {"Dockerfile": "FROM python:3.13\nCOPY . .\nCMD ./start.sh\n", "start.sh": f"#!/bin/sh\n{script}"}
    repo = repository({"manage.py": "", **files})
    found = collect_processes(read_declarations(repo, "."), frozenset({"shop"}))
    assert [p.command for p in found if p.type is ProcessType.RELEASE] == ["shop prepare --fast"]
    found = collect_processes(read_declarations(repo, "."))
    assert [p.type for p in found] == [ProcessType.WEB]
