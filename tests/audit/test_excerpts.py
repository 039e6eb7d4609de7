"""Lines of files: which are shown, what is hidden, where the meant one begins and ends."""

from pathlib import Path

from analyzer.audit.excerpts import LONGEST, Excerpts
from analyzer.facts.existing.source_redaction import redact_lines
from analyzer.snapshot.repository import RepositorySnapshot


def excerpts(folder: Path, text: str) -> Excerpts:
    (folder / "settings.py").write_text(text, encoding="utf-8")
    return Excerpts(RepositorySnapshot.open(folder), redact_lines)


def test_the_line_and_its_neighbours(tmp_path: Path) -> None:
    found = excerpts(tmp_path, "a = 1\nb = 2\nif b:\n    c = 3  \nd = 4\ne = 5\nf = 6\n").around("settings.py", 4)
    assert found is not None
    assert (found.first_line, found.lines) == (2, ("b = 2", "if b:", "    c = 3  ", "d = 4", "e = 5"))
    assert (found.column, found.end_column) == (5, 10)


def test_the_first_and_the_last_line(tmp_path: Path) -> None:
    text = excerpts(tmp_path, "a = 1\nb = 2")
    first, last = text.around("settings.py", 1), text.around("settings.py", 2)
    assert first is not None
    assert last is not None
    assert (first.first_line, first.lines) == (last.first_line, last.lines) == (1, ("a = 1", "b = 2"))
    assert (last.column, last.end_column) == (1, 6)


def test_no_line_and_no_file(tmp_path: Path) -> None:
    text = excerpts(tmp_path, "a = 1\n")
    assert text.around("settings.py", 9) is None
    assert text.around("settings.py", 0) is None
    assert text.around("absent.py", 1) is None
    assert text.line("absent.py", 1) == ""


def test_an_empty_line_has_one_column(tmp_path: Path) -> None:
    found = excerpts(tmp_path, "\n").around("settings.py", 1)
    assert found is not None
    assert (found.column, found.end_column) == (1, 2)


def test_secrets_are_hidden(tmp_path: Path) -> None:
    key = "sk_" + "live_" + "V9bN3mQ7wE1rT5yU8iO2pA6s"
    found = excerpts(tmp_path, f'PASSWORD="hunter2-hunter2"\nURL = "redis://me:hunter2@host/0"\nX = "{key}"\n').around(
        "settings.py", 2
    )
    assert found is not None
    assert "hunter2" not in "".join(found.lines)
    assert key not in "".join(found.lines)


def test_the_lines_of_a_private_key_are_hidden(tmp_path: Path) -> None:
    begin, end = "-----BEGIN " + "PRIVATE KEY-----", "-----END PRIVATE KEY-----"
    text = excerpts(tmp_path, f'KEY = """{begin}\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n{end}"""\nDEBUG = True\n')
    inside, behind = text.around("settings.py", 3), text.around("settings.py", 5)
    assert inside is not None
    assert behind is not None
    assert inside.lines == ("***", "***", "***", "***", "DEBUG = True")
    assert behind.lines[-2:] == ("DEBUG = True", "")


def test_a_long_line_is_cut(tmp_path: Path) -> None:
    found = excerpts(tmp_path, f"a = {'1' * 5_000_000}\n").around("settings.py", 1)
    assert found is None or len(found.lines[0]) == LONGEST + len(" ...")
