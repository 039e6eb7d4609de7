"""What the project's code does that is told by a name in it."""

import pytest

from analyzer.facts.code_traces import MAX_TRACES, code_traces
from tests.facts.conftest import MakeRepository

SERVE = "from django.conf import settings\nfrom django.views.static import serve\n"
CHOSEN = "if request.META['SERVER_SOFTWARE'].startswith('nginx/'):\n"
HELPER = "from django.conf.urls.static import static\n"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("shop/apps.py", "def ready():\n    scheduler = background.BackgroundScheduler()\n", [("scheduler", 2)]),
        ("shop/views.py", "r = {}\nr['X-Accel-Redirect'] = '/x'\n", [("hand-over", 2)]),
        ("shop/views.py", f"{CHOSEN}    r['X-Accel-Redirect'] = '/x'\nelse:\n    r.content = x\n", []),
        ("shop/views.py", f"{CHOSEN}    r['X-Accel-Redirect'] = '/x'\n", [("hand-over", 2)]),
        ("shop/views.py", "path = join(settings.MEDIA_ROOT, 'x')\n", [("media-root", 1)]),
        ("shop/urls.py", f"{SERVE}p = [re_path('^media/', serve)]\n", [("serve", 3)]),
        ("shop/urls.py", f"{SERVE}if settings.DEBUG:\n    p = [re_path('^media/', serve)]\n", []),
        ("shop/urls.py", f"{SERVE}if not settings.DEBUG:\n    p = [re_path('^media/', serve)]\n", [("serve", 4)]),
        ("shop/urls.py", f"{HELPER}p = [] + static('/media/', document_root='x')\n", [("static-helper", 2)]),
        ("shop/urls.py", "from x import serve\np = [re_path('^media/', serve)]\n", []),
        ("shop/models.py", "class A(M):\n    file = models.FileField()\n", [("file-field", 2)]),
        ("shop/forms.py", "class A(F):\n    file = forms.FileField()\n", []),
        ("shop/tests/test_views.py", "r['X-Accel-Redirect'] = '/x'\n", []),
        ("shop/settings.py", "X = settings.MEDIA_ROOT\n", []),
        ("shop/management/commands/load.py", "path = settings.MEDIA_ROOT\n", []),
        ("shop/views.py", "r['X-Accel-Redirect'] = (\n", []),
    ],
)
def test_traces(repository: MakeRepository, path: str, text: str, found: list[tuple[str, int]]) -> None:
    traces = code_traces(repository({path: text}), ".")
    assert [(one.kind, one.evidence.line) for one in traces] == found
    assert all(one.evidence.path == path for one in traces)


def test_their_number_is_bounded(repository: MakeRepository) -> None:
    traces = code_traces(repository({"shop/views.py": "x = settings.MEDIA_ROOT\n" * (MAX_TRACES + 5)}), ".")
    assert len(traces) == MAX_TRACES


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("p = [re_path('^media/', serve, {'document_root': settings.MEDIA_ROOT})]", "settings.MEDIA_ROOT"),
        ("def docs(r, path): return serve(r, path, document_root=DOCS)", "document_root=DOCS"),
    ],
)
def test_what_is_served_is_in_the_note(repository: MakeRepository, line: str, note: str) -> None:
    (trace,) = code_traces(repository({"shop/urls.py": f"{SERVE}{line}\n"}), ".")
    assert trace.evidence.line == 3
    assert note in trace.evidence.note


FILES = [
    ("path = tempfile.mkdtemp() + '/a'\n    work.delay(path)", [5]),
    ("path = tempfile.mkdtemp() + '/a'\n    order = Order(path)\n    work.apply_async(kwargs={'order': order})", [6]),
    ("work.delay(upload.temporary_file_path())", [4]),
    ("path = tempfile.mkdtemp()\n    work.delay(upload.pk)", []),
    ("work.delay(path)\n    path = tempfile.mkdtemp()", []),
]


@pytest.mark.parametrize(("body", "lines"), FILES)
def test_tasks_that_are_given_a_file(body: str, lines: list[int], repository: MakeRepository) -> None:
    text = f"import tempfile\n\ndef send(upload, path):\n    {body}\n"
    found = code_traces(repository({"shop/views.py": text}), ".")
    assert [(one.kind, one.evidence.line) for one in found] == [("file-sent", line) for line in lines]
