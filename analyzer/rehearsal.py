"""The scan of a small project, after which all is there that a scan makes when it first needs it.

Modules are imported, tables are read, and the patterns that tables name come to light.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.config import Config
from analyzer.pipeline import analyze

_PROJECT = {
    "manage.py": 'DJANGO_SETTINGS_MODULE = "settings"\n',
    "settings.py": 'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\nDATABASE_URL = os.environ["DATABASE_URL"]\n',
    "celery.py": 'import os\nfrom celery import Celery\napp = Celery("shop", broker=os.environ["REDIS_URL"])\n',
    "requirements.txt": "celery\ndjango\ngunicorn\npsycopg\nredis\n",
    "Procfile": "web: gunicorn wsgi\nworker: celery -A celery worker\n",
}


def rehearse() -> None:
    """Scan the small project. Raises OSError where it cannot be written to the folder for temporary files."""
    with TemporaryDirectory() as folder:
        for name, text in _PROJECT.items():
            Path(folder, name).write_text(text)
        analyze(Path(folder), Config(), lambda _: None)
