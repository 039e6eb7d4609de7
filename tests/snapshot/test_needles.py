"""Words in the bytes of many files."""

import pytest

from analyzer.snapshot import repository
from analyzer.snapshot.needles import needles, rare_bytes
from analyzer.snapshot.repository import RepositorySnapshot
from tests.snapshot.conftest import MakeFiles


def test_what_holds_a_word_holds_its_rare_bytes() -> None:
    content = b"def send(mail):\n    return EmailMessage(mail).send()\n"
    for word in (b"EmailMessage(", b"return", b"mail", b"send"):
        assert rare_bytes(word) in rare_bytes(content)
    assert len(rare_bytes(content)) < len(content) / 2


def test_a_word_that_holds_another_is_not_looked_for() -> None:
    found = needles(["ThumbnailerImageField", "ImageField", "FileField", "ImageField"])
    assert sorted(word for _, word in found.words) == [b"FileField", b"ImageField"]


def test_a_word_with_too_few_rare_bytes_is_looked_for_as_it_is() -> None:
    assert needles([".clear()"]).words == ((b"", b".clear()"),)


@pytest.mark.parametrize("kept", [1_000_000, 0])
def test_files_that_hold_one_of_the_words(files: MakeFiles, monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    monkeypatch.setattr(repository, "KEPT_RARE_BYTES", kept)
    repo = RepositorySnapshot.open(
        files(
            {
                "a.py": "import tempfile\ntempfile.mkdtemp()\n",
                "b.py": "mk = 1\ndtemp = 2\n",
                "c.py": "cache.clear()\nname = 'é_live_é'\n",
                "d.py": "",
            }
        )
    )
    paths = (*repo.files, "missing.py")
    for words, expected in (
        (["mkdtemp", "mkstemp"], ["a.py"]),
        ([".clear()"], ["c.py"]),
        (["é_live_"], ["c.py"]),
        (["mk", "NamedTemporaryFile"], ["a.py", "b.py"]),
        (["sk-"], []),
        ([], []),
    ):
        assert [path for path in paths if repo.holds(path, needles(words))] == expected
    assert [path for path in paths if repo.holds(path, needles(["mkdtemp"]))] == ["a.py"]


def test_a_link_holds_what_it_leads_to(files: MakeFiles) -> None:
    root = files({"a/b.py": "Celery()\n"})
    (root / "link.py").symlink_to("a/b.py")
    (root / "c").symlink_to("a")
    repo = RepositorySnapshot.open(root)
    assert repo.holds("link.py", needles(["Celery"]))
    assert repo.holds("c/b.py", needles(["Celery"]))
