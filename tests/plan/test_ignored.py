"""What stays out of the build context, and what must not."""

from pathlib import Path

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from analyzer.model.plan import Decision, IgnorePattern, InstallPlan
from analyzer.plan.ignored import large_file_notes, plan_ignored
from analyzer.snapshot.repository import RepositorySnapshot

PROJECT = {
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
    "shop/__init__.py": "",
    "shop/settings.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = []\nSTATIC_ROOT = 'collected'\nMEDIA_ROOT = 'uploads'\n",
    "requirements.txt": "django\n",
}


def facts_of(root: Path, files: dict[str, str]) -> ProjectFacts:
    for path, text in {**PROJECT, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    facts = collect_facts(RepositorySnapshot.open(root))
    assert isinstance(facts, ProjectFacts)
    return facts


def decide(
    root: Path, files: dict[str, str], *copies: str, context: str = ".", configured: tuple[str, ...] = ()
) -> Decision[tuple[IgnorePattern, ...]]:
    install = InstallPlan(manager="pip", tools=(), copies=copies, environment={}, commands=())
    return plan_ignored(facts_of(root, files), context, install, None, configured)


def patterns(decision: Decision[tuple[IgnorePattern, ...]]) -> list[str]:
    return [one.pattern for one in decision.value]


def test_secrets_collected_files_and_caches_stay_out(tmp_path: Path) -> None:
    chosen = patterns(decide(tmp_path, {}, "requirements.txt"))
    assert {"**/.env", "**/*.key", ".git", "**/__pycache__", "**/*.sqlite3", "collected", "uploads"} <= set(chosen)
    assert chosen.index("**/.env.*") < chosen.index("!**/.env.example")


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("env/__init__.py", "**/env"),
        ("shop/migrations/0001.sql", "**/*.sql"),
        ("uploads/logo.png", "uploads"),
        ("certs/rds.pem", "**/*.pem"),
        ("demo.sqlite3", "**/*.sqlite3"),
    ],
)
def test_what_the_repository_means_to_have_is_let_in(tmp_path: Path, file: str, pattern: str) -> None:
    decision = decide(tmp_path, {file: ""})
    assert pattern not in patterns(decision)
    assert [(one.value, one.reason) for one in decision.alternatives] == [(pattern, f"{file} is in the repository")]


SERVED = (
    "SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\nMEDIA_ROOT = 'media/'\n"
    "STATICFILES_DIRS = ['media/theme', ('docs', 'manual')]\n"
    "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': ['pages']}]\n"
)


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("media/theme/logo.png", "media"),
        ("media/logo.png", "media"),
        ("manual/htmlcov/index.html", "**/htmlcov"),
        ("pages/env/list.html", "**/env"),
        ("shop/templates/shop/env/list.html", "**/env"),
        ("shop/static/shop/Dockerfile.txt", "**/Dockerfile*"),
    ],
)
def test_static_files_and_templates_are_let_in(tmp_path: Path, file: str, pattern: str) -> None:
    decision = decide(tmp_path, {"shop/settings.py": SERVED, file: "x"})
    assert pattern not in patterns(decision)


def test_a_module_that_the_image_copies_is_let_in(tmp_path: Path) -> None:
    files = {"env/local.py": "", "Dockerfile": "FROM a\nWORKDIR /app\nCOPY . .\nRUN cp env/local.py shop/local.py\n"}
    assert "**/env" not in patterns(decide(tmp_path, files))


def test_a_folder_of_static_files_that_a_build_fills_is_let_in(tmp_path: Path) -> None:
    settings = {"shop/settings.py": "SECRET_KEY = 'x'\nMEDIA_ROOT = 'media/'\nSTATICFILES_DIRS = ['media']\n"}
    assert "media" not in patterns(decide(tmp_path / "a", settings))
    settings = {"shop/settings.py": "SECRET_KEY = 'x'\nMEDIA_ROOT = 'media/'\nSTATICFILES_DIRS = ['theme']\n"}
    assert "media" in patterns(decide(tmp_path / "b", settings))


@pytest.mark.parametrize("file", ["manual/.gitkeep", "elsewhere/env/list.html", "templates/env/list.html"])
def test_what_django_does_not_look_at_lets_nothing_in(tmp_path: Path, file: str) -> None:
    chosen = patterns(decide(tmp_path, {"shop/settings.py": SERVED, file: "x"}))
    assert {"**/.gitkeep", "**/env"} <= set(chosen)


def test_a_committed_secret_stays_out(tmp_path: Path) -> None:
    decision = decide(tmp_path, {".env": "SECRET_KEY=x\n", "server.key": "x"})
    assert {"**/.env", "**/*.key"} <= set(patterns(decision))
    assert decision.alternatives == ()


def test_what_the_installation_reads_is_let_in(tmp_path: Path) -> None:
    files = {"docker-compose.requirements.txt": "django\n"}
    assert "**/docker-compose*" in patterns(decide(tmp_path / "a", files))
    decision = decide(tmp_path / "b", files, "docker-compose.requirements.txt")
    assert "**/docker-compose*" not in patterns(decision)
    secret = decide(tmp_path / "c", {"build.key": "x"}, "build.key")
    assert patterns(secret)[-1] == "!build.key"


def test_paths_are_relative_to_the_context(tmp_path: Path) -> None:
    files = {"backend/env.txt": "", "env/__init__.py": ""}
    assert "**/env" in patterns(decide(tmp_path / "a", files, context="backend"))
    assert "**/env" not in patterns(decide(tmp_path / "b", files))


def test_the_configuration_comes_last(tmp_path: Path) -> None:
    decision = decide(tmp_path, {}, configured=("docs", "!docs/a.md"))
    assert patterns(decision)[-2:] == ["docs", "!docs/a.md"]
    assert decision.override == "image.ignore"


def test_a_committed_private_key_stays_out_and_a_certificate_does_not(tmp_path: Path) -> None:
    key, certificate = "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN CERTIFICATE-----\n"
    chosen = decide(tmp_path, {"certs/rds.pem": certificate, "certs/own.pem": key, "certs/id_rsa": key}).value
    assert [one.pattern for one in chosen if one.group == "private keys"] == ["certs/own.pem"]
    assert "**/*.pem" not in {one.pattern for one in chosen}


@pytest.mark.parametrize(
    ("path", "context", "noted"),
    [
        ("models/weights.bin", ".", True),
        ("dumps/shop.sql", ".", True),  # committed, so that somebody means it to be there
        (".tox/weights.bin", ".", False),
        ("models/weights.bin", "shop", False),
    ],
)
def test_large_files_that_builds_get_are_noted(tmp_path: Path, path: str, context: str, noted: bool) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    with (tmp_path / path).open("wb") as file:
        file.truncate(12_000_000)
    facts = facts_of(tmp_path, {})
    install = InstallPlan(manager="pip", tools=(), copies=(), environment={}, commands=())
    ignored = plan_ignored(facts, context, install, None, ()).value
    notes = large_file_notes(facts, context, ignored)
    assert [note.evidence[0].path for note in notes] == ([path] if noted else [])
    assert all("12 MB" in note.message for note in notes)
