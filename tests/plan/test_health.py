"""The readiness check, which Django must answer with 200."""

import pytest

from analyzer.model.plan import DeploymentPlan, HealthCheck
from tests.plan.conftest import MakePlan, codes

URLS = {"shop/urls.py": "urlpatterns = [path('healthz', up)]\n"}
OPEN = "ALLOWED_HOSTS = ['*']\n"
MIDDLEWARE = {
    "shop/up.py": "class Up:\n    def __call__(self, request):\n        return request.path == '/livez' and ok\n"
}
FIRST = "MIDDLEWARE = ['shop.up.Up', *MIDDLEWARE]\n"
LAST = "MIDDLEWARE = [*MIDDLEWARE, 'shop.up.Up']\n"


def check(plan: DeploymentPlan) -> HealthCheck:
    health = plan.components[0].health_check
    assert health is not None
    return health.value


def test_a_path_that_is_answered_whatever_the_host(plan: MakePlan) -> None:
    made = plan(URLS, settings=OPEN)
    assert check(made) == HealthCheck(
        path="/healthz", initial_delay=10, period=10, timeout=5, success_threshold=1, failure_threshold=9
    )
    assert "health-check-by-port" not in codes(made)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("", "400"),
        (OPEN + "SECURE_SSL_REDIRECT = True\n", "301"),
        (OPEN + "MIDDLEWARE += ['django.contrib.auth.middleware.LoginRequiredMiddleware']\n", "login"),
        (OPEN + "SECURE_SSL_REDIRECT = True\nSECURE_REDIRECT_EXEMPT = ['^other$']\n", "301"),
        (OPEN + "import elsewhere\nMIDDLEWARE = elsewhere.middleware()\n", "cannot be told"),
    ],
)
def test_a_path_that_django_would_refuse(plan: MakePlan, settings: str, reason: str) -> None:
    made = plan(URLS, settings=settings)
    assert check(made).path is None
    health = made.components[0].health_check
    assert health is not None
    assert reason in health.rule
    assert health.alternatives[0].value == "/healthz"
    assert health.evidence[0].path == "shop/urls.py"
    assert "health-check-by-port" in codes(made)


@pytest.mark.parametrize(
    "settings",
    [
        OPEN + "SECURE_SSL_REDIRECT = True\nSECURE_REDIRECT_EXEMPT = [r'^healthz$']\n",
        OPEN + "SECURE_SSL_REDIRECT = False\n",
        "MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']\n",
    ],
)
def test_exceptions(plan: MakePlan, settings: str) -> None:
    assert check(plan(URLS, settings=settings)).path == "/healthz"


def test_a_middleware_before_those_that_look(plan: MakePlan) -> None:
    redirect = "SECURE_SSL_REDIRECT = True\n"
    assert check(plan(MIDDLEWARE, settings=redirect + FIRST)).path == "/livez"
    assert check(plan(MIDDLEWARE, settings=redirect + LAST)).path is None


def test_without_any_path(plan: MakePlan) -> None:
    made = plan()
    assert check(made).path is None
    assert "health-check-by-port" not in codes(made)


def test_the_existing_spec(plan: MakePlan) -> None:
    spec = "services:\n- {name: api, health_check: {http_path: /up}}\n"
    assert check(plan({**URLS, ".do/app.yaml": spec}, settings=OPEN)).path == "/up"


def test_a_pattern_that_could_take_for_ever_is_not_tried(plan: MakePlan) -> None:
    settings = OPEN + "SECURE_SSL_REDIRECT = True\nSECURE_REDIRECT_EXEMPT = [r'^(h+)+$', '(']\n"
    assert check(plan(URLS, settings=settings)).path is None
