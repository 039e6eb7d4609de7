"""What logs mean: lines as the programs print them, and lines that look alike and mean something else."""

import pytest

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
    ],
)
def test_a_log_is_named_as_what_it_is(log: str, cause: str, fix: str) -> None:
    found = diagnose(log.splitlines())
    assert found.cause == cause
    assert fix in found.fix


def test_what_is_not_known_is_quoted() -> None:
    assert diagnose(["Traceback (most recent call last):", "  File x", "OddError: 3"]).cause == "OddError: 3"
