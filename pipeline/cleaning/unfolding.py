"""Bodies that lost their line ends: where the lines, or at least the sentences, were.

A dump whose lines were joined by blanks still has two or more where an empty line was. One whose lines were joined by
nothing has a capital right behind a full stop or a small letter. One whose blanks were folded too has sentences only:
then what is not the story can be cut out as sentences, and the rest is put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: Longer lines may hold several paragraphs.
_LONG = 500
#: No paragraph is as long as this.
_HUGE = 1_500
#: So many traces of line ends show how the lines were joined.
_TRACES = 3
_BLANKS = re.compile(r"[^\S\n]{2,}(?![a-z])")
_ITEM = re.compile(r"[•▪●◦] |\d{1,2}\. ")
#: A small letter, figure or closing mark, and a capital or an opening quotation mark right behind it.
_SEAM = re.compile(
    r"(?<=[a-z][.!?])(?=[A-Z“‘][\w’]|[AI] [a-z])|(?<=[.!?…][”’)])(?=[A-Z“‘])|(?<=[a-z]{2})(?=[A-Z][a-z]|“)"
    r"|(?<=[a-z]\))(?=[A-Z][a-z])|(?<=[\d%][.!?])(?=[A-Z“‘])|(?<=\S)(?=  • )"
)
#: Words that have a capital inside.
_CAMEL = re.compile(
    r"\b(?:(?:Mc|Mac|Fitz|De|Di|La|Le|Van|O)[A-Z][a-z]+|LinkedIn|YouTube|WhatsApp|PayPal|FaceTime|SharePoint|GitHub|"
    r"TikTok|AdobeStock|Facebook|[A-Z][a-z]+(?:Care|Watch|Line|Aid|Stock|Images|Media|Works|Link|Net|Bank|Tech))\b"
)
_SENTENCE = re.compile(r"(?<=[.!?…])[”’\"')\]]*\s+(?=[“‘\"'(\[A-Z*£\d])|\s+(?=[•▪●] )")
#: Behind these a full stop ends no sentence.
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Cllr|St|No|vs|e\.g|i\.e|etc|[A-Z])\.$")
_AGENCIES = (
    r"Adobe ?Stock|AdobeStock|Shutterstock|Getty(?: Images)?|iStock(?:photo)?|Fotolia|Alamy(?: Stock Photo)?|Unsplash|"
    r"Pexels|Pixabay|Flickr|PA Wire|PA Images|PA Media"
)
#: The end of a credit inside a paragraph: a bracket that says so, or an agency's name.
_CREDIT_END = re.compile(
    rf"(?:\([^()]{{0,80}}\b(?:credit|photo|picture|image|pic|posed by)s?\b[^()]{{0,80}}\)|\b(?:{_AGENCIES})\)?)"
    r"\s+(?=[A-Z“‘])"
)


def told_by(lines: Sequence[str]) -> str | None:
    """What tells where the lines of a body were: ``blanks``, ``seams`` or, in a body of one line, ``sentences``.

    ``None`` where the lines are still there.

    >>> told_by(["A short line.", "Another one."]) is None
    True
    """
    long_lines = [line for line in lines if len(line) >= _LONG]
    if any(len(_blanks(line)) >= _TRACES for line in long_lines):
        return "blanks"
    if any(_count_glued(line) >= _TRACES for line in long_lines):
        return "seams"
    is_alone = sum(" " in line.strip() for line in lines) == 1
    return "sentences" if long_lines and (is_alone or any(len(line) >= _HUGE for line in long_lines)) else None


def unfold(text: str, told: str) -> list[tuple[int, int]]:
    """Where the lines (or sentences) of a text stand in it, told by blanks, seams or sentences.

    >>> unfold("One line.  Another.  A heading  A third line.", "blanks")
    [(0, 9), (11, 19), (21, 30), (32, 45)]
    """
    if told == "blanks":
        return _between(text, [m.span() for m in _BLANKS.finditer(text.rstrip())])
    if told == "seams":
        return _between(text, _seams(text))
    if len(text) < _LONG:
        return [(0, len(text))]
    ends = {(m.end() - 1, m.end()) for m in _CREDIT_END.finditer(text)}
    ends |= {(m.end() - 1, m.end()) for m in _SENTENCE.finditer(text) if not _SHORT.search(text[: m.start()][-12:])}
    return _between(text, sorted(ends))


def _blanks(text: str) -> list[tuple[int, int]]:
    """Runs of blanks that were empty lines; list items are set in by two blanks anyway."""
    gaps = (m.span() for m in _BLANKS.finditer(text.rstrip()))
    return [gap for gap in gaps if not _ITEM.match(text, gap[1])]


def _seams(text: str) -> list[tuple[int, int]]:
    """Places (without a width) where two lines meet without a blank."""
    names = {i for m in _CAMEL.finditer(text) for i in range(m.start(), m.end())}
    return [m.span() for m in _SEAM.finditer(text) if m.start() not in names]


def _count_glued(text: str) -> int:
    """How often a sentence begins right behind another one."""
    return sum(text[at - 1 : at] in ".!?”’" for at, _ in _seams(text) if at)


def _between(text: str, gaps: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches that lie between gaps, without blanks at their edges."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in [*gaps, (len(text), len(text))]:
        piece = text[at:start]
        low = at + len(piece) - len(piece.lstrip())
        high = at + len(piece.rstrip())
        if low < high:
            found.append((low, high))
        at = max(at, end)
    return found
