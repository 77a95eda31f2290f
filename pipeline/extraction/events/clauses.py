"""What a verb is said of and what it is done to, without a parser: the words of its own clause on either side.

The governing verb's own subject and object tell what kind of event it is; what stands elsewhere in the sentence
("after a consultation, ministers published the bill") does not.
"""

from __future__ import annotations

from typing import Final

from pipeline.extraction.events.readings import NOT_FINITE, Reading
from pipeline.extraction.events.wordlists import load_words
from pipeline.extraction.events.words import is_adverb

#: Words and marks between which a clause lies.
_WALLS: Final = load_words("clauses", "walls")
_RELATIVES: Final = frozenset({"which", "who", "that", "whose"})
_LINKING: Final = frozenset({"for", "of"})
_MARKS: Final = frozenset({",", "–", "—", "-", "(", ")"})
#: Words that stand in for a subject or join a verb to the one before, which has it.
_EMPTY: Final = load_words("clauses", "empty")
#: Prepositions behind which an object's own words end: "a report | on the bill".
_PREPOSITIONS: Final = load_words("clauses", "prepositions")
_SUBJECT_REACH: Final = 16
_OBJECT_REACH: Final = 8


def subject_span(reading: Reading, n: int) -> tuple[int, int]:
    """Where trigger ``n``'s subject stands: the words before it up to the clause's beginning, an insertion left out
    ("the plan, which drew protests, was dropped"); the antecedent of "which" or of a participle; or the subject of the
    verb that it is joined to ("… opened in May and will close in June")."""
    lows, trigger = reading.passage.words.lows, reading.triggers[n]
    end = _skip_helpers(lows, trigger.first)
    is_participle = trigger.mood in {"participle", "attributive"}
    if end > 0 and lows[end - 1] in _RELATIVES:
        end = _skip_marks(lows, end - 1)
        if end > 1 and lows[end - 1] in _LINKING:  # "the money for which"
            end -= 1
    elif end > 0 and lows[end - 1] in _MARKS:
        end = _skip_marks(lows, end) if is_participle else _insertion(lows, end - 1)
    verbs = [each.last for each in reading.triggers[:n] if each.mood not in NOT_FINITE and each.last <= end]
    start, least = end, max(verbs, default=0)
    while start > least and end - start < _SUBJECT_REACH and lows[start - 1] not in _WALLS:
        start -= 1
    if not _EMPTY.issuperset(lows[start:end]):
        return start, end
    before = next((m for m in range(n - 1, -1, -1) if reading.triggers[m].mood not in NOT_FINITE), -1)
    return subject_span(reading, before) if before >= 0 else (start, end)


def _skip_helpers(lows: list[str], end: int) -> int:
    """Leftwards over adverbs, helpers and pronouns."""
    while end > 0 and lows[end - 1] not in _WALLS and (is_adverb(lows[end - 1]) or lows[end - 1] in _EMPTY):
        end -= 1
    return end


def _skip_marks(lows: list[str], end: int) -> int:
    while end > 0 and lows[end - 1] in _MARKS:
        end -= 1
    return end


def _insertion(lows: list[str], mark: int) -> int:
    """Leftwards from the mark that closes an insertion to the one that opens it; 0 where there is none."""
    return next((k for k in range(mark - 1, 0, -1) if lows[k] in _MARKS), 0)


def object_words(reading: Reading, n: int) -> list[str]:
    """The words of trigger ``n``'s object: those behind it up to the clause's end or to a preposition other than "of"
    and "for"."""
    lows, trigger = reading.passage.words.lows, reading.triggers[n]
    found: list[str] = []
    for k, low in enumerate(lows[trigger.last : trigger.last + _OBJECT_REACH]):
        if low in _WALLS or (low in _PREPOSITIONS and k):
            break
        found.append(low)
    return found
