"""--keep: a service that is left running answers this machine as it answers people who come through the platform."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from http.client import HTTPResponse
from typing import Any

import pytest
from docker import DockerClient

from analyzer.verify.workspace import LABEL
from tests.verify.app import Run

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("shop")]
DOMAIN = "https://shop-doctor.ondigitalocean.app"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: Any) -> None:
        return None


def get(url: str, **headers: str) -> HTTPResponse:
    """The answer of an address of this machine, whatever proxy there is for others."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)
    answer = opener.open(urllib.request.Request(url, headers=headers), timeout=20)
    assert isinstance(answer, HTTPResponse)
    return answer


@pytest.fixture
def url(shop_with_fixed_address: Run) -> str:
    return str(shop_with_fixed_address.document["addresses"]["web"])


def test_the_printed_address_answers(shop_with_fixed_address: Run, url: str) -> None:
    assert f"web runs at {url}\n" in shop_with_fixed_address.report
    with get(url) as answer:
        assert answer.status == 200
        assert answer.read() == b"goods"


def test_the_service_sees_its_domain(url: str) -> None:
    with get(f"{url}/seen/", Origin=url) as answer:
        assert json.load(answer) == {"url": f"{DOMAIN}/seen/", "origin": DOMAIN}


def test_redirects_stay_on_this_machine(url: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as raised, get(f"{url}/away/"):
        pass
    with raised.value as answer:
        assert answer.status == 302
        assert answer.headers["Location"] == f"{url}/seen/?from=away"


def test_prune_removes_what_was_kept(engine: DockerClient, url: str) -> None:
    port = int(url.rpartition(":")[2])
    kept = [one for one in engine.containers.list(filters={"label": LABEL}) if str(port) in json.dumps(one.ports)]
    (run,) = {one.labels[LABEL] for one in kept}
    label: dict[str, str | list[str] | bool] = {"label": f"{LABEL}={run}"}
    assert len(engine.containers.list(filters=label)) >= 3
    done = subprocess.run([sys.executable, "-m", "analyzer", "verify", "--prune"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "removed: " in done.stderr
    assert engine.containers.list(all=True, filters=label) == []
    assert engine.networks.list(filters=label) == []
    assert engine.images.list(filters=label) == []
