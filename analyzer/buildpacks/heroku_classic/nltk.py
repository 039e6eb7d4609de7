"""bin/steps/nltk: corpora for NLTK."""

from analyzer.buildpacks.dependencies import importable
from analyzer.buildpacks.heroku_classic.release import Release
from analyzer.buildpacks.notes import Notes
from analyzer.buildpacks.source import Source
from analyzer.model.evidence import Evidence, Fact
from analyzer.model.prediction import Step

DATA = "/app/.heroku/python/nltk_data"


def download_corpora(source: Source, release: Release, notes: Notes) -> bool:
    """Whether corpora are downloaded, as far as is known: nltk is installed and nltk.txt names them, one a line."""
    installed = importable(source, "nltk")
    listed = source.tree.is_file("nltk.txt")
    line = release.lines["nltk"]
    if not listed:
        if isinstance(installed, Fact):
            notes.say(Step.NLTK, "no nltk.txt: no corpora are downloaded", *installed.evidence, source=line)
        return False
    names = (source.tree.read("nltk.txt") or b"").decode("utf-8", "replace").split("\n")
    condition = "" if isinstance(installed, Fact) else "if nltk is installed, "
    text = f"{condition}downloads {', '.join(name for name in names if name.strip()) or 'nothing'} to {DATA}"
    notes.say(Step.NLTK, text, Evidence(path="nltk.txt"), source=line)
    return isinstance(installed, Fact)
