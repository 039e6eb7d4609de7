"""What the URL configuration serves, and where it says whether the service is up."""

from collections.abc import Mapping

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.connections import UrlFacts
from analyzer.model.facts import ProjectFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"


def urls(
    repository: MakeRepository, text: str, files: Mapping[str, str] | None = None, middleware: str = ""
) -> UrlFacts:
    settings = f"ROOT_URLCONF = 'app.urls'\nMIDDLEWARE = [{middleware}]\n"
    base = {"manage.py": MANAGE, "app/__init__.py": "", "app/settings.py": settings, "app/urls.py": text}
    facts = collect_facts(repository({**base, **(files or {})}))
    assert isinstance(facts, ProjectFacts)
    return facts.urls


def test_prefixes_through_includes(repository: MakeRepository) -> None:
    text = (
        "urlpatterns = [\n    path('admin/', admin.site.urls),\n    path('api/', include('app.api')),\n"
        "    re_path(r'^old/(?P<pk>\\d+)/$', view),\n    path('', home),\n]\n"
        "urlpatterns += [path('about', about)]\n"
    )
    api = "urlpatterns = [path('parcels/<int:pk>/', view), path('healthz', up)]\n"
    found = urls(repository, text, {"app/api.py": api})
    assert {path: (e.path, e.line) for path, e in found.prefixes.items()} == {
        "/": ("app/urls.py", 5),
        "/about": ("app/urls.py", 7),
        "/admin": ("app/urls.py", 2),
        "/api": ("app/api.py", 1),
        "/old": ("app/urls.py", 4),
    }
    assert (found.open_ended, found.complete) == ((), True)
    assert [(h.path, h.middleware, h.evidence.path) for h in found.health] == [("/api/healthz", None, "app/api.py")]


def test_patterns_that_have_no_fixed_beginning(repository: MakeRepository) -> None:
    text = "urlpatterns = [path('<slug:page>/', view), re_path(r'^.*$', view), path('', include(router.urls))]\n"
    found = urls(repository, text)
    assert found.prefixes == {}
    assert [e.line for e in found.open_ended] == [1, 1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "urlpatterns = make()\n",
        "urlpatterns = [path(PREFIX + 'x', view)]\n",
        "urlpatterns = [path('', include('app.urls'))]\n",
        "def f(:\n",
        "",
    ],
)
def test_what_cannot_be_followed_is_said(repository: MakeRepository, text: str) -> None:
    assert not urls(repository, text).complete


def test_debug_patterns_hide_nothing(repository: MakeRepository) -> None:
    text = "urlpatterns = [path('a/', view)] + static('/media/', document_root='x')\n"
    assert urls(repository, text).complete


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("path('healthz/', view)", "/healthz/"),
        ("re_path(r'^healthz/?$', view)", "/healthz/"),
        ("url(r'^ping$', view)", "/ping"),
        ("path('ht/', include('health_check.urls'))", "/ht/"),
    ],
)
def test_health_checks(repository: MakeRepository, pattern: str, path: str) -> None:
    assert [h.path for h in urls(repository, f"urlpatterns = [{pattern}]\n").health] == [path]


@pytest.mark.parametrize("pattern", ["path('healthz/<int:n>/', view)", "path('health/records/', view)", "path('', v)"])
def test_other_paths_are_no_health_checks(repository: MakeRepository, pattern: str) -> None:
    assert urls(repository, f"urlpatterns = [{pattern}]\n").health == ()


def test_a_middleware_that_answers(repository: MakeRepository) -> None:
    middleware = (
        "class Health:\n    def __call__(self, request):\n        if request.path in ('/livez', '/x'):\n"
        "            return ok\n        return self.get_response(request)\n"
    )
    found = urls(repository, "urlpatterns = []\n", {"app/up.py": middleware}, "'app.up.Health'")
    assert [(h.path, h.middleware, h.evidence.line) for h in found.health] == [("/livez", "app.up.Health", 3)]


def test_a_middleware_of_the_same_file_that_is_not_used(repository: MakeRepository) -> None:
    middleware = "class Health:\n    def __call__(self, request):\n        return request.path == '/livez'\n"
    assert urls(repository, "urlpatterns = []\n", {"app/up.py": middleware}, "'app.up.Other'").health == ()
