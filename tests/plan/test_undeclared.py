"""What a library needs without asking for it."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.plan.undeclared import undeclared_packages

Facts = Callable[..., ProjectFacts]
REDIS = "CELERY_BROKER_URL = 'redis://localhost:6379/0'\n"
AMQP = "CELERY_BROKER_URL = 'amqp://localhost//'\n"
APP = {
    "shop/celery.py": "from celery import Celery\napp = Celery('shop')\n"
    "app.config_from_object('django.conf:settings', namespace='CELERY')\n"
}


@pytest.mark.parametrize(
    ("requirements", "settings", "expected"),
    [
        ("celery>=5.3\nredis>=5\n", REDIS, ["packaging"]),
        ("celery==5.7.0\nredis>=5\n", REDIS, ["packaging"]),
        ("celery==5.3.4\nredis==5.0.1\n", REDIS, ["kombu<5.7"]),
        ("celery>=5.3,<6.0\nredis>=5.0,<6.0\n", REDIS, ["packaging", "celery<5.7", "kombu<5.7"]),
        ("celery[redis]==5.6.0\nredis==5.0.1\n", REDIS, []),
        ("celery==5.5.3\nkombu==5.5.4\nredis==5.2.1\n", REDIS, []),
        ("celery>=5.3\nkombu==5.6.1\nredis\n", REDIS, []),
        ("celery==5.5.3\nredis==7.1.0\n", REDIS, []),
        ("celery[redis]>=5.3\n", REDIS, []),
        ("celery>=5.3\nredis>=5\npackaging\n", REDIS, []),
        ("celery>=5.3\n", AMQP, []),
        ("redis>=5\n", REDIS, []),
    ],
)
def test_the_transport_for_redis(facts: Facts, requirements: str, settings: str, expected: list[str]) -> None:
    found = facts({"requirements.txt": f"Django==5.2.19\n{requirements}", **APP}, settings)
    assert [package.requirement for package in undeclared_packages(found)] == expected


@pytest.mark.parametrize(
    ("requirements", "expected"),
    [
        ("django-allauth[mfa]==65.0.2\n", ["fido2<2"]),
        ("django-allauth[mfa,socialaccount]>=65,<65.5\n", ["fido2<2"]),
        ("django-allauth[mfa]==65.0.2\nfido2>=1.1\n", ["fido2<2"]),
        ("django-allauth[mfa]==65.0.2\nfido2==1.2.0\n", []),
        ("django-allauth[mfa]==65.8.1\n", []),
        ("django-allauth[mfa]>=65\n", []),
        ("django-allauth==65.0.2\n", []),
    ],
)
def test_what_an_extra_brings_and_the_library_does_not_know(
    facts: Facts, requirements: str, expected: list[str]
) -> None:
    found = facts({"requirements.txt": f"Django==5.2.19\n{requirements}"})
    assert [package.requirement for package in undeclared_packages(found)] == expected
