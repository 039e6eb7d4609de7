"""What is hidden of values and commands."""

import pytest

from analyzer.facts.existing.redaction import holds_secret, redact_text, redact_value


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
        ("REDIS_URL", "redis://:hunter2@cache:6379/0", "redis://***@cache:6379/0"),
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
        ("celery flower --basic_auth=ann:$PASSWORD", "celery flower --basic_auth=ann:$PASSWORD"),
        ("celery flower --basic_auth=ann:hunter2", "celery flower --basic_auth=***"),
        ("serve --password=ann:${PASSWORD}x", "serve --password=***"),
        ("manage.py fetch --password hunter2 --all", "manage.py fetch --password *** --all"),
        ("manage.py fetch --api-token 'a b'", "manage.py fetch --api-token ***"),
        ("manage.py fetch --api-key $KEY --token --all", "manage.py fetch --api-key $KEY --token --all"),
        ("serve --private-key /etc/key.pem --ssl-key key.pem", "serve --private-key /etc/key.pem --ssl-key key.pem"),
        ("manage.py fetch --dsn postgres://db/app", "manage.py fetch --dsn postgres://db/app"),
        ("curl -H 'X: xoxb-1234567890-abcdef' x", "curl -H 'X: ***' x"),
        ("monkey-0123456789abcdef0123456789abcdef", "monkey-0123456789abcdef0123456789abcdef"),
    ],
)
def test_commands(command: str, shown: str) -> None:
    assert redact_text(command) == shown


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgres://app:hunter2@db/app", True),
        ("postgres://app@db/app", False),
        ("https://5f2b8c1d9e3a@o1.example/42", True),
        ("https://example.org/?token=abc", True),
        ("AK" + "IAIOSFODNN7EXAMPLE", True),
        ("AKIA", False),
        ("eu-west-1", False),
        ("django-insecure-abcdefghijklmnopqrstuvwxyz", True),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", True),
        ("-----BEGIN CERTIFICATE-----\nMIIE", False),
    ],
)
def test_defaults_that_are_secrets(text: str, secret: bool) -> None:
    assert holds_secret(text) is secret
