"""Railway, Nixpacks and Railpack."""

from analyzer.facts.existing.railway import builder_configurations, railway_services
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

TOML = """\
[build]
builder = "NIXPACKS"
buildCommand = "python manage.py collectstatic"

[deploy]
startCommand = "gunicorn app.wsgi"
preDeployCommand = ["python manage.py migrate"]
"""


def test_toml(repository: MakeRepository) -> None:
    found = list(railway_services(repository({"manage.py": "", "railway.toml": TOML}), "."))
    assert commands(found) == [
        ("web", "gunicorn app.wsgi", 6),
        ("release", "python manage.py migrate", 7),
        ("build", "python manage.py collectstatic", 3),
    ]
    assert [(d.hint, d.firm, d.prepares, d.source) for d in found] == [
        (ProcessType.WEB, False, False, "railway.toml"),
        (ProcessType.RELEASE, True, False, "railway.toml"),
        (None, False, True, "railway.toml"),
    ]


def test_json_with_an_image(repository: MakeRepository) -> None:
    text = (
        '{\n "build": {"builder": "DOCKERFILE", "dockerfilePath": "deploy/Dockerfile"},\n'
        ' "deploy": {"numReplicas": 1}\n}'
    )
    files = {"manage.py": "", "railway.json": text, "deploy/Dockerfile": "FROM a\nENV A=1\nCMD gunicorn app\n"}
    (found,) = railway_services(repository(files), ".")
    assert (found.command, found.evidence.path, found.evidence.line) == ("gunicorn app", "deploy/Dockerfile", 3)
    assert found.variables == {"A": "1"}


def test_a_schedule_is_no_web_process(repository: MakeRepository) -> None:
    text = '{"deploy": {"startCommand": "python manage.py clean", "cronSchedule": "0 0 * * *"}}'
    (found,) = railway_services(repository({"manage.py": "", "railway.json": text}), ".")
    assert found.hint is ProcessType.OTHER


def test_builders(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "nixpacks.toml": '[phases.build]\ncmds = ["python manage.py collectstatic"]\n'
        '[start]\ncmd = "gunicorn a"\n[variables]\nA = "1"\n',
        "backend/railpack.json": '{"deploy": {"startCommand": "gunicorn b", "variables": {"B": "2"}}}',
    }
    found = list(builder_configurations(repository(files), "."))
    assert commands(found) == [
        ("build", "python manage.py collectstatic", 2),
        ("web", "gunicorn a", 4),
        ("web", "gunicorn b", 1),
    ]
    assert environment(found[1].environment) == {"A": ("1", 6)}
    assert environment(found[2].environment) == {"B": ("2", 1)}


def test_broken_and_odd_files(repository: MakeRepository) -> None:
    for text in ("{", "[]", '{"deploy": 1, "build": []}', '{"deploy": {"startCommand": 5}, "phases": 3}'):
        repo = repository({"manage.py": "", "railway.json": text, "railpack.json": text})
        assert list(railway_services(repo, ".")) == []
        assert list(builder_configurations(repo, ".")) == []
