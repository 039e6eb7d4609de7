"""A WebSocket is opened where Channels has a route for it, and what answers otherwise is named."""

import pytest

from tests.verify.app import Run

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("shop")]


def test_a_handshake_passes(shop_that_works: Run) -> None:
    check = shop_that_works.check("websocket")
    assert check["outcome"] == "passed"
    assert check["detail"] == "101 for /ws/counter/"


def test_a_server_that_knows_http_only_is_named(shop_without_uploads: Run) -> None:
    failure = shop_without_uploads.failures()["websocket"]
    assert failure["cause"] == "the handshake for /ws/counter/ is answered with 404: what listens there knows HTTP only"
    assert "daphne" in failure["fix"]
    assert failure["command"] == "exec gunicorn shop.wsgi -b 0.0.0.0:$PORT"


def test_a_consumer_that_does_not_know_the_made_up_path_says_nothing(shop_with_fixed_address: Run) -> None:
    check = shop_with_fixed_address.check("websocket")
    assert check["outcome"] == "not applicable"
    assert check["detail"].startswith("/ws/shelf/1/ has made-up parts")
    assert "LookupError: 1" in check["detail"]
