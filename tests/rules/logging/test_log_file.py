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


def test_handlers_of_files_become_those_of_the_console(tmp_path: Path) -> None:
    settings = (
        "from shop.defaults import *\n\nLOGGING = {'version': 1, 'formatters': {'short': {'format': '%(message)s'}},\n"
        "    'handlers': {'file': {'class': 'logging.FileHandler', 'filename': 'a.log', 'formatter': 'short'}},\n"
        "    'loggers': {'shop': {'handlers': ['file']}}}\n"
    )
    (found,) = findings_of(report_of(tmp_path, {"shop/settings.py": settings}), "log-file")
    assert found.commands == ('LOGGING["handlers"]["file"] = {"class": "logging.StreamHandler", "formatter": "short"}',)
