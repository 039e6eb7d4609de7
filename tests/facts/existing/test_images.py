"""What a container runs."""

import pytest

from analyzer.facts.existing.declaration import Words
from analyzer.facts.existing.images import Image, find_image
from analyzer.model.evidence import Evidence
from tests.facts.conftest import MakeRepository

OWN = Evidence(path="compose.yml", line=7)


def image(repository: MakeRepository, text: str, target: str | None = None) -> Image:
    found = find_image(repository({"Dockerfile": text}), "Dockerfile", (".",), target)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "started", "line"),
    [
        ('CMD ["serve", "-x y"]', "serve '-x y'", 2),
        ("CMD serve -x", "serve -x", 2),
        ('CMD ["sh", "-c", "a && b"]', "a && b", 2),
        ('ENTRYPOINT ["/entry.sh"]\nCMD ["serve"]', "/entry.sh serve", 3),
        ('ENTRYPOINT ["/entry.sh"]\nCMD serve && x', "/entry.sh sh -c 'serve && x'", 3),
        ('ENTRYPOINT serve\nCMD ["ignored"]', "serve", 2),
        ('ENTRYPOINT ["serve"]', "serve", 2),
        ('ENTRYPOINT []\nCMD ["serve"]', "serve", 3),
    ],
)
def test_of_the_image(repository: MakeRepository, text: str, started: str, line: int) -> None:
    found = image(repository, f"FROM a\n{text}\n").starts()
    assert found is not None
    assert (found.text, found.evidence.line) == (started, line)


def test_what_the_container_says_replaces_it(repository: MakeRepository) -> None:
    found = image(repository, 'FROM a\nENTRYPOINT ["/entry.sh"]\nCMD ["serve"]\n')
    work = Words(text="work", evidence=OWN)
    assert found.starts(command=work) == Words(text="/entry.sh work", evidence=OWN)
    assert found.starts(entrypoint=work) == work
    assert found.starts(entrypoint=Words(text="", evidence=OWN), command=work) == work


def test_an_entry_point_drops_the_command_of_the_stage_before(repository: MakeRepository) -> None:
    found = image(repository, 'FROM a AS base\nCMD ["shell"]\nFROM base\nENTRYPOINT ["serve"]\n').starts()
    assert found is not None
    assert found.text == "serve"


def test_nothing_is_said(repository: MakeRepository) -> None:
    assert image(repository, "FROM a\n").starts() is None


@pytest.mark.parametrize(("target", "started"), [(None, "prod"), ("dev", "dev"), ("0", "base"), ("missing", "prod")])
def test_the_stage(repository: MakeRepository, target: str | None, started: str) -> None:
    text = "FROM a AS base\nCMD base\nFROM base AS production\nCMD prod\nFROM base AS dev\nCMD dev\n"
    found = image(repository, text, target).starts()
    assert found is not None
    assert found.text == started


def test_environment(repository: MakeRepository) -> None:
    found = image(repository, "FROM a\nARG V=1\nENV A=$V B=2\n").environment
    assert [(a.name, a.value, a.evidence.line) for a in found] == [("A", "1", 3), ("B", "2", 3)]


def test_a_file_without_a_stage_is_no_image(repository: MakeRepository) -> None:
    assert find_image(repository({"Dockerfile": "# nothing\n"}), "Dockerfile", (".",)) is None
    assert find_image(repository({"x": ""}), "Dockerfile", (".",)) is None
