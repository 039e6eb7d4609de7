"""Instructions of a Dockerfile and the lines of their parts."""

import re

from analyzer.facts.existing.instructions import Instruction, parse_instructions

TEXT = """\
FROM a
RUN --mount=type=cache,target=/x \\
    # b is not here
    a && \\

    b && c
RUN <<ONE cat && cat <<-TWO
# d in a comment
e
ONE
	d
	TWO
CMD d
"""


def line_of(instruction: Instruction, text: str) -> int | None:
    return instruction.line_of(re.compile(text))


def test_a_part_stands_in_its_own_line() -> None:
    _, run, _, command = parse_instructions(TEXT)
    assert (run.value, run.line, run.end_line) == ("a &&     b && c", 2, 6)
    assert [run.line_at(offset) for offset in (0, 4, 5, len(run.value))] == [4, 4, 6, 6]
    assert [line_of(run, word) for word in ("a", r"\bb\b", r"\bc\b", "mount", "not here")] == [4, 6, 6, None, None]
    assert line_of(command, "d") == 13


def test_a_part_of_a_here_document_too() -> None:
    script = parse_instructions(TEXT)[2]
    assert (script.heredocs, script.heredoc_lines, script.end_line) == (("# d in a comment\ne", "\td"), (8, 11), 12)
    assert [line_of(script, word) for word in ("cat", "e$", r"\bd\b", "comment")] == [7, 9, 11, None]
