"""Lines of a body, and what each says of itself: cues, and signs that add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.cleaning.marks import STRENGTHS, Marks
from pipeline.cleaning.screens import MOST_LINES, has_piece

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


class Cues:
    """The strongest cue in each line of a body, from cues and signs: its strength and rule, ``None`` where none is.

    The words of a line say which cues are worth trying. Lines that could only support a promotion are looked at when
    they stand beside one: see ``beside``.
    """

    def __init__(self, lines: Sequence[Line], marks: Marks) -> None:
        self._marks = marks
        self._leading = _sign_bits(marks, _LEADING)
        self._following = _sign_bits(marks, _FOLLOWING)
        self._telling = self._leading | marks.trials.bits
        longest = marks.trials.longest  # longer lines are paragraphs: no cue is looked for in them
        self._texts = [
            (bare(line) if line.marker else line.text) if line.kind is None and len(line.text) <= longest + 9 else ""
            for line in lines
        ]
        self.found = [self._recall(text) if text else None for text in self._texts]
        self._beside = list(self.found)
        self._is_known = [cue is not None and cue[0] != "heading" for cue in self.found]

    def _recall(self, text: str) -> tuple[str, str] | None:
        """The cue in a line, remembered: feeds of one site hold many of the same articles."""
        memory = self._marks.memory
        try:
            return memory[text]
        except KeyError:
            worth = self._marks.index.worth(text)
            found = self._find(text, worth) if worth & self._telling else None
            if len(memory) >= MOST_LINES:
                memory.clear()
            memory[text] = found
            return found

    def beside(self, n: int) -> tuple[str, str] | None:
        """The cue in a line that stands beside a promotion: one that only addresses the reader counts too."""
        if not self._is_known[n]:
            self._is_known[n] = True
            low = self._texts[n].lower()
            worth = self._marks.index.worth(self._texts[n])
            if not _signs_of(low, worth, self._marks, self._leading):
                self._beside[n] = _weigh(_signs_of(low, worth, self._marks, self._following))
        return self._beside[n]

    def hints(self, n: int) -> bool:
        """Whether a line speaks of what promotions speak of: too little by itself, and asked of few lines."""
        text = self._texts[n].lower()
        return any(len(text) <= hint.max_length and hint.test(text) for hint in self._marks.hints)

    def _find(self, text: str, worth: int) -> tuple[str, str] | None:
        best = None
        low = text.lower()
        folded = low.replace("’", "'")
        for pieces, is_low, holds, cue in self._marks.trials.worth(worth, len(text)):
            if pieces and not has_piece(folded, pieces):
                continue
            if holds(low if is_low else text):
                best = cue
                break
        if worth & self._leading and len(text) <= _SIGN_MAX:
            leading = _signs_of(low, worth, self._marks, self._leading)
            if leading:
                weighed = _weigh(leading | _signs_of(low, worth, self._marks, self._following))
                if weighed and (best is None or _RANK[weighed[0]] > _RANK[best[0]]):
                    return weighed
        return best


#: A promotion has one of the first; the others only join it.
_LEADING = frozenset({"publisher", "contact", "booking"})


_FOLLOWING = frozenset({"reader", "submission", "against"})


def _sign_bits(marks: Marks, groups: frozenset[str]) -> int:
    return sum(1 << i for i, sign in enumerate(marks.signs, len(marks.cues)) if sign.group in groups)


def _signs_of(low: str, worth: int, marks: Marks, bits: int) -> set[str]:
    """Which of the signs of these bits a line (in lower case) of ordinary length has, quotations left out."""
    worth &= bits
    if not worth or not low or len(low) > _SIGN_MAX:
        return set()
    own = _without_quotations(low) if '"' in low or "“" in low else low
    worth >>= len(marks.cues)
    return {s.group for i, s in enumerate(marks.signs) if worth >> i & 1 and s.pattern.search(own) is not None}


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


_RANK = {strength: n for n, strength in enumerate(STRENGTHS)}


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
    return len(text) <= _HEADING_MAX and _is_heading(text)


@lru_cache(maxsize=1_024)  # several passes ask the same of a line
def _is_heading(text: str) -> bool:
    if len(text.split()) > _HEADING_WORDS:
        return False
    if _ENDS_QUOTED.match(text) and text[0] in "‘'":
        return True
    if text.endswith("?"):
        return len(text) <= 90 and not re.search(r"[.!?]\s", text)
    if ends_sentence(text):
        return False
    words = text.split()  # a short line may end in "carry on"; a long one that ends so goes on in a list
    return len(words) <= 8 or words[-1].lower() not in _DANGLING
