"""Secrets that stand in files of the repository."""

import pytest

from analyzer.facts.committed_secrets import committed_secrets
from analyzer.model.evidence import Evidence
from analyzer.model.facts import CommittedSecret, SecretKind
from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe

KEY = "text before\n-----BEGIN PRIVATE KEY-----\nMIIE\n"
TOKEN = "glpat-" + "x8Kq2mZp94TwRb7Yc3Lh"
PASSWORD = "kV7qhT2mZp94"


def test_a_private_key_at_its_line(repository: MakeRepository) -> None:
    repo = repository({"deploy/server.key": KEY, "tests/server.key": KEY})
    found = committed_secrets(repo, ".", ("deploy/server.key", "tests/server.key"))
    assert found == (
        CommittedSecret(kind=SecretKind.PRIVATE_KEY, name="", evidence=Evidence(path="deploy/server.key", line=2)),
    )


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        (".env", f"DEBUG=False\nDB_PASSWORD={PASSWORD}\n", ["DB_PASSWORD"]),
        ("config/.env", f"API_KEY={PASSWORD}{PASSWORD}\n", ["API_KEY"]),
        (".env", f"DATABASE_URL=postgres://shop:{PASSWORD}@db.example.org/shop\n", ["DATABASE_URL"]),
        (".env", "DATABASE_URL=postgres://db.internal/shop\n", []),
        (".env", "DB_PASSWORD=changeme-now\n", []),
        (".env", "DB_PASSWORD=\n", []),
        (".env.example", f"DB_PASSWORD={PASSWORD}\n", []),
        (".env.local", f"DB_PASSWORD={PASSWORD}\n", []),
        ("tests/.env", f"DB_PASSWORD={PASSWORD}\n", []),
        ("notes.txt", f"DB_PASSWORD={PASSWORD}\n", []),
    ],
)
def test_environment_files(repository: MakeRepository, path: str, text: str, names: list[str]) -> None:
    found = committed_secrets(repository({path: text}), ".", ())
    assert [one.name for one in found] == names
    assert {one.kind for one in found} <= {SecretKind.ENVIRONMENT_FILE}


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("shop/pay.py", f"\nKEY = '{TOKEN}'\n", [("GitLab", 2)]),
        ("deploy/app.yaml", f"token: {TOKEN}\n", [("GitLab", 1)]),
        ("tests/test_pay.py", f"KEY = '{TOKEN}'\n", []),
        ("README.md", f"KEY = '{TOKEN}'\n", []),
        ("shop/pay.py", "KEY = 'glpat-" + "x" * 20 + "'\n", []),
        ("shop/pay.py", "KEY = 'AKIAIOSFODNN7EXAMPLE'\n", []),
    ],
)
def test_tokens(repository: MakeRepository, path: str, text: str, found: list[tuple[str, int]]) -> None:
    secrets = committed_secrets(repository({path: text}), ".", ())
    assert [(one.name, one.evidence.line) for one in secrets] == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f'EMAIL_HOST_PASSWORD = "{PASSWORD}"', True),
        ('MAILCHIMP_API_KEY = "c2b6d9fd7d1c079cda81ec7e4c04d93c-us17"', True),
        ('EMAIL_HOST_PASSWORD = "changeme123"', False),
        ('TOKEN_GENERATOR_CLASS = "shop.tokens.Generator2"', False),
        ('SECRET_TEMPLATE = "templates/Secret_v4.xlsx"', False),
        ('GOOGLE_MAPS_API_KEY = "q8Kq2mZp94TwRb7Yc3Lh"', False),
        (f'EMAIL_HOST_PASSWORD = os.environ.get("MAIL_PASSWORD", "{PASSWORD}")', False),
        (f'SECRET_KEY = "{PASSWORD}"', False),
    ],
)
def test_settings(repository: MakeRepository, line: str, found: bool) -> None:
    facts = observe(repository, f"import os\nINSTALLED_APPS = []\n{line}\n")
    expected = [(SecretKind.SETTING, line.partition(" ")[0], 3)] if found else []
    assert [(one.kind, one.name, one.evidence.line) for one in facts.repository.secrets] == expected
