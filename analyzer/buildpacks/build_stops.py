"""How a step says that the build ends with it, as `exit 1` does upstream."""

from analyzer.model.prediction import PredictedFailure


class BuildStops(Exception):
    """Raised by a step of a build; never leaves the predictor."""

    def __init__(self, failure: PredictedFailure) -> None:
        super().__init__(failure.id)
        self.failure = failure
