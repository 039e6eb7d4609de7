"""The predictors, in the order in which their columns are shown."""

from collections.abc import Callable
from dataclasses import dataclass

from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """What answers for one buildpack or builder; `id` is BuildpackPrediction.buildpack of its answers."""

    id: str
    predict: Callable[[Source], BuildpackPrediction]


PREDICTORS: tuple[Predictor, ...] = ()


def predict_all(source: Source) -> tuple[BuildpackPrediction, ...]:
    """What each buildpack would do with the folder."""
    return tuple(predictor.predict(source) for predictor in PREDICTORS)
