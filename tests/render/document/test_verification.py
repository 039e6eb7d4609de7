"""The result of a run as plain data, and back."""

import json

import pytest

from analyzer.model.evidence import Evidence
from analyzer.model.report import Tool
from analyzer.model.verification import (
    Address,
    Check,
    ComponentUsage,
    ImageResult,
    Layer,
    Verification,
    failed,
    not_applicable,
    passed,
)
from analyzer.render.document.verification import verification_from
from analyzer.render.verification.json import render

VERIFICATION = Verification(
    spec=".do/app.yaml",
    engine="28.2, linux/amd64",
    seconds=41.5,
    checks=(
        Check(id="image-builds", title="image builds", component="web, worker", seconds=30.25, finding=passed("30 s")),
        Check(
            id="listens",
            title="listens on its port",
            component="web",
            seconds=10.0,
            finding=failed(
                "it listens on port 8000, not on 8080, where the platform looks",
                "bind the server to 0.0.0.0:$PORT",
                command="gunicorn",
                log=("Listening at: http://0.0.0.0:8000",),
                evidence=(Evidence(path=".do/app.yaml", line=3),),
            ),
        ),
        Check(id="admin", title="admin answers", component="web", seconds=0.0, finding=not_applicable("there is none")),
        Check(id="references", title="every name is known", component=None, seconds=0.0, finding=passed()),
    ),
    images=(
        ImageResult(
            components=("web", "worker"),
            dockerfile="Dockerfile",
            seconds=30.25,
            bytes=200_000_000,
            layers=(Layer(instruction="RUN pip install", bytes=80_000_000),),
        ),
    ),
    usage=(
        ComponentUsage(component="web", peak=107_483_136, limit=536_870_912, size="apps-s-1vcpu-0.5gb", advised=None),
    ),
    addresses=(Address(component="web", url="http://127.0.0.1:49153"),),
)


def test_what_is_written_can_be_read() -> None:
    document = json.loads(render(VERIFICATION, Tool(name="doctor", version="1")))
    assert document["verification"]["passed"] is False
    assert verification_from(document) == VERIFICATION


@pytest.mark.parametrize(
    "document", [{}, [], None, {"verification": {}}, {"verification": {"checks": 3}}, {"verification": []}]
)
def test_what_is_no_result_is_refused(document: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        verification_from(document)  # type: ignore[arg-type]
