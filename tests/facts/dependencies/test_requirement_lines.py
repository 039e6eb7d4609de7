"""One line of a requirements file, with packaging and pip-requirements-parser as judges."""

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pip_requirements_parser import RequirementsFile  # type: ignore[import-untyped]

from analyzer.facts.dependencies.requirement_lines import (
    MAX_LENGTH,
    Include,
    Index,
    Invalid,
    Wanted,
    logical_lines,
    parse_line,
    parse_requirement,
)

NAMES = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,8}[A-Za-z0-9])?", fullmatch=True)
VERSIONS = st.lists(st.integers(0, 30), min_size=1, max_size=3).map(lambda numbers: ".".join(map(str, numbers)))
SPECIFIERS = st.lists(st.tuples(st.sampled_from(["==", ">=", "<=", "!=", "<", ">"]), VERSIONS), max_size=3).map(
    lambda parts: ",".join(operator + version for operator, version in parts)
)
EXTRAS = st.lists(NAMES, max_size=2).map(lambda extras: f"[{','.join(extras)}]" if extras else "")
MARKERS = st.sampled_from(
    ["", '; python_version < "3.9"', " ; sys_platform == 'win32'", ';python_full_version>="3.8" and extra == "x"']
)
COMMENTS = st.sampled_from(["", "  # why", "\t#x"])


@given(NAMES, EXTRAS, SPECIFIERS, MARKERS, COMMENTS)
def test_a_requirement_says_what_packaging_says(
    name: str, extras: str, specifier: str, marker: str, comment: str
) -> None:
    text = f"{name}{extras}{specifier}{marker}"
    expected = Requirement(text)
    [(_, line)] = logical_lines(text + comment)
    [found] = parse_line(line)
    assert isinstance(found, Wanted)
    assert found.name == canonicalize_name(expected.name)
    assert found.specifier == str(expected.specifier)
    assert set(found.extras) == {canonicalize_name(extra) for extra in expected.extras}
    assert (None if found.marker is None else Marker(found.marker)) == expected.marker


def _by_the_oracle(path: Path) -> Iterator[tuple[int, str | None, str, bool]]:
    """-> (line, name, specifier, editable) of the requirements that pip-requirements-parser reads."""
    for requirement in RequirementsFile.from_file(str(path)).requirements:
        name = canonicalize_name(requirement.name) if requirement.name else None
        yield requirement.line_number, name, str(requirement.specifier or ""), requirement.is_editable


PIECES = st.sampled_from(
    [
        "django==4.2.7",
        "Django >= 4.2, < 5.0  # a comment",
        "celery[redis]==5.3.4 ; python_version >= '3.8'",
        "gunicorn==21.2.0 \\\n    --hash=sha256:88ec8bff1d634f98 \\\n    --hash=sha256:ab",
        "requests \\\n  >=2.0",
        "",
        "   ",
        "# only a comment",
        "    # an indented comment",
        "uwsgi --global-option=x",
        "git+https://example.org/shop/auth.git@v1#egg=shop-auth",
        "-e git+https://example.org/shop/lib.git#egg=shop-lib",
        "https://example.org/files/wheel_thing-1.2.3-py3-none-any.whl",
        "pillow @ https://example.org/Pillow-10.0.0.tar.gz",
        "--index-url https://example.org/simple",
        "--pre",
        "-f https://example.org/links",
    ]
)


@given(st.lists(PIECES, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_a_file_says_what_the_requirements_parser_says(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], newline: str
) -> None:
    path = tmp_path_factory.mktemp("oracle") / "requirements.txt"
    text = "\n".join(pieces)
    path.write_bytes(text.replace("\n", newline).encode())
    found = [
        (number, item) for number, line in logical_lines(text) for item in parse_line(line) if isinstance(item, Wanted)
    ]
    expected = list(_by_the_oracle(path))
    assert [number for number, _ in found] == [number for number, *_ in expected]
    for (_, ours), (_, name, specifier, editable) in zip(found, expected, strict=True):
        assert ours.name == name
        assert ours.editable == editable
        # The oracle has the version in the file name of a wheel as a specifier, that of an archive not at all.
        assert specifier in (ours.specifier, f"=={ours.version}")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", [(1, "a"), (2, "b")]),
        ("\n\n  a  \n", [(3, "a")]),
        ("a \\\n  ==1 \\\n  --hash=x\nb", [(1, "a   ==1   --hash=x"), (4, "b")]),
        ("a \\\n# gone\nb", [(1, "a"), (3, "b")]),
        ("a==1 # why \\\nb", [(1, "a==1")]),
        ("a#egg", [(1, "a#egg")]),
        ("a \\", [(1, "a")]),
        ("# nothing", []),
        ("a\x0cb\nc", [(1, "a"), (1, "b"), (2, "c")]),
    ],
)
def test_logical_lines_keep_the_number_of_their_first_line(text: str, lines: list[tuple[int, str]]) -> None:
    assert list(logical_lines(text)) == lines


def test_a_commented_continuation_swallows_the_next_line_as_in_pip() -> None:
    assert list(logical_lines("a==1 # why \\\nb\nc")) == [(1, "a==1"), (3, "c")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-r base.txt", (Include(path="base.txt", constraint=False),)),
        ("-rbase.txt", (Include(path="base.txt", constraint=False),)),
        ("-r a=b.txt", (Include(path="a=b.txt", constraint=False),)),
        ("-ra=b.txt", (Include(path="a=b.txt", constraint=False),)),
        ("--requirement=base.txt", (Include(path="base.txt", constraint=False),)),
        ('-r "with space.txt"', (Include(path="with space.txt", constraint=False),)),
        ("-c pins.txt", (Include(path="pins.txt", constraint=True),)),
        ("--constraint pins.txt", (Include(path="pins.txt", constraint=True),)),
        ("-i https://u:p@example.org/simple", (Index(url="https://example.org/simple", extra=False, login=True),)),
        ("--extra-index-url=https://t@example.org/x", (Index(url="https://example.org/x", extra=True, login=True),)),
        ("uwsgi --no-binary uwsgi", (Wanted(name="uwsgi"),)),
        ("--pre", ()),
        ("--no-binary :all:", ()),
        ("--trusted-host example.org", ()),
        ("-r", (Invalid(reason="-r has no value"),)),
        (
            "-r base.txt more.txt",
            (Include(path="base.txt", constraint=False), Invalid(reason="pip ignores `more.txt` after an option")),
        ),
        (
            "-i https://example.org/a --extra-index-url https://example.org/b",
            (Index(url="https://example.org/a", extra=False), Index(url="https://example.org/b", extra=True)),
        ),
    ],
)
def test_options(text: str, expected: tuple[object, ...]) -> None:
    assert parse_line(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "url", "version"),
    [
        ("git+https://example.org/shop/auth.git", "auth", "git+https://example.org/shop/auth.git", None),
        (
            "git+https://me:secret@example.org/a/b.git@v1#egg=Shop_Auth",
            "shop-auth",
            "git+https://example.org/a/b.git@v1#egg=Shop_Auth",
            None,
        ),
        ("git+ssh://git@example.org/a/b.git", "b", "git+ssh://git@example.org/a/b.git", None),
        ("git+https://${TOKEN}@example.org/a/b.git", "b", "git+https://example.org/a/b.git", None),
        ("shop @ git+https://t0ken@example.org/a/b", "shop", "git+https://example.org/a/b", None),
        (
            "https://example.org/w/Pillow-10.1.0-cp312-cp312-linux.whl",
            "pillow",
            "https://example.org/w/Pillow-10.1.0-cp312-cp312-linux.whl",
            "10.1.0",
        ),
        (
            "https://example.org/w/shop-tools-1.2.tar.gz?token=x",
            "shop-tools",
            "https://example.org/w/shop-tools-1.2.tar.gz",
            "1.2",
        ),
        (
            "pillow @ https://example.org/Pillow-10.0.0.tar.gz",
            "pillow",
            "https://example.org/Pillow-10.0.0.tar.gz",
            "10.0.0",
        ),
        ("./wheels/shop-1.0-py3-none-any.whl", "shop", "./wheels/shop-1.0-py3-none-any.whl", "1.0"),
        ("shop-1.0-py3-none-any.whl", "shop", "shop-1.0-py3-none-any.whl", "1.0"),
        ("libs/shop", None, "libs/shop", None),
        ("thing @ file:///C:/ci/thing_1", "thing", "file:///C:/ci/thing_1", None),
    ],
)
def test_addresses_and_paths(text: str, name: str | None, url: str, version: str | None) -> None:
    found = parse_requirement(text)
    assert isinstance(found, Wanted)
    assert (found.name, found.url, found.version) == (name, url, version)
    assert found.specifier == ""


@pytest.mark.parametrize(
    ("text", "extras", "path"),
    [
        ("-e .", (), "."),
        ("-e .[dev,S3]", ("dev", "s3"), "."),
        ("-e ./lib[x]", ("x",), "./lib"),
        ("--editable=lib", (), "lib"),
    ],
)
def test_editable_paths(text: str, extras: tuple[str, ...], path: str) -> None:
    [found] = parse_line(text)
    assert isinstance(found, Wanted)
    assert (found.editable, found.extras, found.local_path, found.name) == (True, extras, path, None)


def test_an_editable_address_keeps_its_extras_and_name() -> None:
    [found] = parse_line("-e git+https://example.org/a/b.git#egg=shop[pay]")
    assert isinstance(found, Wanted)
    assert (found.name, found.extras, found.editable, found.local_path) == ("shop", ("pay",), True, None)


def test_a_marker_after_an_address() -> None:
    found = parse_requirement("./lib ; python_version < '3'")
    assert isinstance(found, Wanted)
    assert (found.url, found.marker) == ("./lib", "python_version < '3'")


def test_a_variable_in_the_place_of_a_version_is_no_doubt() -> None:
    found = parse_requirement("Django[argon2]==${DJANGO_VERSION}")
    assert found == Wanted(name="django", extras=("argon2",))
    assert isinstance(parse_requirement("${PACKAGE}"), Invalid)


@pytest.mark.parametrize(
    "text", ["django=4.2", "pytz>dev", "kombu>=4.*", "wagtail[x]>=2.a.b", "django; python_version >"]
)
def test_a_version_that_no_installer_reads_leaves_the_name_and_a_doubt(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Requirement(text)
    found = parse_requirement(text)
    assert isinstance(found, Wanted)
    assert found.name == text[: len(found.name or "")]
    assert found.doubt
    assert found.specifier == ""


@pytest.mark.parametrize(
    "text",
    [
        "{% if cookiecutter.use_celery == 'y' %}",
        "{{ name }}==1",
        "two words",
        "!",
        "<<<<<<< HEAD",
        "a" * (MAX_LENGTH + 1),
    ],
)
def test_what_is_no_requirement_says_why(text: str) -> None:
    found = parse_requirement(text)
    assert isinstance(found, Invalid)
    assert found.reason


@pytest.mark.parametrize(
    ("specifier", "pinned"),
    [("==4.2", "4.2"), ("===4.2", "4.2"), ("==4.2.*", None), (">=4.2", None), ("==4.2,!=4.2.1", None), ("", None)],
)
def test_pinned(specifier: str, pinned: str | None) -> None:
    assert Wanted(name="django", specifier=specifier).pinned == pinned


@given(st.text(max_size=60) | st.text(string.printable, max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for number, line in logical_lines(text):
        assert 1 <= number <= len(text.split("\n"))
        for item in parse_line(line):
            assert isinstance(item, (Wanted, Include, Index, Invalid))


@pytest.mark.parametrize(
    "text", [" " * 300_000 + "x", "#" * 300_000, "a " * 100_000, "[" * 200_000, "://" * 100_000, "-" * 300_000]
)
def test_long_lines_are_read_at_once(text: str) -> None:
    lines = list(logical_lines(text))
    assert len(lines) <= 1
    for _, line in lines:
        assert parse_line(line)
