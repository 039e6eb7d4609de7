"""`python -m analyzer.precompile`: make all that is kept for quick starts, whatever PYTHONDONTWRITEBYTECODE says."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

import analyzer
from analyzer.config import Config
from analyzer.model.lazy_pattern import texts
from analyzer.pipeline import analyze
from analyzer.precompiled.modules import keep_modules
from analyzer.precompiled.patterns import compiled, keep_patterns
from analyzer.tables import compile_tables

_PROGRAMS = ("analyzer.verify.probes", "analyzer.__main__", "analyzer.precompile")
"""What is run, not imported, and what imports the rest."""
_PROJECT = {
    "manage.py": 'DJANGO_SETTINGS_MODULE = "settings"\n',
    "settings.py": 'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\nDATABASE_URL = os.environ["DATABASE_URL"]\n',
    "celery.py": 'import os\nfrom celery import Celery\napp = Celery("shop", broker=os.environ["REDIS_URL"])\n',
    "requirements.txt": "celery\ndjango\ngunicorn\npsycopg\nredis\n",
    "Procfile": "web: gunicorn wsgi\nworker: celery -A celery worker\n",
}


def main() -> None:
    """Make everything anew. Raises OSError where it cannot be written."""
    sys.dont_write_bytecode = False
    compile_tables()
    names = {one.name for one in walk_packages(analyzer.__path__, "analyzer.") if not one.name.startswith(_PROGRAMS)}
    for name in sorted(names):
        import_module(name)
    keep_modules(names)
    _use_patterns_of_tables()
    for text, flags in texts:
        compiled(text, flags)
    keep_patterns()


def _use_patterns_of_tables() -> None:
    """Scan a small project: tables name patterns, too, and they come to light when they are used."""
    with TemporaryDirectory() as folder:
        for name, text in _PROJECT.items():
            Path(folder, name).write_text(text)
        analyze(Path(folder), Config(), lambda _: None)


if __name__ == "__main__":
    main()
