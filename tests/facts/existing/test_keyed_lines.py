"""INI-like files with keys that repeat."""

from analyzer.facts.existing.keyed_lines import keyed_lines


def lines(text: str, *, indented: bool = False) -> list[tuple[str, str, str, int]]:
    return [(line.section, line.key, line.value, line.line) for line in keyed_lines(text, indented=indented)]


def test_sections_keys_and_lines() -> None:
    text = (
        "top = 0\n[Service]\n# a comment\nExecStart=/bin/web --port=1\nExecStart=/bin/other\n\n[Install]\nWantedBy: x\n"
    )
    assert lines(text) == [
        ("", "top", "0", 1),
        ("Service", "ExecStart", "/bin/web --port=1", 4),
        ("Service", "ExecStart", "/bin/other", 5),
        ("Install", "WantedBy", "x", 8),
    ]


def test_a_backslash_continues_a_line() -> None:
    assert lines("[a]\nrun = one \\\n  two \\\n  three\nnext = 1") == [
        ("a", "run", "one two three", 2),
        ("a", "next", "1", 5),
    ]


def test_indented_lines_continue_where_the_format_says_so() -> None:
    text = "[a]\nenvironment = A=1,\n  B=2\nnext = 1"
    assert lines(text, indented=True)[0] == ("a", "environment", "A=1, B=2", 2)
    assert [line[1] for line in lines(text)] == ["environment", "B", "next"]


def test_lines_without_a_value_are_no_settings() -> None:
    assert lines("[a]\nvalue\n") == [("a", "value", "", 2)]
    assert lines("[unfinished\n\n;comment") == [("", "[unfinished", "", 1)]
