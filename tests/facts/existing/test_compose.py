"""Services of Compose files."""

from analyzer.facts.existing.compose import compose_services
from analyzer.facts.existing.declaration import Declaration
from analyzer.facts.existing.following import Follower
from analyzer.model.facts import ProcessType
from analyzer.snapshot.repository import RepositorySnapshot
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

DOCKERFILE = 'FROM a\nWORKDIR /app\nENV A=image\nCOPY . .\nENTRYPOINT ["./entry.sh"]\nCMD ["gunicorn", "app.wsgi"]\n'


def services(repo: RepositorySnapshot, django_dir: str = ".") -> dict[str, Declaration]:
    return {declaration.name: declaration for declaration in compose_services(repo, django_dir)}


def test_commands_and_entry_points_of_built_images(repository: MakeRepository) -> None:
    text = """\
services:
  web:
    build: .
  worker:
    build: {context: ., dockerfile: Dockerfile}
    command: celery -A app worker
  direct:
    build: .
    entrypoint: ["beat", "--now"]
  redis:
    image: redis
"""
    repo = repository({"manage.py": "", "Dockerfile": DOCKERFILE, "docker-compose.yml": text})
    found = services(repo)
    assert commands(found.values()) == [
        ("web", "./entry.sh gunicorn app.wsgi", 6),
        ("worker", "./entry.sh celery -A app worker", 6),
        ("direct", "beat --now", 9),
        ("redis", "", 10),
    ]
    assert [d.evidence.path for d in found.values()] == ["Dockerfile", *["docker-compose.yml"] * 3]
    assert {d.file for d in found.values()} == {"docker-compose.yml"}


def test_an_image_that_another_service_builds(repository: MakeRepository) -> None:
    text = (
        "services:\n  web:\n    build: .\n    image: shop\n  worker:\n    image: shop\n    command: work\n"
        "  other:\n    image: x\n    command: go\n"
    )
    found = services(repository({"manage.py": "", "Dockerfile": DOCKERFILE, "compose.yaml": text}))
    assert found["worker"].command == "./entry.sh work"
    assert found["other"].command == "go"


def test_environment_of_image_files_and_service(repository: MakeRepository) -> None:
    text = """\
services:
  web:
    build: .
    env_file: [a.env, {path: b.env}, missing.env]
    environment:
      B: ${B:-default}
      C: $C
      D:
  worker:
    image: x
    env_file: a.env
    environment:
      - A=list
      - ONLY_NAMED
"""
    files = {
        "manage.py": "",
        "Dockerfile": DOCKERFILE,
        "compose.yml": text,
        "a.env": "A=file\nB=file\n",
        "b.env": "E=1\n",
    }
    found = services(repository(files))
    assert environment(found["web"].environment) == {
        "A": ("file", 1),
        "B": ("default", 6),
        "E": ("1", 1),
        "C": (None, 7),
        "D": ("", 8),
    }
    assert environment(found["worker"].environment) == {"A": ("list", 13), "B": ("file", 2), "ONLY_NAMED": (None, 14)}


def test_a_file_for_production_completes_the_base(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "Dockerfile": DOCKERFILE,
        "docker-compose.yml": "services:\n  web:\n    build: .\n    command: runserver\n"
        "    environment: {A: base, B: base}\n",
        "docker-compose.prod.yml": "services:\n  web:\n    command: serve\n    environment: {A: prod}\n",
    }
    found = {d.file: d for d in compose_services(repository(files), ".")}
    production = found["docker-compose.prod.yml"]
    assert production.command == "./entry.sh serve"
    assert production.variables == {"A": "prod", "B": "base"}
    assert (production.production, found["docker-compose.yml"].production) == (True, False)


def test_a_file_that_stands_alone_takes_nothing_from_the_base(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "Dockerfile": DOCKERFILE,
        "docker-compose.yml": "services:\n  web:\n    build: .\n    command: runserver\n",
        "docker-compose.prod.yml": "services:\n  web:\n    build: .\n",
    }
    found = {d.file: d.command for d in compose_services(repository(files), ".")}
    assert found["docker-compose.prod.yml"] == "./entry.sh gunicorn app.wsgi"


def test_anchors_and_extends(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "Dockerfile": DOCKERFILE,
        "compose.yml": "services:\n  web: &web\n    build: .\n    command: serve\n"
        "  worker:\n    <<: *web\n    command: work\n"
        "  beat:\n    extends: web\n    command: beat\n  flower:\n    extends: {file: other.yml, service: base}\n"
        "  loop:\n    extends: loop\n",
        "other.yml": "services:\n  base:\n    image: x\n    command: flower\n",
    }
    found = services(repository(files))
    assert {name: d.command for name, d in found.items() if d.file == "compose.yml"} == {
        "web": "./entry.sh serve",
        "worker": "./entry.sh work",
        "beat": "./entry.sh beat",
        "flower": "flower",
        "loop": "",
    }


def test_variables_of_compose_and_of_the_shell(repository: MakeRepository) -> None:
    text = "services:\n  web:\n    image: x\n    command: sh -c 'serve $$PORT'\n"
    assert services(repository({"manage.py": "", "compose.yml": text}))["web"].command == "sh -c 'serve $PORT'"


def test_mounts_and_the_working_directory(repository: MakeRepository) -> None:
    text = """\
services:
  web:
    build: docker
    working_dir: /code
    volumes: [./backend:/code, "data:/data", {type: bind, source: ./scripts, target: /scripts}]
    command: ./start.sh
"""
    files = {
        "backend/manage.py": "",
        "backend/start.sh": "#!/bin/sh\n/scripts/run.sh\n",
        "scripts/run.sh": "#!/bin/sh\ngunicorn app\n",
        "docker/Dockerfile": "FROM a\n",
        "compose.yml": text,
    }
    repo = repository(files)
    web = services(repo, "backend")["web"]
    (started,) = Follower(repo).follow(web.place, web.command, web.evidence)
    assert (started.launch.text, started.evidence.path) == ("gunicorn app", "scripts/run.sh")


def test_a_service_that_others_wait_for_is_a_release(repository: MakeRepository) -> None:
    text = (
        "services:\n  init:\n    image: x\n    command: prepare\n  web:\n    image: x\n"
        "    depends_on:\n      init: {condition: service_completed_successfully}\n"
        "      db: {condition: service_healthy}\n  db:\n    image: y\n"
    )
    found = services(repository({"manage.py": "", "compose.yml": text}))
    assert {name: d.hint for name, d in found.items()} == {"init": ProcessType.RELEASE, "web": None, "db": None}


def test_profiles_for_development(repository: MakeRepository) -> None:
    text = "services:\n  a:\n    image: x\n    profiles: [dev, test]\n  b:\n    image: x\n    profiles: [worker]\n"
    found = services(repository({"manage.py": "", "compose.yml": text}))
    assert (found["a"].production, found["b"].production) == (False, True)


def test_other_yaml_files_are_left_out(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        ".gitlab-ci.yml": "services:\n  - postgres\n",
        "x.yml": "jobs:\n  services:\n    a: {image: x}\n",
        "broken.yml": "services:\n  a: [\n",
        "services.yml": "services: text\n",
    }
    assert services(repository(files)) == {}
