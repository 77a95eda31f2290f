"""When a weak form counts: a word of the language or a place is a body only where the article says so."""

from __future__ import annotations

from pipeline.extraction.entities.forms import Found
from pipeline.extraction.entities.tokens import Tokens


def supported(tokens: Tokens, weak: list[Found], strong: list[Found]) -> list[Found]:
    """Those of the ``weak`` matches that the article supports."""
    sure = {each.form.entity for each in strong}
    return [each for each in weak if each.form.entity in sure]
