"""Where the time of a scan goes, for `--profile`; without that option, this module is not imported.

Stages follow each other and tell the log when they end. Reading, parsing and evaluating happen all over them: while a
scan is measured, a clock stands around those functions, which take their own time out of that of the stage.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import wraps
from typing import Any

from analyzer.facts.django.evaluation import evaluate_once
from analyzer.facts.evaluator.interpreter import Interpreter
from analyzer.pipeline import Log
from analyzer.snapshot import documents
from analyzer.snapshot.reading import read_source


class Part(StrEnum):
    """What the time went to, in the order of the table; the value is its name there."""

    START = "start-up"
    WALK = "walk"
    READ = "read"
    PARSE = "parse"
    EVALUATE = "evaluate settings"
    FACTS = "facts (rest)"
    PREDICT = "predict"
    PLAN = "plan"
    RULES = "rules"
    PATCHES = "patches"
    RENDER = "render"


_EXPLANATIONS = {
    Part.START: "interpreter, imports, options, configuration",
    Part.WALK: "names of files, what git ignores",
    Part.READ: "content of files",
    Part.PARSE: "Python, TOML, JSON, INI, YAML",
    Part.EVALUATE: "settings, entry points, Celery",
    Part.FACTS: "what the files say besides",
    Part.PREDICT: "what each buildpack would do",
    Part.PLAN: "the deployment",
    Part.RULES: "findings, ignores, score",
    Part.PATCHES: "changes of the settings",
    Part.RENDER: "the report as text, and writing it",
}
STAGES = {
    "read the repository": Part.WALK,
    "collect the facts": Part.FACTS,
    "predict the buildpacks": Part.PREDICT,
    "plan the deployment": Part.PLAN,
    "apply the rules": Part.RULES,
    "assemble the audit": Part.RULES,
    "make the patches": Part.PATCHES,
    "render the report": Part.RENDER,
}
"""The stages of the pipeline, and where each belongs."""
_FUNCTIONS: dict[Callable[..., Any], Part] = {
    read_source: Part.READ,
    documents.parse_python: Part.PARSE,
    documents.parse_toml: Part.PARSE,
    documents.parse_json: Part.PARSE,
    documents.parse_ini: Part.PARSE,
    documents.parse_yaml: Part.PARSE,
    evaluate_once: Part.EVALUATE,
    Interpreter.run: Part.EVALUATE,
}


class Profile:
    """The seconds of each part; all of them together are the time since the process began."""

    def __init__(self) -> None:
        self._latest = time.perf_counter()
        self._begin = self._latest - _seconds_since_start()
        self._seconds = dict.fromkeys(Part, 0.0)
        self._seconds[Part.START] = self._latest - self._begin
        self._stage = 0.0
        """Seconds of the stage that has not ended yet, without those of the functions in it."""
        self._functions: list[Part] = []
        """Those that run, the innermost last."""

    def heard_by(self, log: Log) -> Log:
        """The log of a scan that begins now, through which the profile hears of its stages."""
        self._end_stage(Part.START)

        def hear(text: str) -> None:
            part = STAGES.get(text.partition(":")[0])
            if part is not None:
                self._end_stage(part)
            log(text)

        return hear

    @contextmanager
    def around_functions(self) -> Iterator[None]:
        """Put the clock around them, in every module of ours that has imported one or imports it later."""
        replaced = []
        modules = [module for name, module in sys.modules.items() if name.startswith("analyzer.")]
        timed = {id(function): self._timed(function, part) for function, part in _FUNCTIONS.items()}
        for holder in (*modules, Interpreter):
            for name, value in list(vars(holder).items()):
                if id(value) in timed:
                    setattr(holder, name, timed[id(value)])
                    replaced.append((holder, name, value))
        try:
            yield
        finally:
            for holder, name, value in replaced:
                setattr(holder, name, value)

    def table(self) -> str:
        """All parts but patches that nobody asked for: seconds, per cent, and what each is; then the whole."""
        self._end_stage(Part.RENDER)
        whole = self._latest - self._begin
        rows = [(one.value, self._seconds[one], _EXPLANATIONS[one]) for one in Part]
        rows = [row for row in rows if row[0] != Part.PATCHES or row[1]]
        rows.append(("whole", whole, ""))
        width = max(len(label) for label, _, _ in rows)
        lines = [f"{label:{width}}  {value:7.3f}  {value / whole:6.1%}  {what}".rstrip() for label, value, what in rows]
        return "\n".join([f"{'time':{width}}  seconds   share", *lines])

    def _timed(self, function: Callable[..., Any], part: Part) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._pass()
            self._functions.append(part)
            try:
                return function(*args, **kwargs)
            finally:
                self._pass()
                self._functions.pop()

        return timed

    def _end_stage(self, part: Part) -> None:
        self._pass()
        self._seconds[part] += self._stage
        self._stage = 0.0

    def _pass(self) -> None:
        """Book the time since it was last looked at."""
        before, self._latest = self._latest, time.perf_counter()
        if self._functions:
            self._seconds[self._functions[-1]] += self._latest - before
        else:
            self._stage += self._latest - before


def _seconds_since_start() -> float:
    """How long the process has been there, to 0.01 s; where the system does not tell, how long it was busy."""
    busy = time.process_time()
    try:
        with open("/proc/self/stat", "rb") as file:
            begin = int(file.read().rpartition(b")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
        return max(busy, time.clock_gettime(time.CLOCK_BOOTTIME) - begin)
    except (OSError, ValueError, IndexError, AttributeError):
        return busy
