"""The predictors, in the order in which their columns are shown."""

from collections.abc import Callable
from functools import cache

from analyzer.buildpacks.google import builder as google
from analyzer.buildpacks.heroku_classic import compile as heroku_classic
from analyzer.buildpacks.heroku_cnb import main as heroku_cnb
from analyzer.buildpacks.paketo import builder as paketo
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction
from analyzer.model.quick_dataclass import dataclass
from analyzer.model.texts import map_texts

MAX_TEXT = 10_000
"""Characters of one text of a prediction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """What answers for one buildpack or builder; `id` is BuildpackPrediction.buildpack of its answers."""

    id: str
    predict: Callable[[Source], BuildpackPrediction]


PREDICTORS: tuple[Predictor, ...] = (
    Predictor(id="heroku-classic-v322", predict=heroku_classic.predict_v322),
    Predictor(id="heroku-classic", predict=heroku_classic.predict_newest),
    Predictor(id="heroku-cnb", predict=heroku_cnb.predict),
    Predictor(id="paketo", predict=paketo.predict),
    Predictor(id="google-22", predict=google.predict_22),
    Predictor(id="google-24", predict=google.predict_24),
)


def predict_all(source: Source, redact: Callable[[str], str]) -> tuple[BuildpackPrediction, ...]:
    """What each buildpack would do with the folder, as it may be shown: without secrets, and long texts cut.

    Args:
        redact: takes secrets out of a text; a buildpack starts commands as they are written.
    """

    @cache  # the buildpacks say much in the same words
    def shown(text: str) -> str:
        redacted = redact(text[: 2 * MAX_TEXT])  # so that a secret at the place of the cut is whole
        return redacted if len(redacted) <= MAX_TEXT else f"{redacted[:MAX_TEXT]} ..."

    return tuple(map_texts(predictor.predict(source), shown) for predictor in PREDICTORS)
