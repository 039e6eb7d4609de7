"""Writing a file as a whole or not at all."""

import os
from pathlib import Path


def replace_file(target: Path, content: str, *, mode: int | None = None) -> None:
    """Put the text, as UTF-8, in the place of the file `target`; `mode` are its permissions, else the usual ones.

    Raises OSError; then nothing has changed.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(content, encoding="utf-8", newline="\n")
        if mode is not None:
            draft.chmod(mode)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
