"""What the name of a variable says."""

import pytest

from analyzer.facts.environment_names import is_secret, matches


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SECRET_KEY", True),
        ("API_KEY", True),
        ("DB_PASSWORD", True),
        ("database_url", True),
        ("SENTRY_DSN", True),
        ("FLOWER_BASIC_AUTH", True),
        ("BASIC_AUTH_ENABLED", False),
        ("STRIPE_PUBLIC_KEY", False),
        ("AWS_ACCESS_KEY_ID", False),
        ("PASSWORD_RESET_TIMEOUT", False),
        ("KEYBOARD", False),
        ("DEBUG", False),
    ],
)
def test_secrets(name: str, expected: bool) -> None:
    assert is_secret(name) is expected


@pytest.mark.parametrize(
    ("pattern", "name", "expected"),
    [
        ("service", "REDIS_URL", True),
        ("service", "CLOUDAMQP_URL", True),
        ("service", "REDISTRIBUTE", False),
        ("never", "CI", True),
        ("never", "CITY", False),
        ("url", "SITE_URL", True),
        ("url", "CURL", False),
        ("bool", "USE_TLS", True),
        ("bool", "USER", False),
        ("int", "HTTP_TIMEOUT", True),
        ("int", "TIMEOUT_HANDLER", False),
    ],
)
def test_patterns(pattern: str, name: str, expected: bool) -> None:
    assert matches(pattern, name) is expected
