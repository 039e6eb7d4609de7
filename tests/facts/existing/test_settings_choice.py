"""Settings modules and values that deployment files give."""

import pytest

from analyzer.facts.existing.declarations import read_declarations
from analyzer.facts.existing.settings_choice import SettingsChoice, declared_settings_modules, environment_values
from tests.facts.conftest import MakeRepository


def choices(repository: MakeRepository, files: dict[str, str]) -> tuple[SettingsChoice, ...]:
    repo = repository({"manage.py": "", **files})
    return declared_settings_modules(repo, read_declarations(repo, "."))


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("Procfile", "web: gunicorn --env DJANGO_SETTINGS_MODULE=app.production app.wsgi\n", 1),
        ("Procfile", "web: gunicorn -e DJANGO_SETTINGS_MODULE=app.production app.wsgi\n", 1),
        ("Procfile", "web: DJANGO_SETTINGS_MODULE=app.production gunicorn app.wsgi\n", 1),
        ("Procfile", "web: env DJANGO_SETTINGS_MODULE=app.production gunicorn app.wsgi\n", 1),
        ("Procfile", "x: y\nworker: python manage.py qcluster --settings=app.production\n", 2),
        ("Procfile", "worker: python manage.py qcluster --settings app.production\n", 1),
        ("Procfile", "web: uwsgi --http :$PORT --env DJANGO_SETTINGS_MODULE=app.production\n", 1),
        ("Dockerfile", "FROM a\nENV DJANGO_SETTINGS_MODULE=app.production\nCMD gunicorn app.wsgi\n", 2),
        ("Dockerfile", "FROM a\nENV DJANGO_SETTINGS_MODULE app.production\n", 2),
        (
            "compose.yml",
            "services:\n  web:\n    image: x\n    environment:\n      - DJANGO_SETTINGS_MODULE=app.production\n",
            5,
        ),
        ("app.json", '{\n"env": {\n"DJANGO_SETTINGS_MODULE": "app.production"}}', 3),
        (
            ".do/app.yaml",
            "services:\n- name: web\n  envs:\n  - key: DJANGO_SETTINGS_MODULE\n    value: app.production\n",
            4,
        ),
        (
            "render.yaml",
            "services:\n- type: web\n  envVars:\n  - key: DJANGO_SETTINGS_MODULE\n    value: app.production\n",
            4,
        ),
        ("fly.toml", '[env]\nDJANGO_SETTINGS_MODULE = "app.production"\n', 2),
        ("web.service", "[Service]\nEnvironment=DJANGO_SETTINGS_MODULE=app.production\nExecStart=gunicorn app\n", 2),
        ("uwsgi.ini", "[uwsgi]\nmodule = app.wsgi\nenv = DJANGO_SETTINGS_MODULE=app.production\n", 3),
    ],
)
def test_ways_to_choose(repository: MakeRepository, path: str, text: str, line: int) -> None:
    (found,) = choices(repository, {path: text})
    assert (found.module, found.production, found.configuration) == ("app.production", True, None)
    assert (found.evidence.path, found.evidence.line) == (path, line)


def test_in_a_script_with_a_default(repository: MakeRepository) -> None:
    script = "#!/bin/sh\nexport DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-app.production}\ngunicorn app.wsgi\n"
    (found,) = choices(repository, {"Procfile": "web: bin/x.sh\n", "bin/x.sh": script})
    assert (found.module, found.source, found.evidence.path, found.evidence.line) == (
        "app.production",
        "Procfile",
        "bin/x.sh",
        2,
    )


def test_the_environment_of_a_service_reaches_the_script(repository: MakeRepository) -> None:
    files = {
        "Dockerfile": 'FROM a\nCOPY . .\nENV DJANGO_SETTINGS_MODULE=app.base\nCMD ["./x.sh"]\n',
        "x.sh": "#!/bin/sh\nexport DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-app.default}\ngunicorn app.wsgi\n",
        "compose.yml": "services:\n  web:\n    build: .\n    env_file: prod.env\n",
        "prod.env": "DJANGO_SETTINGS_MODULE=app.production\n",
    }
    assert [c.module for c in choices(repository, files)][:2] == ["app.production", "app.base"]


def test_production_before_development(repository: MakeRepository) -> None:
    files = {
        "docker-compose.yml": "services:\n  web:\n    image: x\n    environment: {DJANGO_SETTINGS_MODULE: app.local}\n",
        "docker-compose.prod.yml": "services:\n  web:\n    image: x\n"
        "    environment: {DJANGO_SETTINGS_MODULE: app.production}\n",
        "Procfile.dev": "web: python manage.py runserver --settings=app.dev\n",
        "Dockerfile": "FROM a\nCMD python manage.py runserver --settings=app.docker\n",
    }
    found = [(c.module, c.production) for c in choices(repository, files)]
    assert found == [("app.production", True), ("app.docker", False), ("app.dev", False), ("app.local", False)]


def test_the_class_of_django_configurations(repository: MakeRepository) -> None:
    (both,) = choices(
        repository,
        {"Procfile": "web: DJANGO_SETTINGS_MODULE=app.settings gunicorn x --env DJANGO_CONFIGURATION=Prod\n"},
    )
    assert (both.module, both.configuration) == ("app.settings", "Prod")
    (only,) = choices(repository, {"Procfile": "web: python manage.py qcluster --configuration=Prod\n"})
    assert (only.module, only.configuration, only.evidence.line) == ("", "Prod", 1)


@pytest.mark.parametrize("value", ["$MODULE", "${MODULE}", "${db.MODULE}", ""])
def test_what_is_not_known_is_no_choice(repository: MakeRepository, value: str) -> None:
    assert choices(repository, {"Procfile": f"web: DJANGO_SETTINGS_MODULE={value} gunicorn app.wsgi\n"}) == ()


def test_values_of_production_before_those_of_examples(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "Dockerfile": "FROM a\nENV A=image B=image\n",
        "fly.toml": '[env]\nA = "fly"\nC = "${REF}"\nD = ""\n',
        "docker-compose.dev.yml": "services:\n  web:\n    image: x\n    environment: {A: dev, F: dev}\n",
        ".env.example": "A=example\nC=example\nD=example\nE=example\n",
    }
    repo = repository(files)
    found = environment_values(repo, ".", read_declarations(repo, "."))
    assert {name: assigned.value for name, assigned in found.items()} == {
        "A": "fly",
        "B": "image",
        "C": "example",
        "D": "example",
        "E": "example",
    }
    assert (found["A"].evidence.path, found["B"].evidence.line) == ("fly.toml", 2)
