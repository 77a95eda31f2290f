"""Who says a number, what kind of source that is, and which nation the number is of.

``source`` is the canonical name of the organisation that the sentence (else the sentence before it, in the same
paragraph) gives as the one who says so: "according to X", "X found", "X data shows", "a survey by X".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from pipeline.extraction.quantities.datasets import Setting
from pipeline.extraction.quantities.gates import Cues, cue, has_piece
from pipeline.records import Mention, Quantity


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_VERBS = (
    r"(?:found|finds|showed|shows|show|shown|revealed|reveals|said|says|reported|"
    r"reports|estimated|estimates|estimate|suggests?|suggested|warned|calculated|"
    r"calculates|published|released|put|recorded|disclosed|indicates?|concluded|"
    r"confirmed|noted|added|told|claimed|highlighted|analysis|data|figures|statistics|"
    r"survey|poll|research|report|census|tracker|study)"
)
_THINGS = (
    r"(?:data|figures|statistics|survey|poll|research|report|analysis|study|census|"
    r"estimates?|tracker|review|evaluation)"
)
_BEFORE: Final = Cues(
    cue("according", r"\baccording\s+to\s+(?:the\s+|an?\s+|its\s+)?(?:[\w’'-]+\s+){0,4}$"),
    cue(
        "data figures statistics survey poll research report analysis study census estimate estimates tracker review "
        "evaluation",
        rf"\b{_THINGS}\s+(?:\w+\s+){{0,3}}?(?:by|from|of|for|published\s+by|compiled\s+by|"
        r"carried\s+out\s+(?:by|for))\s+(?:the\s+)?$",
    ),
    cue("said found estimated calculated", r"\b(?:said|found|estimated|calculated)\s+(?:the\s+)?$"),
)
_AFTER: Final = _compile(
    rf"(?:[’']s?)?\s*(?:\([^)]{{1,20}}\)\s*)?(?:,[^,.;]{{1,80}},\s*)?(?:(?:has|"
    rf"have|had|also|today|which|annual|latest|own|official|new|recent|its)\s+){{0,3}}(?:[\w’-]+\s+){{0,3}}?{_VERBS}\b"
)
_OFFICIAL: Final = _compile(
    r"\b(?:official\s+(?:figures|statistics|data)|figures|statistics|census|data(?:set)?|dataset)\b"
)
_OFFICIAL_STEMS: Final = ("figures", "statistics", "data", "census")
_POLL: Final = _compile(r"\b(?:polls?|polling|polled|votes)\b")
_SURVEY: Final = _compile(r"\b(?:surveys?|surveyed|respondents?|questionnaire)\b")
_RESEARCH: Final = _compile(
    r"\b(?:research(?:ers)?|study|studies|analysis|evaluation|modelling|review\s+found|academics)\b"
)
_RESEARCH_STEMS: Final = ("research", "stud", "analysis", "evaluation", "modelling", "review", "academics")
_CLAIM: Final = _compile(
    r"\b(?:said|says|claimed|claims|warned|argued|told|estimated|estimates|believes|"
    r"suggested|according\s+to|added)\b|[“”]"
)
_DECISION: Final = _compile(
    r"\b(?:allocated|allocat\w+|announced|commit(?:ted|ment)|pledged|promised|"
    r"provided|awarded|set\s+aside|earmarked|confirmed|grant|funded|fund(?:ing)?|"
    r"invest\w+|budget|will\s+(?:be\s+)?(?:receive|rise|increase|get|pay|go\s+up)|"
    r"cap|limit|scheme|pay\s+deal)\b"
)
_SPAN: Final = 90

_NATIONS: Final = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland", "U": "UK"}
_NATION: Final = re.compile(
    r"\b(?:(?P<E>Engl(?:and|ish))|(?P<W>Wales|Welsh|Cymru|Senedd)|(?P<S>Scot(?:land|tish)|Holyrood)|"
    r"(?P<N>Northern\s+Ir(?:eland|ish)|Stormont)|(?P<U>UK|United\s+Kingdom|Great\s+Britain|Britain))\b"
)
#: How the names of nations begin. Without a mark of a word's edge in front, the engine looks for capitals alone.
_NATION_START: Final = re.compile(r"Engl|Wales|Welsh|Cymru|Senedd|Scot|Holyrood|North|Stormont|UK|Unit|Great|Brit")


def find_sources(
    text: str, settings: Sequence[Setting], mentions: Sequence[Mention]
) -> list[tuple[str | None, str | None]]:
    """``(source, source_kind)`` for every sentence with numbers, ``(None, None)`` for the rest; in order."""
    bodies = [mention for mention in mentions if mention.kind == "organisation"]
    found: list[tuple[str | None, str | None]] = []
    last: str | None = None
    piece = -1
    counting = _with_numbers(settings)
    for setting in settings:
        if setting.piece != piece and setting.kind != "list_item":
            last = None
        piece = setting.piece
        if piece not in counting:
            found.append((None, None))
            continue
        low = bisect_left(bodies, setting.start_char, key=lambda mention: mention.start_char)
        high = bisect_left(bodies, setting.end_char, key=lambda mention: mention.start_char)
        named = _named(text, setting, bodies[low:high])
        last = named or last
        found.append((last, _kind(text, setting, last is not None)) if setting.numbers else (None, None))
    return found


def _with_numbers(settings: Sequence[Setting]) -> set[int]:
    """The pieces that hold numbers, and those above a list that does: no other is worth a look."""
    own = {setting.piece for setting in settings if setting.numbers}
    return own | {piece - 1 for piece in own}


def _named(text: str, setting: Setting, bodies: Sequence[Mention]) -> str | None:
    """The organisation that the sentence gives as its source."""
    for mention in bodies:
        before = text[max(setting.start_char, mention.start_char - _SPAN) : mention.start_char]
        if _BEFORE.are_in(before):
            return mention.name
    for mention in bodies:
        if _AFTER.match(text, mention.end_char, min(setting.end_char, mention.end_char + 2 * _SPAN)):
            return mention.name
    return None


def _kind(text: str, setting: Setting, has_source: bool) -> str | None:
    """The kind of source by its words, the most telling first."""
    sentence = text[setting.start_char : setting.end_char]
    lowered = sentence.lower()
    if ("poll" in lowered or "votes" in lowered) and _POLL.search(sentence):
        return "poll"
    if has_piece(lowered, ("survey", "respondent", "questionnaire")) and _SURVEY.search(sentence):
        return "survey"
    if has_piece(lowered, _RESEARCH_STEMS) and _RESEARCH.search(sentence):
        return "research"
    if has_piece(lowered, _OFFICIAL_STEMS) and _OFFICIAL.search(sentence):
        return "official_statistics"
    if "£" in sentence and _DECISION.search(sentence):
        return "decision"
    return "claim" if has_source or _CLAIM.search(sentence) else None


def find_nations(text: str, settings: Sequence[Setting], quantities: Sequence[Quantity]) -> list[str | None]:
    """A nation for each number, in order: the one named in its sentence, else in its paragraph so far, else the title.

    Where a sentence names more than one, the nearest before or right behind the number counts.
    """
    nations: list[str | None] = [None] * len(quantities)
    title = _nation(text, settings[0].start_char, settings[0].end_char) if settings else None
    paragraph: str | None = None
    piece = -1
    counting = _with_numbers(settings)
    for setting in settings:
        if setting.piece not in counting:
            continue
        if setting.piece != piece:
            piece, paragraph = setting.piece, None
        named = _all(text, setting.start_char, setting.end_char)
        paragraph = named[0][1] if len({name for _, name in named}) == 1 else (None if named else paragraph)
        for i in setting.numbers:
            nations[i] = _nearest(named, quantities[i].start_char) if named else paragraph or title
    return nations


def _all(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Place and name of every nation in a stretch of text, by place."""
    if not _NATION_START.search(text, start, end):
        return []
    return [(match.start(), _NATIONS[match.lastgroup or "U"]) for match in _NATION.finditer(text, start, end)]


def _nation(text: str, start: int, end: int) -> str | None:
    names = {name for _, name in _all(text, start, end)}
    return names.pop() if len(names) == 1 else None


def _nearest(named: Sequence[tuple[int, str]], position: int) -> str:
    return min(named, key=lambda place: abs(place[0] - position))[1]
