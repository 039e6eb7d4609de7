"""The JSON Schemas of the documents that doctor prints, kept by hand beside this module."""

from importlib.resources import files


def schema(document: str) -> str:
    """The JSON Schema (draft 2020-12) of a document of this name as text; the only one is "report"."""
    return files(__name__).joinpath(f"{document}.schema.json").read_text(encoding="utf-8")
