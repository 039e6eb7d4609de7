"""Without an engine that can be used, the message says which was tried, why not, and what helps."""

import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from docker import DockerClient

from analyzer.model.errors import EngineError
from analyzer.verify.databases import provide_image
from analyzer.verify.engine import connect, explain_failure


@contextmanager
def engine_that_says(content: bytes) -> Iterator[str]:
    """An HTTP server that gives the same answer to everything, and its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="users are those of Unix")
def test_a_socket_that_belongs_to_others(tmp_path: Path) -> None:
    place = tmp_path / "docker.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        place.chmod(0o600)
        for folder in (tmp_path, *tmp_path.parents[:2]):
            folder.chmod(0o755)
        program = (
            "import os, sys\n"
            "from analyzer.verify.engine import connect\n"
            "if os.geteuid() == 0: os.setuid(65534)\n"
            "else: os.chmod(sys.argv[1], 0)\n"
            "try: connect()\n"
            "except Exception as error: print(type(error).__name__, error)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, str(place)],
            env=os.environ | {"DOCKER_HOST": f"unix://{place}"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.stdout.startswith(f"EngineError the Docker engine at unix://{place} (DOCKER_HOST) refuses this user")
    assert "group docker" in done.stdout


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ({"ApiVersion": "1.39", "Version": "18.09.9"}, r"is 18\.09\.9 \(API 1\.39\); verify needs 19\.03 or newer"),
        ({"ApiVersion": "1.20", "Version": "1.8.3"}, r"is older than Docker 1\.12; verify needs 19\.03 or newer"),
    ],
)
def test_an_engine_that_is_too_old(version: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with engine_that_says(json.dumps(version).encode()) as host:
        monkeypatch.setenv("DOCKER_HOST", host)
        with pytest.raises(EngineError, match=message):
            connect()


@pytest.mark.parametrize("content", [b"<html>", b"{}"])
def test_something_else_that_listens(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with engine_that_says(content) as host:
        monkeypatch.setenv("DOCKER_HOST", host)
        with pytest.raises(EngineError, match="no Docker engine answers at tcp://"):
            connect()


def test_a_host_that_is_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "carrier-pigeon://roof")
    with pytest.raises(EngineError, match="no Docker engine answers at carrier-pigeon://roof"):
        connect()


def test_a_socket_that_is_not_there_ends_the_command(tmp_path: Path) -> None:
    (tmp_path / ".do").mkdir()
    (tmp_path / ".do/app.yaml").write_text("name: shop\nworkers:\n  - name: idle\n    dockerfile_path: Dockerfile\n")
    done = subprocess.run(
        [sys.executable, "-m", "analyzer", "verify", str(tmp_path)],
        env=os.environ | {"DOCKER_HOST": f"unix://{tmp_path}/docker.sock"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 6
    assert done.stderr.startswith(f"error: no Docker engine answers at unix://{tmp_path}/docker.sock (DOCKER_HOST)")
    assert "systemctl start docker" in done.stderr
    assert "apt-get install docker.io" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_image_that_cannot_be_pulled(engine: DockerClient) -> None:
    why = r"cannot pull the image doctor\.invalid/none:1: the image registry doctor\.invalid gives no image: "
    with pytest.raises(EngineError, match=why + r".+\n  docker login .+\n  ask another"):
        provide_image(engine, "doctor.invalid/none:1", "ask another")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '500 Server Error: ("write /var/lib/docker/tmp/x: no space left on device")',
            "the engine's disk is full\n  doc",
        ),
        (
            "failed programming external connectivity: Bind for 127.0.0.1:8000 failed: port is already allocated",
            "port 8000 of this machine is taken\n  run doctor verify again",
        ),
        (
            "failed to bind port: listen tcp4 127.0.0.1:8001: bind: address already in use",
            "port 8001 of this machine is taken",
        ),
        (
            "toomanyrequests: You have reached your pull rate limit.",
            "the image registry lets this machine pull no more",
        ),
        ("('Connection aborted.', RemoteDisconnected('Remote end closed'))", "the Docker engine ended, or stopped"),
        ("something new", "the Docker engine failed: something new"),
    ],
)
def test_failures_in_the_middle_are_named(text: str, message: str) -> None:
    assert explain_failure(text).startswith(message)
