"""Where gunicorn's file gives its loggers handlers, its own option is another one beside them."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

CALL = "import logging.config\n\nlogging.config.dictConfig({'version': 1})\n"


@pytest.mark.parametrize(
    ("file", "found"), [("workers = 2\n", 1), (CALL, 0), ("logconfig = 'log.ini'\n", 0), ("print('dictConfig')\n", 1)]
)
def test_found(file: str, found: int, tmp_path: Path) -> None:
    procfile = "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT --error-logfile /dev/null\n"
    report = report_of(tmp_path, {"Procfile": procfile, "gunicorn.conf.py": file})
    assert len(findings_of(report, "server-log-discarded")) == found
