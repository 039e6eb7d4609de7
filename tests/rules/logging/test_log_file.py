"""A log file beside the console hides nothing; one instead of it does."""

from pathlib import Path

import pytest

from analyzer.model.finding import Severity
from analyzer.rules.services import with_settings
from tests.rules.examples import findings_of, report_of

HANDLERS = """"file": {"class": "logging.FileHandler", "filename": "/tmp/shop.log"},
    "console": {"class": "logging.StreamHandler"}"""


@pytest.mark.parametrize(
    ("loggers", "severity"),
    [
        ('"root": {"handlers": ["file", "console"]}', Severity.ADVICE),
        ('"root": {"handlers": ["console"]}, "loggers": {"shop": {"handlers": ["file"]}}', Severity.ADVICE),
        ('"loggers": {"": {"handlers": ["console"]}, "shop": {"handlers": ["file"]}}', Severity.ADVICE),
        ('"root": {"handlers": ["file"]}', Severity.RISK),
        ('"loggers": {"shop": {"handlers": ["file"]}}', Severity.RISK),
        (
            '"root": {"handlers": ["console"]}, "loggers": {"shop": {"handlers": ["file"], "propagate": False}}',
            Severity.RISK,
        ),
    ],
)
def test_what_the_console_gets_as_well_is_advice(tmp_path: Path, loggers: str, severity: Severity) -> None:
    text = f'LOGGING = {{"version": 1, "handlers": {{{HANDLERS}}}, {loggers}}}\n'
    (found,) = findings_of(report_of(tmp_path, with_settings(text)), "log-file")
    assert found.severity is severity
    assert ("as well" in found.message) is (severity is Severity.ADVICE)


@pytest.mark.parametrize(
    ("logger", "file", "console", "beyond"),
    [
        ("DEBUG", None, "INFO", True),
        ("DEBUG", "DEBUG", "INFO", True),
        (None, None, "ERROR", True),
        ("INFO", None, "INFO", False),
        ("DEBUG", "ERROR", "INFO", False),
        (None, None, "INFO", False),
        ("DEBUG", None, None, False),
    ],
)
def test_a_console_that_lets_less_through(
    tmp_path: Path, logger: str | None, file: str | None, console: str | None, beyond: bool
) -> None:
    written, shown, level = (f', "level": "{one}"' if one else "" for one in (file, console, logger))
    text = (
        'LOGGING = {"version": 1, "handlers": {\n'
        f'    "file": {{"class": "logging.FileHandler", "filename": "/tmp/a.log"{written}}},\n'
        f'    "out": {{"class": "logging.StreamHandler"{shown}}}}}, "root": {{"handlers": ["out"]}},\n'
        f'    "loggers": {{"shop": {{"handlers": ["file"]{level}}}}}}}\n'
    )
    (found,) = findings_of(report_of(tmp_path, with_settings(text)), "log-file")
    assert found.severity is Severity.ADVICE
    assert (f"whose handler out ({console}) lets less through" in found.message) is beyond
    assert ("the console has it all" in found.remediation) is not beyond


def test_handlers_of_files_become_those_of_the_console(tmp_path: Path) -> None:
    settings = (
        "from shop.defaults import *\n\nLOGGING = {'version': 1, 'formatters': {'short': {'format': '%(message)s'}},\n"
        "    'handlers': {'file': {'class': 'logging.FileHandler', 'filename': 'a.log', 'formatter': 'short'}},\n"
        "    'loggers': {'shop': {'handlers': ['file']}}}\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "log-file")
    assert found.commands == ('LOGGING["handlers"]["file"] = {"class": "logging.StreamHandler", "formatter": "short"}',)
