"""Lines of a body, and what each says of itself: cues, and signs that add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.cleaning.marks import Marks, fold_line

_STOPS, _CLOSERS = frozenset(".!?…:;,。！？：；"), "'\"”’)]"


_ENDS_QUOTED = re.compile(r"^[‘'“\"].*[’'”\"]$", re.DOTALL)


#: Words with which a heading does not end: the line goes on below.
_DANGLING = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "should",
        "that",
        "the",
        "their",
        "this",
        "to",
        "was",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
        "these",
        "those",
        "our",
        "your",
        "said",
        "says",
    ]
)


#: Consultations and calls for evidence speak to the reader too, but belong to the story.
CONSULTS = re.compile(r"\b(?:consult\w*|call for evidence|calls? for views|inquiry|by \d{1,2} [A-Z][a-z]+|deadline)\b")


_HEADING_MAX, _HEADING_WORDS = 110, 17


#: Longer lines are paragraphs: no cue is looked for in them.
_CUE_MAX = 1_200


#: Promotions are short: signs are weighed in lines of no more characters.
_SIGN_MAX = 420


_QUOTATION = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*\"")


@dataclass(slots=True)
class Line:
    """One line of a body on its way to a block: the passes write ``kind`` and ``rule`` into it.

    ``start``/``end`` are its place in the line that it was cut from; ``source`` is that line's number.
    """

    text: str
    source: int
    start: int
    end: int
    kind: str | None = None
    rule: str | None = None
    marker: str | None = None
    level: int = 0
    said: str | None = None


def bare(line: Line) -> str:
    """A line's text without its list marker."""
    return line.text[len(line.marker) :].lstrip() if line.marker else line.text


def find_cues(lines: Sequence[Line], marks: Marks) -> list[tuple[str, str] | None]:
    """The strongest cue in each line, from cues and signs: its strength and rule.

    The words of a line say which cues are worth trying. Lines that could only support a promotion are looked at when
    the body has one.
    """
    texts = [bare(line) if line.kind is None and len(line.text) <= _CUE_MAX else "" for line in lines]
    worth = [frozenset().union(*map(marks.index.__getitem__, fold_line(text).split())) for text in texts]
    found = [_cue_of(text, worth[n], marks) for n, text in enumerate(texts)]
    signs = [_signs_of(text, worth[n], marks, _LEADING) for n, text in enumerate(texts)]
    for n, leading in enumerate(signs):
        if leading:
            _strengthen(found, n, _weigh(leading | _signs_of(texts[n], worth[n], marks, _FOLLOWING)))
    if any(f and f[0] == "promotion" for f in found):
        for n, text in enumerate(texts):
            if found[n] is None and not signs[n]:
                _strengthen(found, n, _weigh(_signs_of(text, worth[n], marks, _FOLLOWING)))
    return found


#: A promotion has one of the first; the others only join it.
_LEADING = frozenset({"publisher", "contact", "booking"})


_FOLLOWING = frozenset({"reader", "submission", "against"})


def _strengthen(found: list[tuple[str, str] | None], n: int, cue: tuple[str, str] | None) -> None:
    best = found[n]
    if cue and (best is None or _RANK[cue[0]] > _RANK[best[0]]):
        found[n] = cue


def _cue_of(text: str, worth: frozenset[int], marks: Marks) -> tuple[str, str] | None:
    """The strongest cue in one line."""
    best: tuple[str, str] | None = None
    size = len(text)
    for i in sorted(worth | marks.always):
        cue = marks.cues[i] if i < len(marks.cues) else None
        if cue is None or size > cue.max_length:
            continue
        if (best is None or _RANK[cue.strength] > _RANK[best[0]]) and cue.matches(text):
            best = cue.strength, cue.rule
    return best if text else None


def _signs_of(text: str, worth: frozenset[int], marks: Marks, groups: frozenset[str]) -> set[str]:
    """Which of the groups of signs a line of ordinary length has, quotations left out."""
    if not text or len(text) > _SIGN_MAX:
        return set()
    signs = [sign for i, sign in enumerate(marks.signs, len(marks.cues)) if i in worth and sign.group in groups]
    own = _without_quotations(text) if signs else ""
    return {sign.group for sign in signs if sign.pattern.search(own) is not None}


def _without_quotations(text: str) -> str:
    """The line without what stands in double quotation marks; nothing where a quotation runs through the whole line."""
    if text[:1] in '“"' and text.count("“") > text.count("”"):
        return ""
    return _QUOTATION.sub(" ", text)


def _weigh(groups: set[str]) -> tuple[str, str] | None:
    """What the signs of a line amount to."""
    others = groups - {"against"}
    if "against" in groups:
        return None
    if "publisher" in others and len(others) >= 2:
        return "promotion", "call_for_experiences" if "submission" in others else "own_product"
    if "contact" in others and len(others) >= 2:
        return "promotion", "contact"
    if "booking" in others and len(others) >= 2:
        return "promotion", "own_product"
    return ("support", "second_person") if others - {"submission"} or groups == {"submission"} else None


_RANK = {"support": 1, "caption": 2, "promotion": 3, "list": 4, "alone": 5, "rest": 6}


def ends_sentence(text: str) -> bool:
    """The text ends in a full stop, colon or the like (a quotation mark may follow), or in a dash that leads on.

    >>> ends_sentence("It fell.”"), ends_sentence("The rules are –"), ends_sentence("New rules")
    (True, True, False)
    """
    last = text.rstrip(_CLOSERS)[-1:]
    return last in _STOPS or (last in "–—-" and text[-2:-1].isspace()) if last else False


def looks_like_heading(text: str) -> bool:
    """Short, and no sentence: no full stop at its end unless it is a quotation as a whole.

    >>> looks_like_heading("Rising numbers of contacts"), looks_like_heading("Numbers rose last year.")
    (True, False)
    """
    if len(text) > _HEADING_MAX or len(text.split()) > _HEADING_WORDS:
        return False
    if _ENDS_QUOTED.match(text) and text[0] in "‘'":
        return True
    if text.endswith("?"):
        return len(text) <= 90 and not re.search(r"[.!?]\s", text)
    if ends_sentence(text):
        return False
    words = text.split()  # a short line may end in "carry on"; a long one that ends so goes on in a list
    return len(words) <= 8 or words[-1].lower() not in _DANGLING
