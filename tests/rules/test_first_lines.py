"""The first place of a finding is the line that proves it, or that has to be changed."""

from pathlib import Path

from tests.rules.examples import findings_of, report_of

LAST = (
    "from shop.defaults import *\n\n"
    "MIDDLEWARE = [\n"
    '    "shop.health.HealthMiddleware",\n'
    '    "django.middleware.security.SecurityMiddleware",\n'
    '    "django.contrib.sessions.middleware.SessionMiddleware",\n'
    '    "whitenoise.middleware.WhiteNoiseMiddleware",\n'
    "]\n"
    "del SESSION_COOKIE_SECURE\n"
)


def test_the_middleware_that_sets_the_cookie(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": LAST}), "cookies-without-secure")
    assert (found.evidence[0].path, found.evidence[0].line) == ("shop/settings.py", 6)


def test_the_line_of_whitenoise(tmp_path: Path) -> None:
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": LAST}), "whitenoise-behind-others")
    assert (found.evidence[0].path, found.evidence[0].line) == ("shop/settings.py", 7)


def test_a_view_that_serves_uploads_opens_none_itself(tmp_path: Path) -> None:
    view = (
        "from django.conf import settings\nfrom django.views.static import serve\n\n\n"
        "def show(request, path):\n    return serve(request, path, document_root=settings.MEDIA_ROOT)\n"
    )
    opens = "import os\n\nfrom django.conf import settings\n\nfolder = os.path.join(settings.MEDIA_ROOT, 'reports')\n"
    report = report_of(tmp_path, {"shop/views.py": view, "shop/reports.py": opens})
    (found,) = findings_of(report, "code-opens-media-root")
    assert [(place.path, place.line) for place in found.evidence] == [("shop/reports.py", 5)]
