"""Lines of uWSGI's own file that the emitted command overrules, and those that it cannot."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of


@pytest.mark.parametrize(("line", "number"), [("chdir = /opt/shop", 0), ("uid = www-data", 1)])
def test_what_the_command_overrules(tmp_path: Path, line: str, number: int) -> None:
    files = {
        "uwsgi.ini": f"[uwsgi]\nmodule = shop.wsgi\n{line}\n",
        "Procfile": "web: uwsgi uwsgi.ini --http-socket :$PORT\n",
        "requirements.txt": "dj-database-url\ndjango==5.2.8\nuwsgi\npsycopg[binary]\nredis\nwhitenoise\n",
    }
    assert len(findings_of(report_of(tmp_path, files), "server-configuration")) == number
