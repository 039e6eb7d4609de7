"""What is hidden of values and commands."""

import pytest

from analyzer.facts.existing.redaction import redact_text, redact_value


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("DEBUG", "0", "0"),
        ("SECRET_KEY", "abc123", "***"),
        ("SECRET_KEY", "", ""),
        ("SECRET_KEY", "${SECRET}", "${SECRET}"),
        ("DATABASE_URL", "postgres://app:hunter2@db:5432/app", "postgres://***@db:5432/app"),
        ("DATABASE_URL", "${db.DATABASE_URL}", "${db.DATABASE_URL}"),
        ("REDIS_URL", "redis://cache:6379/0", "redis://cache:6379/0"),
        ("CALLBACK", "https://user:pw@example.org", "https://***@example.org"),
        ("POSTGRES_PASSWORD", "postgres", "***"),
        ("API_TOKEN", "https://example.org/abc", "***"),
    ],
)
def test_values(name: str, value: str, shown: str) -> None:
    assert redact_value(name, value) == shown


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("SECRET_KEY=abc python manage.py collectstatic", "SECRET_KEY=*** python manage.py collectstatic"),
        ("SECRET_KEY='a b' serve", "SECRET_KEY=*** serve"),
        ("celery --broker amqp://guest:guest@mq:5672 flower", "celery --broker amqp://***@mq:5672 flower"),
        ("gunicorn --env DEBUG=1 app.wsgi", "gunicorn --env DEBUG=1 app.wsgi"),
        ("serve --password=$PASSWORD", "serve --password=$PASSWORD"),
    ],
)
def test_commands(command: str, shown: str) -> None:
    assert redact_text(command) == shown
