"""What logs mean: lines as the programs print them, and lines that look alike and mean something else."""

import pytest

from analyzer.verify.building import BuildLog, disturbed
from analyzer.verify.diagnosis import diagnose

INDEX = """\
Looking in indexes: https://index.example/simple
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('Failed to establish a new \
connection: [Errno -2] Name or service not known')': /simple/django/
ERROR: Could not find a version that satisfies the requirement django==5.2 (from versions: none)
"""


@pytest.mark.parametrize(
    ("log", "cause", "fix"),
    [
        (INDEX, "pip finds no host for the package index https://index.example/simple", "--index-url"),
        (
            INDEX.replace("Name or service not known", "timed out"),
            "no version of django==5.2 fits this Python, or there is none at all",
            "python.version",
        ),
        (
            "    return File(open(name, mode))\nPermissionError: [Errno 13] Permission denied: '/app/x.json'",
            "the user of the image may not read or write /app/x.json",
            "chmod a+rX",
        ),
        (
            "Successfully built uwsgi\nInstalling collected packages: uwsgi\nThe command '/bin/sh -c pip install -r"
            " requirements.txt' returned a non-zero code: 137",
            "the step was killed (exit code 137): no memory was left, or the engine ended",
            "more memory",
        ),
        (
            "ERROR: Cannot install -r requirements.txt (line 2) and PyJWT==1.7.1 because these package versions have"
            " conflicting dependencies.\nThe conflict is caused by:\n    The user requested PyJWT==1.7.1\n"
            "    simplejwt 4.6.0 depends on pyjwt\n    social-auth-core 4.0.3 depends on PyJWT>=2.0.0\nTo fix this",
            "the requirements contradict each other: The user requested PyJWT==1.7.1; social-auth-core 4.0.3 depends on"
            " PyJWT>=2.0.0",
            "loosen one of them",
        ),
        (
            "ConnectionError: HTTPSConnectionPool(host='api.example', port=443): Max retries exceeded"
            " (Caused by NameResolutionError: [Errno -3] Temporary failure in name resolution)",
            "the process asks a host of the internet, and containers do not reach it during a run: api.example",
            "--network",
        ),
        (
            "SystemCheckError: System check identified some issues:\n\nERRORS:\nshop.Item.word: (postgres.E005)"
            " 'django.contrib.postgres' must be in INSTALLED_APPS\n\nWARNINGS:\n?: (x.W003) no X\n\tHINT: y",
            "Django's checks refuse to go on: shop.Item.word: (postgres.E005) 'django.contrib.postgres' must be in"
            " INSTALLED_APPS",
            "",
        ),
        (
            "update-alternatives: error: error creating symbolic link '/usr/share/man/man1/java.1.gz.dpkg-tmp': No such"
            " file or directory",
            "a Debian package puts manual pages into /usr/share/man/man1, which slim images do not have",
            "mkdir -p /usr/share/man/man1",
        ),
        (
            '    if "(?P<" in route or route.startswith("^"):\n       ^^^^^\n'
            "TypeError: argument of type 'NoneType' is not iterable",
            "a route of the URL configuration is None: the setting that it is taken from has no value",
            "declare the variable",
        ),
        (
            "error: Failed to parse: pyproject.toml\n  cause: TOML parse error at line 17, column 11",
            "pyproject.toml cannot be read: line 17 is no TOML",
            "correct pyproject.toml",
        ),
        (
            "VersionMismatch: Redis transport requires redis-py versions 6.1.0 or later. You have 5.3.1",
            "the newest kombu, which Celery brings, wants redis-py 6.1.0 or later, and the requirements give 5.3.1",
            "redis>=6.1.0",
        ),
        (
            "consumer: Cannot connect to amqp://guest:**@doctor.invalid:5672//: [Errno -2] Name or service not known.",
            "the spec leaves the address of a server open, and the one that was made up for this run leads nowhere",
            "--env-file",
        ),
        (
            "consumer: Cannot connect to amqp://guest:**@rabbit:5672//: [Errno -2] Name or service not known.",
            "there is no host called guest:**@rabbit:5672",
            "app spec's database",
        ),
        (
            "    super().__init__(*args, **kwargs)\nTypeError: 'ssl-mode' is an invalid keyword argument for connect()",
            "the driver does not know the ssl-mode that the address of the platform's MySQL has",
            "put the address together: mysql://${db.USERNAME}:",
        ),
        (
            '  File "/opt/venv/lib/python3.12/site-packages/channels_redis/core.py", line 233, in _brpop_with_clean\n'
            '  File "/opt/venv/lib/python3.12/site-packages/redis/asyncio/client.py", line 871, in execute_command\n'
            "redis.exceptions.TimeoutError: Timeout reading from valkey:6379",
            "channels_redis waits 5 s for a message, and redis-py from 8 on gives up an answer after 5 s",
            "redis<8",
        ),
    ],
)
def test_a_log_is_named_as_what_it_is(log: str, cause: str, fix: str) -> None:
    found = diagnose(log.splitlines())
    assert found.cause == cause
    assert fix in found.fix


def test_a_cached_image_that_another_run_removed_is_no_fault_of_the_build() -> None:
    gone = BuildLog(image="", error="failed to get digest sha256:049db: no such file", steps=(), seconds=1)
    assert disturbed(gone)
    assert not disturbed(BuildLog(image="", error="COPY failed: no source files were specified", steps=(), seconds=1))


def test_what_is_not_known_is_quoted() -> None:
    assert diagnose(["Traceback (most recent call last):", "  File x", "OddError: 3"]).cause == "OddError: 3"
    sentry = ["Sentry is attempting to send 2 pending events", "Waiting up to 2 seconds", "Press Ctrl-C to quit"]
    assert diagnose(["Traceback (most recent call last):", "OddError: 3", *sentry]).cause == "OddError: 3"
