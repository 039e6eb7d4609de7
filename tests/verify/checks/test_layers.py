"""Layers are named by their instruction, whichever builder made them, without the values of build arguments."""

import pytest

from analyzer.verify.checks.image import _shown


@pytest.mark.parametrize(
    ("created_by", "shown"),
    [
        ("/bin/sh -c #(nop) COPY dir:451fe in . ", "COPY dir:451fe in ."),
        ("/bin/sh -c pip install django", "RUN pip install django"),
        ("|2 TOKEN=secret WORD=a b /bin/sh -c make", "RUN make"),
        ("RUN /bin/sh -c make # buildkit", "RUN make"),
        ("RUN |1 TOKEN=secret /bin/sh -c make # buildkit", "RUN make"),
        ("COPY /x /x # buildkit", "COPY /x /x"),
        ("USER 1", "USER 1"),
        ("", "the base image"),
    ],
)
def test_an_instruction_is_shown_as_it_was_written(created_by: str, shown: str) -> None:
    assert _shown(created_by) == shown
