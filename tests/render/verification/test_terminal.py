"""The result of a run for people: failures first, and no line wider than the terminal."""

from analyzer.model.report import Tool
from analyzer.render.verification.terminal import render
from tests.render.document.test_verification import VERIFICATION


def test_a_run_with_a_failure() -> None:
    text = render(VERIFICATION, Tool(name="doctor", version="1"), width=80, colour=False)
    assert text.startswith("doctor 1  .do/app.yaml  Docker 28.2, linux/amd64\n\nFAIL  web: listens on its port\n")
    assert "    at     .do/app.yaml:3\n    | Listening at: http://0.0.0.0:8000\n" in text
    assert text.index("FAIL  web") < text.index("ok   image builds")
    assert "1 check of 3 failed, 1 not applicable, 42 s\n" in text
    assert "http://127.0.0.1:49153" in text
    assert max(map(len, text.splitlines())) <= 80
