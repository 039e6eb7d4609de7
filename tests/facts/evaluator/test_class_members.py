"""Settings that a class has and a loop puts into the module: each has the line of the class."""

from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain

SETTINGS = """\
import inspect, sys


class Base:
    DEBUG = False
    TIME_ZONE = "UTC"

    @property
    def DATABASES(self):
        return {"default": {"NAME": self.TIME_ZONE}}

    @classmethod
    def load(cls, name):
        for member, value in inspect.getmembers(cls()):
            if member.isupper():
                setattr(sys.modules[name], member, value)


class Production(Base):
    TIME_ZONE = "Europe/Berlin"


Production.load(__name__)
"""


def test_the_lines_of_the_class(repository: MakeRepository) -> None:
    settings = evaluate(repository, SETTINGS)
    assert plain(settings, "DATABASES") == {"default": {"NAME": "Europe/Berlin"}}
    lines = {name: settings.evidence(name)[0].line for name in ("DEBUG", "TIME_ZONE", "DATABASES")}
    assert lines == {"DEBUG": 5, "TIME_ZONE": 20, "DATABASES": 9}
