"""A line that says what happened: from the sentence by rule, at most 90 characters."""

from __future__ import annotations

import re
from typing import Final

from pipeline.records import PolicyEvent

LONGEST: Final = 90

_LEAD: Final = re.compile(
    r"^(?:However|But|And|Meanwhile|In addition|Also|As such|At the same time|By contrast|Instead|Looking ahead|"
    r"Likewise|As a result|For example|Previously|Earlier|Separately)(?:,\s*|\s+(?=the\b))",
)
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_BREAK: Final = re.compile(
    r"(?:, (?:which|who|whose|where|while|with|said|says|as part|according to|under which|in which|but|and|after|following)\b"
    r"| – |; | designed to | under which | in order to | because | although | though | amid ).*$"
)


def make_title(event: PolicyEvent) -> str:
    """The event's sentence cut down to what it says of it, without lead-ins, brackets and trailing clauses."""
    text = " ".join(_BRACKETS.sub("", event.quote).split()).strip('“”‘’" ')
    text = _LEAD.sub("", text)
    short = _BREAK.sub("", text)
    if len(short) >= LONGEST // 3:
        text = short
    text = text.rstrip(".;:, ")
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
    return text[:1].upper() + text[1:]
