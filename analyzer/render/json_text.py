"""JSON that may stand anywhere: in a file, in a page, in a log."""

import json
from typing import Any


def to_json(value: Any, **options: Any) -> str:
    """JSON, with the options of `json.dumps`: ASCII only whatever the locale, and no command to GitHub's runner, which
    takes `##[` anywhere in a log for one."""
    return json.dumps(value, allow_nan=False, **options).replace("##[", r"#\u0023[")
