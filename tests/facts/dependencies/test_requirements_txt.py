"""Requirements files with what they include."""

import pytest

from analyzer.facts.dependencies.declared import LocalProject
from analyzer.facts.dependencies.requirements_txt import MAX_FILES, MAX_NOTE
from analyzer.model.evidence import Evidence
from analyzer.model.facts import PackageIndex
from tests.facts.dependencies.conftest import MakeReader


def test_includes_are_relative_to_the_file_that_names_them_and_come_first(reader: MakeReader) -> None:
    files = {
        "requirements.txt": "-r requirements/production.txt\n",
        "requirements/production.txt": "# web\n-r base.txt\ngunicorn==21.2.0\n",
        "requirements/base.txt": "\nDjango>=4.2,<5.0\n",
    }
    found = reader(files).read("requirements.txt", None)
    assert found.files == ("requirements/base.txt", "requirements/production.txt", "requirements.txt")
    assert [(d.name, d.specifier, d.evidence.path, d.evidence.line) for d in found.dependencies] == [
        ("django", "<5.0,>=4.2", "requirements/base.txt", 2),
        ("gunicorn", "==21.2.0", "requirements/production.txt", 3),
    ]
    assert found.problems == ()


def test_constraints_fix_versions_and_ask_for_nothing(reader: MakeReader) -> None:
    files = {
        "requirements.txt": "-c pins.txt\ndjango\n",
        "pins.txt": "-r more.txt\ndjango==4.2.7\nredis>=4\n",
        "more.txt": "celery==5.3",
    }
    found = reader(files).read("requirements.txt", None)
    assert found.names == {"django"}
    assert found.pins == (("celery", "5.3"), ("django", "4.2.7"))
    assert found.files == ("more.txt", "pins.txt", "requirements.txt")


def test_a_file_can_be_constraints_and_requirements(reader: MakeReader) -> None:
    files = {"dev.txt": "-c base.txt\n-r base.txt\npytest", "base.txt": "django==4.2.7"}
    found = reader(files).read("dev.txt", None)
    assert found.names == {"django", "pytest"}
    assert found.pins == (("django", "4.2.7"),)


def test_a_file_is_read_once_by_one_reader(reader: MakeReader) -> None:
    read = reader({"a.txt": "-r b.txt\ndjango", "b.txt": "-r a.txt\ncelery"})
    assert read.read("a.txt", None).names == {"django", "celery"}
    assert read.read("b.txt", "dev").dependencies == ()


def test_hashes_continuations_markers_and_comments(reader: MakeReader) -> None:
    text = (
        "#\n# compiled\n#\n"
        "asgiref==3.7.2 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n    # via django\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:22\n"
    )
    found = reader({"requirements.txt": text}).read("requirements.txt", "test")
    rows = [(d.name, d.specifier, d.marker, d.group, d.evidence.line) for d in found.dependencies]
    assert rows == [
        ("asgiref", "==3.7.2", None, "test", 4),
        ("colorama", "==0.4.6", 'sys_platform == "win32"', "test", 8),
    ]
    assert found.problems == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_encodings(reader: MakeReader, encoding: str) -> None:
    content = "asgiref==3.7\r\nDjango==4.2.7\r\n".encode(encoding)
    found = reader({"requirements.txt": content}).read("requirements.txt", None)
    assert [(d.name, d.specifier, d.evidence.line) for d in found.dependencies] == [
        ("asgiref", "==3.7", 1),
        ("django", "==4.2.7", 2),
    ]


def test_indexes_and_addresses_come_without_credentials(reader: MakeReader) -> None:
    secret = "t0k3n"
    text = (
        f"--index-url https://u:{secret}@example.org/simple\n"
        f"--extra-index-url=https://{secret}@example.org/more\n"
        f"-f https://example.org/links?key={secret}\n"
        f"git+https://{secret}@example.org/shop/auth.git#egg=auth\n"
        f"nonsense =: https://u:{secret}@example.org\n"
    )
    found = reader({"requirements.txt": text}).read("requirements.txt", None)
    assert [(i.url, i.extra, i.evidence.line) for i in found.indexes] == [
        ("https://example.org/simple", False, 1),
        ("https://example.org/more", True, 2),
        ("https://example.org/links", True, 3),
    ]
    assert [d.vcs for d in found.dependencies] == ["git+https://example.org/shop/auth.git#egg=auth"]
    assert len(found.problems) == 1
    assert secret not in repr(found)


def test_notes_are_short(reader: MakeReader) -> None:
    hashes = " ".join(f"--hash=sha256:{n:064x}" for n in range(100))
    [found] = reader({"requirements.txt": f"django==4.2 {hashes}"}).read("requirements.txt", None).dependencies
    assert found.evidence.note.startswith("django==4.2 --hash")
    assert len(found.evidence.note) == MAX_NOTE


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("-r gone.txt", "includes gone.txt, which does not exist"),
        ("-r ../../etc/passwd", "outside the repository"),
        ("-r /etc/passwd", "outside the repository"),
        ("-r https://example.org/requirements.txt", "an address, which is not read"),
        ("https://example.org/main.zip", "names no package"),
        ("django=4.2", "xpected"),
        ("{% if x %}", "template"),
        ("-e 'unclosed", "cannot be split"),
    ],
)
def test_lines_that_cannot_be_followed_are_problems_with_their_line(reader: MakeReader, line: str, reason: str) -> None:
    found = reader({"requirements.txt": f"celery\n{line}\n"}).read("requirements.txt", None)
    [problem] = found.problems
    assert (problem.path, problem.line) == ("requirements.txt", 2)
    assert reason in problem.note
    assert "celery" in found.names


def test_a_missing_file_is_a_problem(reader: MakeReader) -> None:
    found = reader({"x": ""}).read("requirements.txt", None)
    assert found.problems == (Evidence(path="requirements.txt", line=1, note="cannot be read"),)
    assert found.files == ()


def test_endless_includes_end(reader: MakeReader) -> None:
    files = {f"r{n}.txt": f"-r r{n + 1}.txt" for n in range(MAX_FILES + 5)}
    found = reader(files).read("r0.txt", None)
    assert len(found.files) == MAX_FILES
    assert f"more than {MAX_FILES} files" in found.problems[0].note


def test_local_projects_are_found_and_named(reader: MakeReader) -> None:
    files = {
        "named-lib/setup.py": "",
        "plain/x.py": "",
        "requirements.txt": "-e ./named-lib[s3]\n./plain\n-e .\n-e ./gone\n",
    }
    found = reader(files).read("requirements.txt", None)
    assert [(d.name, d.editable, d.vcs) for d in found.dependencies] == [
        ("named-lib", True, "./named-lib"),
        ("plain", False, "./plain"),
        ("gone", True, "./gone"),
    ]
    at = [
        Evidence(path="requirements.txt", line=n, note=t)
        for n, t in ((1, "-e ./named-lib[s3]"), (2, "./plain"), (3, "-e ."))
    ]
    assert found.projects == (
        LocalProject(directory="named-lib", extras=("s3",), group=None, evidence=at[0]),
        LocalProject(directory="plain", extras=(), group=None, evidence=at[1]),
        LocalProject(directory=".", extras=(), group=None, evidence=at[2]),
    )


def test_one_line_of_another_file(reader: MakeReader) -> None:
    found = reader({"env/base.txt": "django"}).line("env/environment.yml", 7, "-r base.txt", "dev")
    assert [(d.name, d.group, d.evidence.path) for d in found.dependencies] == [("django", "dev", "env/base.txt")]
    index = reader({}).line("environment.yml", 3, "-i https://example.org/simple", None).indexes
    evidence = Evidence(path="environment.yml", line=3, note="-i https://example.org/simple")
    assert index == (PackageIndex(url="https://example.org/simple", extra=False, evidence=evidence),)


def test_constraints_alone(reader: MakeReader) -> None:
    found = reader({"pins.txt": "django==4.2\ncelery[redis]==5.3; python_version > '3'\n"}).read_constraints("pins.txt")
    assert found.pins == (("django", "4.2"), ("celery", "5.3"))
    assert found.dependencies == ()
