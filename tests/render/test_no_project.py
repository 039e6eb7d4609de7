"""The message for a folder without a Django project."""

from analyzer.model.evidence import Evidence
from analyzer.model.facts import NoDjangoProject, SkippedFile
from analyzer.render.no_project import render

LOOKED_FOR = ("a manage.py that names a settings module", "a wsgi.py beside a settings.py")


def test_it_says_what_was_looked_for_and_where() -> None:
    skipped = (SkippedFile(path="a.bin", reason="binary"),)
    text = render(NoDjangoProject(looked_for=LOOKED_FOR, files=1200, python_files=1, skipped=skipped), "notes")
    assert text.splitlines() == [
        "error: no Django project in notes (exit 3)",
        "  looked for: a manage.py that names a settings module",
        "  looked for: a wsgi.py beside a settings.py",
        "  in 1,200 files, 1 of them Python; 1 path not read",
    ]


def test_it_suggests_the_folders_with_a_manage_py() -> None:
    hints = (
        Evidence(path="manage.py", line=3, note="starts a Flask app"),
        Evidence(path="my api/manage.py", line=9, note="Django"),
        Evidence(path="requirements.txt", line=4, note="names Django"),
    )
    text = render(NoDjangoProject(looked_for=LOOKED_FOR, files=3, python_files=2, hints=hints), "../my shop")
    assert text.splitlines()[4:] == [
        "  came near: manage.py:3  starts a Flask app",
        "  came near: my api/manage.py:9  Django",
        "  came near: requirements.txt:4  names Django",
        "  try: doctor scan '../my shop' --root-dir .",
        "  try: doctor scan '../my shop' --root-dir 'my api'",
    ]


def test_many_hints_are_counted() -> None:
    hints = tuple(Evidence(path=f"a{n}.py", note="imports django") for n in range(12))
    text = render(NoDjangoProject(looked_for=LOOKED_FOR, files=12, python_files=12, hints=hints), "lib")
    assert text.count("came near") == 10
    assert text.endswith("  and 2 more")
