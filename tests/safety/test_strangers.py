"""Attacks that strangers may try: each of these did harm once, or would without what keeps it off."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli.app import app
from tests.safety.hostile import SETTINGS, doctor, scan, write

MARKUP = "x\\n::error::INJECTED\\u001b]0;INJECTED\\u0007\\u202e"
"""In a string of TOML."""


def run(*arguments: str | Path, code: int = 0) -> str:
    """What a command says, on both streams."""
    result = CliRunner().invoke(app, list(map(str, arguments)), prog_name="doctor")
    assert result.exit_code == code, result.output
    return result.output


def test_a_fleet_runs_nothing_of_the_folder_that_one_is_in(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    trap = f"open({str(mark)!r}, 'w').close()\n"
    names = ("multiprocessing", "json", "typing", "struct", "signal", "analyzer")
    root = write(tmp_path / "all" / "repo", {f"{name}.py": trap for name in names})
    done = doctor(tmp_path, "fleet", "..", "--out", tmp_path / "out.jsonl", folder=root)
    assert (done.code, mark.exists()) == (0, False)


def test_a_draft_does_not_follow_a_link_that_waits_for_it(tmp_path: Path) -> None:
    root, beside = write(tmp_path / "repo"), tmp_path / "beside"
    beside.write_text("mine\n")
    for path in (".Dockerfile", "..dockerignore"):
        (root / f"{path}.{os.getpid()}.tmp").symlink_to(beside)
    run("emit", root)
    assert beside.read_text() == "mine\n"
    assert not (root / "Dockerfile").is_symlink()


@pytest.mark.parametrize("name", ["../beside.json", "/dev/zero", "pipe"])
def test_a_repository_chooses_no_baseline_elsewhere(tmp_path: Path, name: str) -> None:
    root = write(tmp_path / "repo", {"doctor.toml": f"[audit]\nbaseline = '{name}'\n"})
    (tmp_path / "beside.json").write_text('{"doctor_baseline": 1, "findings": []}')
    os.mkfifo(root / "pipe")
    assert "is no file in the folder" in run("scan", root, code=2)


@pytest.mark.parametrize(
    "text", [f'"{MARKUP}" = 1\n', f'root_dir = "{MARKUP}"\n', f'[components."{MARKUP}"]\ncommand = "a"\n']
)
def test_messages_about_the_configuration_are_one_line(tmp_path: Path, text: str) -> None:
    said = run("plan", write(tmp_path / "repo", {"doctor.toml": text}), code=2)
    assert "INJECTED" in said
    assert [line for line in said.splitlines() if line.lstrip().startswith("::")] == []
    assert all(character.isprintable() or character == "\n" for character in said)


def test_a_large_file_of_others_is_no_wrong_configuration(tmp_path: Path) -> None:
    large = "[tool.black]\nline-length = 100\n" + "# a\n" * 400_000
    assert scan(write(tmp_path / "repo", {"pyproject.toml": large})).code == 0


MUCH = {
    "json": dict.fromkeys(("package.json", "app.json", "Pipfile.lock"), "[" + "[]," * 1600000 + "[]]"),
    "packages": {f"d{number}/package.json": "[" + "[]," * 160_000 + "[]]" for number in range(30)},
    "toml": {"pyproject.toml": "".join(f"[a{number}]\n" for number in range(200_000))},
    "ini": {"setup.cfg": "".join(f"[a{number}]\nk=v\n" for number in range(100_000))},
    "yaml": {
        f"d{n}/docker-compose.yml": "services:\n" + "".join(f" a{m}: {{image: b}}\n" for m in range(20_000))
        for n in range(8)
    },
}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("json", "more than 500,000 brackets"),
        ("packages", "beyond the documents"),
        ("toml", "parsed"),
        ("ini", "parsed"),
        ("yaml", "beyond the documents"),
    ],
)
def test_documents_that_fill_the_memory(tmp_path: Path, kind: str, reason: str) -> None:
    reasons = " ".join(scan(write(tmp_path / "repo", MUCH[kind])).skipped.values())
    assert reason in reasons


def test_a_long_text_that_stands_in_many_places(tmp_path: Path) -> None:
    settings = f"{SETTINGS}X = repr(['a' * 199_999] * 3_000)\nDEBUG = True\n"
    assert scan(write(tmp_path / "repo", {"shop/settings.py": settings})).facts["debug"]["value"] is True


PATTERNS = "".join(f"*a*b*c*d{number}\n" for number in range(2_000))
TOO_MANY = "patterns beyond those that are compared in one scan"


def test_ignore_files_that_take_for_ever(tmp_path: Path) -> None:
    names = {f"{'a' * 200}{number}.txt": "" for number in range(2_000)}
    skipped = scan(write(tmp_path / "repo", {**names, ".gitignore": PATTERNS})).skipped
    assert skipped == {".gitignore": TOO_MANY}


def test_ignore_files_beyond_the_first_are_named(tmp_path: Path) -> None:
    files = {f"d{number:02}/.gitignore": PATTERNS for number in range(12)}
    assert scan(write(tmp_path / "repo", files)).skipped == dict.fromkeys(
        ("d10/.gitignore", "d11/.gitignore"), TOO_MANY
    )


def test_a_mistake_that_is_made_again_and_again(tmp_path: Path) -> None:
    done = scan(write(tmp_path / "repo", {"Procfile": "a: b\n" * 24_000}))
    warnings = max((one["warning_details"] for one in json.loads(done.out)["buildpacks"]), key=len)
    assert len(warnings) == 201
    assert warnings[-1]["message"] == "There are more than 200 warnings; the others are left out."


def test_a_procfile_of_more_processes_than_anybody_has(tmp_path: Path) -> None:
    done = scan(write(tmp_path / "repo", {"Procfile": "".join(f"a{number}: b\n" for number in range(24_000))}))
    statements = max((one["statements"] for one in json.loads(done.out)["buildpacks"]), key=len)
    assert len(statements) == 1_001
    assert statements[-1]["text"] == "there are more than 1,000 statements; the others are left out"


INSTALLS = "".join(f"RUN pip install -r r{n}.txt\nENV A{n}=b\nCOPY r{n}.txt /x/r{n}.txt\n" for n in range(333))


def test_many_long_dockerfiles(tmp_path: Path) -> None:
    root = write(tmp_path / "repo", {f"d{n:02}/Dockerfile": f"FROM python:3.12\n{INSTALLS}" for n in range(40)})
    skipped = scan(root).skipped
    assert sum("10,000 instructions" in reason for reason in skipped.values()) == 30


def test_a_list_of_more_packages_than_anybody_installs(tmp_path: Path) -> None:
    done = scan(write(tmp_path / "repo", {"Aptfile": "".join(f"p{number}\n" for number in range(100_000))}))
    assert len(done.out) < 1_000_000


SECRETS = {
    "header": "Zq7Xw9Kp3Rm5Tv8B001",
    "login": "Zq7Xw9Kp3Rm5Tv8B002",
    "ssh": "Zq7Xw9Kp3Rm5Tv8B003",
    "connection": "Zq7Xw9Kp3Rm5Tv8B004",
    "account": "Zq7Xw9Kp3Rm5Tv8B005",
    "server": "Zq7Xw9Kp3Rm5Tv8B006",
    "build": "Zq7Xw9Kp3Rm5Tv8B007",
    "check": "Zq7Xw9Kp3Rm5Tv8B008",
    "own": "Zq7Xw9Kp3Rm5Tv8B009",
    "pair": "Zq7Xw9Kp3Rm5Tv8B010",
    "slash": "Zq7Xw9Kp3Rm5Tv8B011/a",
    "telegram": "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
    "hook": "https://hooks." + "slack.com/services/T00000000/B00000000/XXXXyyyyZZZZ1234abcd",
    "face": "hf" + "_abcdefghijklmnopqrstuvwxyz012345",
}


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """A repository with secrets in places and of kinds that tests/fixtures/seeded.py lacks."""
    one = SECRETS
    settings = (
        f"{SETTINGS}import os\nA = os.environ.get('A', 'Bearer {one['header']}')\n"
        f"B = os.environ.get('B', 'Server=db,1433;User ID=u;Password={one['connection']};Encrypt=yes')\n"
        f"C = os.environ.get('C', 'AccountName=a;AccountKey={one['account']};EndpointSuffix=b')\n"
        f"D = os.environ.get('D', '{one['telegram']}')\nE = os.environ.get('E', '{one['hook']}')\n"
        f"F = os.environ.get('F', '{one['face']}')\nG = os.environ.get('G', 'amqp://u:{one['slash']}@h:5672//')\n"
        f"CREDS = ('admin', '{one['pair']}')\nDEBUG = True\n"
    )
    files = {
        "shop/settings.py": settings,
        "Procfile": f"web: gunicorn shop.wsgi -e SECRET_KEY={one['server']}\n"
        f"fetch: curl -u a:{one['login']} https://a\nsync: sshpass -p {one['ssh']} ssh a\n",
        "package.json": f'{{"scripts": {{"build": "NPM_TOKEN={one["build"]} vite build"}}}}',
        "Dockerfile": "FROM python:3.13\nRUN pip install -r requirements.txt\n"
        f"HEALTHCHECK CMD curl -u a:{one['check']} http://localhost\nRUN docker login -u a -p {one['own']} \x1b[2J\n"
        "CMD gunicorn shop.wsgi\n",
    }
    return write(tmp_path / "repo", files)


OUTPUTS = (
    ("scan", "--exit-zero", "--verbose", "--show", "facts"),
    *(("scan", "--exit-zero", "--format", name) for name in ("json", "markdown", "html", "sarif", "github")),
    ("detect", "--format", "json"),
    ("plan", "--format", "json"),
    ("emit", "--stdout", "--only", "dockerfile,app-spec,deploy-template,compose"),
    ("emit", "--diff"),
)


@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_secrets_of_other_kinds_are_not_said(secrets: Path, arguments: tuple[str, ...]) -> None:
    said = run(arguments[0], secrets, *arguments[1:])
    assert [name for name, secret in SECRETS.items() if secret in said] == []
    assert "\x1b" not in said


def test_the_conflict_that_emit_tells_shows_no_secret(secrets: Path) -> None:
    (secrets / "Dockerfile").write_text(f"ENV API_TOKEN={SECRETS['own']}\n")
    said = run("emit", secrets, code=4)
    assert "differs at line 1" in said
    assert SECRETS["own"] not in said


def test_a_patch_says_that_it_has_secrets(secrets: Path) -> None:
    assert "that hold secrets" in run("scan", secrets, "--format", "patch", "--exit-zero")
