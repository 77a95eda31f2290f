"""Role and direction of a number: the size of a rise or fall (``change``), or a level.

The words around the number decide, nearest first: "up 4.7%", "a fall of 658", "rose by £3.4bn", "a 25% boost",
"(9.2%)" behind a change. "from 5,680 to 7,380", "rose to 33,119", "a further 400" and "15% more likely" are levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.quantities.candidates import Candidate
from pipeline.extraction.quantities.lexicon import load_lexicon

_L: Final = load_lexicon()
_UP_VERB, _DOWN_VERB = _L["change", "up_verbs"], _L["change", "down_verbs"]
_UP_NOUN, _DOWN_NOUN = _L["change", "up_nouns"], _L["change", "down_nouns"]
_ADVERBS = _L["change", "adverbs"]

Role = tuple[str, str | None]
LEVEL: Final[Role] = ("level", None)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: Without any of these beside it a number is a level; spares the look for each kind of change.
_ANY: Final = _compile(
    rf"\b(?:{_UP_VERB}|{_DOWN_VERB}|{_UP_NOUN}|{_DOWN_NOUN}|up|down|more|fewer|less|higher|lower|above|below|further|"
    r"older|longer|younger|shorter|later|earlier|add(?:s|ed|ing)?|lost|plus|put|"
    r"awards?|offer\w*|deals?|settlements?|claim\w*|demand\w*|precepts?|increment|"
    r"split|slic\w+|proposal|accepted|rejected)\b|[+−-]$|[+−-]\n"
)
_UP_DOWN_BEFORE: Final = _compile(
    r"(?<![\w-])(?P<way>up|down)\s+(?:(?:by|just|over|under|about|around|almost|"
    r"nearly|more|less|than|some|only|a|an|further|another|roughly|approximately|"
    r"record)\s+)*$"
)
_UP_DOWN_AFTER: Final = _compile(
    r"\s*(?P<way>up|down|higher|lower|more|fewer|less|above|below)\s+(?:on|than|from|compared)\b"
)
_THAN_TIME: Final = _compile(
    r"[^.;]{0,60}?\b(?:than|on|from|compared\s+with|compared\s+to|above|below)\s+(?:in\s+|"
    r"at\s+|for\s+|during\s+|over\s+)?(?:the\s+)?(?:same\s+\w+\s+)?(?:last|previous|"
    r"past|prior|a\s+year|year|month|week|quarter|\d{4}|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|before|pre-|"
    r"when|its\s+peak|the\s+peak|at\s+the\s+(?:start|end|beginning|time)|(?:two|"
    r"three|four|five|ten|\d+)\s+(?:years?|months?|weeks?)\s+(?:ago|earlier|before)|"
    r"(?:it|they|we)\s+\w+\s+(?:in|at|before)|the\s+(?:spring|summer|autumn|winter))\b"
)
_VERB_BEFORE: Final = _compile(rf"\b(?:(?P<up>{_UP_VERB})|(?P<down>{_DOWN_VERB}))\b(?P<gap>(?:\s+(?:{_ADVERBS}))*)\s+$")
_NOUN_OF: Final = _compile(
    rf"\b(?:(?P<up>{_UP_NOUN})|(?P<down>{_DOWN_NOUN}))\b(?:\s+(?:in|of|to|for|"
    rf"on|among|from|over|since|during|at|across)\s+(?:(?!\b(?:would|have|has|"
    rf"had|been|but|was|were|which|who|that|and|while|to)\b)[^.;:()]){{0,70}}?)?[\s(–—,-]+(?:was\s+|"
    rf"being\s+|has\s+been\s+|were\s+)?\(?(?:of|by|was|totalling|averaging|equivalent\s+to|"
    rf"worth|at)\s+(?:(?:{_ADVERBS})\s+)*$"
)
_NOUN_AFTER: Final = _compile(
    rf"(?:[-\s]+(?!(?:of|to|from|by|with|and|or|in|on|at|for|the|was|is|were|are|"
    rf"than|who|that|which|had|has|have|said|says?|felt|feel|saw|did|do|thought|"
    rf"think|could|would|will|can|may|also|more|less|fewer|as|cited|but|while|"
    rf"because|if|not|wanted|reported|experienced|faced|believed)\b)[\w’'-]+){{0,4}}?[-\s]+(?:(?P<up>{_UP_NOUN}|"
    rf"increment)|(?P<down>{_DOWN_NOUN}))\b(?!\s+of\s+(?:the|all)\b)(?!\s+(?:by|"
    rf"to\s+[£\d]|from\s+(?:£|\d(?!\d{3}\b))))"
)
_OF_CHANGE: Final = _compile(rf"\b(?:(?P<up>{_UP_NOUN})|(?P<down>{_DOWN_NOUN}))\s+of\s+(?:(?:{_ADVERBS})\s+)*$")
_MORE_OF: Final = _compile(r"\s+(?P<way>more|less|fewer)\s+(?!than\b|likely\b|of\b|often\b)[a-z]+(?!\s+than)\b")
_FEWER: Final = _compile(r"\s+fewer\s+(?!than\s+(?:the|those|in)\b)[a-z]|\s+fewer\s*[.,;)]")
_MORE_THAN: Final = _compile(r"\s+(?:more|fewer|less|higher|lower)\s+(?:[\w’'-]+\s+){0,6}?than\b")
_PLUS_MINUS: Final = re.compile(r"(?:^|[\s(])(?P<sign>[+−-])$")
_BARE_UP_DOWN: Final = _compile(
    r"\s+(?P<way>up|down)\s*(?:[.,;)]|$|year[-\s]on[-\s]year|since|over|in\s+(?:real|cash))"
)
_OLDER: Final = _compile(
    r"\s+(?:(?P<up>older|longer|more|higher|later)|(?P<down>younger|shorter|fewer|"
    r"less|lower|earlier))\s+(?:on\s+average,?\s+)?than\b"
)
_ADDS: Final = _compile(rf"\b(?:add(?:s|ed|ing)?|put(?:s|ting)?)\s+(?:(?:{_ADVERBS})\s+)*$")
_LOST: Final = _compile(rf"\b(?:lost|losing|loses)\s+(?:(?:{_ADVERBS})\s+)*$")
_LOST_VALUE: Final = _compile(
    r"\s+of\s+(?:the\s+|its\s+|their\s+)?(?:real[-\s]terms?\s+)?(?:value|pay|"
    r"income|funding|budget|spending\s+power|purchasing\s+power|workforce|staff|"
    r"mainstream|places|beds|households|carers)\b"
)
_PLUS_POINTS: Final = _compile(rf"\b(?:{_UP_NOUN})\s+of\s+[^.;,()]{{0,40}}\bplus\s+$")
_AGAINST_LEVEL: Final = _compile(
    r"\s+(?P<way>above|below|higher\s+than|lower\s+than|higher|lower)\s+(?:than\s+)?(?:the\s+)?(?:figure|"
    r"level|rate|total|number|peak|pre-|(?:19|20)\d\d|last\s+year|previous|its|"
    r"their)\b(?![^.;,]{0,30}\baverage)"
)
_CUT_IN_HALF: Final = _compile(r"\b(?:cut|slash\w*|reduc\w+|slic\w+|split)\b[^.;]{0,40}\bin\s+$")
_NOUN_APPOSED: Final = _compile(
    rf"\b(?:an?|the|its|their|this)\s+(?:[\w-]+\s+){{0,3}}(?:(?P<up>{_UP_NOUN})|"
    rf"(?P<down>{_DOWN_NOUN}))(?:\s+(?:in|of|to)\s+[^.;:(),]{{1,60}}?)?\s*[,(:–—]\s*(?:(?:{_ADVERBS})\s+)*$"
)
_CLOSED: Final = _compile(r"\s*(?:[,.;)–—]|$|was\b|were\b|is\b)")
_PAY: Final = _compile(r"\b(?:pay|wages?|salar(?:y|ies)|earnings|council\s+tax|fees?|precept)\b")
_AWARD_BEFORE: Final = _compile(
    rf"\b(?:awards?|offers?|offered|deals?|settlements?|claims?|claimed|demand(?:ed)?|"
    rf"proposal|accepted|rejected)\s+(?:\w+\s+){{0,2}}?(?:of\s+|at\s+|for\s+|worth\s+)?(?:(?:{_ADVERBS})\s+)*$"
)
_AWARD_AFTER: Final = _compile(r"[\s-]+(?:[\w-]+\s+){0,3}?(?:awards?|offers?|deals?|settlements?|claims?|precepts?)\b")
_RATE_OF: Final = _compile(
    rf"\b(?:(?P<up>{_UP_VERB})|(?P<down>{_DOWN_VERB}))\s+at\s+(?:(?:an?|the|annual|"
    rf"average|yearly|real-terms)\s+)*(?:rates?\s+of\s+)?(?:(?:{_ADVERBS})\s+)*$"
)
_THING_BETWEEN: Final = _compile(
    r"\b(?:(?P<up>rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|lift(?:s|ed|ing)?|"
    r"boost(?:s|ed|ing)?|put(?:ting)?\s+up)|(?P<down>cut(?:s|ting)?|reduc(?:e|"
    r"es|ed|ing)|slash(?:es|ed|ing)?))\s+(?:(?!(?:in|to|by|from|of|at|for|among|"
    r"on|with|and|or|as|than)\b)[a-z’'-]+\s+){1,3}$"
)
_MONEY_NOUN: Final = _compile(rf"(?:{_L['change', 'money_nouns']})$")
_TO_BEFORE: Final = _compile(
    r"(?:^|[\s,–—(])(?:to|at|from|of|with|for)\s+(?:(?:a|an|the|record|new|high|"
    r"low|about|around|just|over|under|almost|nearly|more|less|than|some|between|"
    r"only|its|their|current|total|as|many|much)\s+)*$"
)
_OLD_BEFORE: Final = _compile(
    r"(?:\b(?:up|down|rising|falling|increase[ds]?|increasing|dropping|growing|"
    r"compared|rise|fall|drop|decrease[ds]?|decline[ds]?|dropped|fell|rose|grew|"
    r"cut|reduced|raised|reducing|cutting|change[ds]?|jump(?:ed)?|as\s+against|"
    r"against)\b[^.;()]{0,60}?\s|^|[\s,(–—])from\s+(?:(?:a|an|the|record|high|"
    r"low|of|about|around|just|over|under|almost|nearly|more|less|than|some|roughly|"
    r"approximately|around)\s+)*$"
)
_COMPARED_BEFORE: Final = _compile(
    r"\b(?:compared\s+(?:with|to)|against|versus|rather\s+than|after|following)\s+(?:(?:a|"
    r"an|the|rise|increase|fall|drop|of|about|just|over|under|around|almost|nearly)\s+)*$"
)
_BY_FURTHER: Final = _compile(r"\b(?:up|down|by)\s+(?:a\s+)?(?:further|another)\s+$")
_BARE_TO: Final = _compile(r"\bto\s+(?:\w+\s+)*$")
_FURTHER_BEFORE: Final = _compile(r"\b(?:further|additional|extra|another|new|more)\s+$")
_LIKELY_AFTER: Final = _compile(r"\s+(?:more|less|as)\s+likely\b|\s+likelier\b")
_DOWN_WORDS: Final = ("down", "fewer", "less", "lower", "below")
_PARENTHESIS: Final = _compile(
    r"[\s,]*(?:(?:FTE|full-time\s+equivalent|staff|posts|people|places|workers|"
    r"per\s?cent|social\s+workers|children|cases|percentage\s+points?|in\s+cash\s+terms|"
    r"or)\s+){0,3}[\s,]*[(–—]\s*(?:(?:or|just|over|about|around|almost|nearly|"
    r"more|less|than|under|by|i\.e\.|equivalent|to|some)\s+)*|\s*,?\s+or\s+(?:(?:about|"
    r"around|just|over|almost|nearly)\s+)*"
)
_LIST_OF_PLACES: Final = _compile(
    r"\s+(?:in|for|among|at|across)\s(?:(?!\b(?:to|from|of|was|were|had|have|"
    r"has|is|are|said|while|compared)\b)[^.;:()]){1,50}?(?:,|,?\s+and)\s+(?:(?:by|"
    r"about|around|just|over|under|almost|nearly)\s+)*"
)
_EQUAL_TO: Final = _compile(
    r"[^.;:()–]{0,50}?,?\s+(?:equivalent\s+to|equal\s+to|equating\s+to|amounting\s+to)\s+(?:(?:an?|"
    r"about|around|just|over|under|almost|nearly)\s+)*|[^.;:()–]{0,60},\s+or\s+(?:(?:an?|"
    r"about|around|just|over|under|almost|nearly)\s+)*"
)
_TURNED: Final = _compile(
    r"\b(?:turned|voted|backed|put|laid|handed|broken|stood|stepped|struck|signed|"
    r"set|taken|took|made|drawn|drew|picked)\s+(?:down|up)\b"
)
_PHRASAL: Final = _compile(
    r"\b(?:mak(?:e|es|ing)|made|set|tak(?:e|es|ing|en)|took|sign\w*|end\w*|add\w*|"
    r"back\w*|catch\w*|pick\w*|follow\w*|turn\w*|draw\w*|drew|ma\w*|split\w*|"
    r"broken|break\w*|clos\w*|us(?:e|es|ed|ing))\s+$"
)
_TIMES_BEFORE_PAST: Final = _compile(
    r"\s+(?:as\s+many|as\s+much|the\s+(?:number|figure|total|rate|level|amount)|"
    r"that|those|more)\b[^.;]{0,60}\b(?:last|previous|earlier|before|ago|in\s+\d{4}|"
    r"since)\b"
)


def find_roles(text: str, candidates: Sequence[Candidate], sentence: tuple[int, int]) -> list[Role]:
    """Role and direction of each candidate of one sentence, in order.

    >>> text = "It rose by 4.7% (1,485 staff) to 33,119."
    >>> from pipeline.extraction.quantities.candidates import find_candidates
    >>> find_roles(text, find_candidates(text), (0, len(text)))
    [('change', 'up'), ('change', 'up'), ('level', None)]
    """
    roles: list[Role] = []
    for i, candidate in enumerate(candidates):
        last = candidates[i - 1] if i else None
        figures = [other for other in candidates[max(0, i - 4) : i] if other.kind not in ("duration", "age")]
        low = figures[-1].end_char if figures else sentence[0]
        before = text[max(sentence[0], candidate.start_char - 200) : candidate.start_char]
        own = text[max(low, candidate.start_char - 120) : candidate.start_char]
        after = text[candidate.end_char : min(sentence[1], candidate.end_char + 120)]
        role = _role(candidate, before, own, after)
        if role == LEVEL and last is not None:
            role = _inherited(candidate, last, roles, candidates, text)
        roles.append(role)
    return roles


def _role(candidate: Candidate, before: str, own: str, after: str) -> Role:
    """The role by the words around the number: the first of the rules that has one for it, nearest words first."""
    if candidate.kind == "multiplier":
        return _multiplier(candidate, own, after)
    if candidate.kind == "age" or not _ANY.search(own + "\n" + after):
        return LEVEL
    if candidate.kind == "duration":
        return _of_duration(own, after)
    around = _Around(candidate, before, own, after)
    return next((role for rule in _RULES if (role := rule(around)) is not None), LEVEL)


@dataclass(frozen=True, slots=True)
class _Around:
    """A number with the text before it in its sentence, that since the last number, and that behind it."""

    candidate: Candidate
    before: str
    own: str
    after: str


def _likely(around: _Around) -> Role | None:
    """ "15% more likely" is a level."""
    return LEVEL if _LIKELY_AFTER.match(around.after) else None


def _up_or_down(around: _Around) -> Role | None:
    """ "up 4.7%"."""
    match = _UP_DOWN_BEFORE.search(around.own)
    if match is None or _PHRASAL.search(around.own, 0, match.start()):
        return None
    return "change", match["way"].casefold()


def _further(around: _Around) -> Role | None:
    """ "a further 400" is a level, "fell by a further 400" a change."""
    if not _FURTHER_BEFORE.search(around.own) or _BY_FURTHER.search(around.own):
        return None
    return _by_verb(around.own) or LEVEL


def _noun_before(around: _Around) -> Role | None:
    """ "a rise of 4.7%"."""
    return _of_noun(around.candidate, around.own) if _OF_CHANGE.search(around.own) else None


def _end_of_pair(around: _Around) -> Role | None:
    """ "to 33,119" and "from 31,634" are levels."""
    is_new = _TO_BEFORE.search(around.own) and _BARE_TO.search(around.own)
    return LEVEL if is_new or _OLD_BEFORE.search(around.own) else None


def _noun_further_before(around: _Around) -> Role | None:
    """ "the fall in vacancies was 7%"."""
    return _of_noun(around.candidate, around.own) if _NOUN_OF.search(around.own) else None


def _more_or_fewer(around: _Around) -> Role | None:
    """ "300 fewer staff", "20% more people than in 2019", "a third more money"."""
    if _FEWER.match(around.after) or (_MORE_THAN.match(around.after) and _THAN_TIME.match(around.after)):
        return "change", "up" if re.match(r"\s+(?:more|extra|higher)", around.after, re.IGNORECASE) else "down"
    more = _MORE_OF.match(around.after) if around.candidate.unit == "percent" else None
    return ("change", "down" if more["way"].casefold() in _DOWN_WORDS else "up") if more else None


def _sign(around: _Around) -> Role | None:
    return _by_sign(around.candidate, around.own, around.after)


def _award(around: _Around) -> Role | None:
    """ "a 3% pay offer": what pay would go up by."""
    is_award = _AWARD_BEFORE.search(around.own) or _AWARD_AFTER.match(around.after)
    is_pay = around.candidate.unit == "percent" and _PAY.search(around.before + around.after)
    return ("change", "up") if is_award and is_pay else None


def _verb(around: _Around) -> Role | None:
    """ "rose by 4.7%", "rose sharply by some 4.7%", "rose 4.7%"."""
    if by := _by_verb(around.own):
        return by
    match = _VERB_BEFORE.search(around.own)
    if match is None or {"to", "at", "of", "in"} & set(match["gap"].casefold().split()):
        return None
    if _is_object(around.candidate, match[0], around.after):
        return None
    return "change", "up" if match["up"] else "down"


def _compared_after(around: _Around) -> Role | None:
    """ "8% up on 2021", "11% higher than the year before"."""
    match = _UP_DOWN_AFTER.match(around.after)
    if match is None or not (_THAN_TIME.match(around.after) or match["way"].casefold() in ("up", "down")):
        return None
    return "change", "down" if match["way"].casefold() in _DOWN_WORDS else "up"


def _noun_after(around: _Around) -> Role | None:
    """ "a 25% boost to recruitment"; a boost of money is the money itself."""
    candidate = around.candidate
    if candidate.kind == "count" and (candidate.value < 13 or re.match(r"\s+[a-z]+s\b", around.after)):
        return None
    match = _NOUN_AFTER.match(around.after)
    if match is None or (candidate.kind == "money" and _MONEY_NOUN.fullmatch(match["up"] or match["down"])):
        return None
    return "change", "up" if match["up"] else "down"


_RULES: Final[tuple[Callable[[_Around], Role | None], ...]] = (
    _likely, _up_or_down, _further, _noun_before, _end_of_pair, _noun_further_before, _more_or_fewer, _sign, _award,
    _verb, _compared_after, _noun_after,
)  # fmt: skip


def _of_duration(own: str, after: str) -> Role:
    """A stretch of time by which something grew or shrank: "down by two weeks", "two years older than in 2019"."""
    if (older := _OLDER.match(after)) and _THAN_TIME.match(after):
        return "change", "up" if older["up"] else "down"
    if (match := _UP_DOWN_BEFORE.search(own)) and not _PHRASAL.search(own, 0, match.start()):
        return "change", match["way"].casefold()
    if match := _OF_CHANGE.search(own):
        return "change", "up" if match["up"] else "down"
    return _by_verb(own) or LEVEL


def _of_noun(candidate: Candidate, own: str) -> Role:
    """The role of a number behind "a rise of", "the fall in X was"; a boost of money is the money itself."""
    match = _NOUN_OF.search(own) or _OF_CHANGE.search(own)
    if match is None:
        return LEVEL
    noun = match["up"] or match["down"]
    if candidate.kind == "money" and _MONEY_NOUN.fullmatch(noun) and not re.search(r"growth|gain|surge|uplift", noun):
        return LEVEL
    return "change", "up" if match["up"] else "down"


def _by_sign(candidate: Candidate, own: str, after: str) -> Role | None:
    """Rarer signs of a change: "+5%", "12% down", "cut in half", "the largest rise, 12%", "raised fees 5%"."""
    if (match := _ADDS.search(own)) and re.match(r"\s+(?:a\s+year\s+)?to\b", after):
        return "change", "up"
    if candidate.unit == "percent" and _LOST_VALUE.match(after) and _LOST.search(own):
        return "change", "down"
    if _PLUS_POINTS.search(own):
        return "change", "up"
    if match := _AGAINST_LEVEL.match(after):
        return "change", "up" if match["way"].casefold() in ("above", "higher") else "down"
    if candidate.kind in ("percent", "fraction", "ratio", "money"):
        if match := _PLUS_MINUS.search(own):
            return "change", "up" if match["sign"] == "+" else "down"
        if match := _BARE_UP_DOWN.match(after):
            return "change", match["way"].casefold()
        if candidate.kind == "fraction" and _CUT_IN_HALF.search(own):
            return "change", "down"
        pattern = _RATE_OF.search(own) or (
            candidate.kind != "money"
            and ((_CLOSED.match(after) and _NOUN_APPOSED.search(own)) or _THING_BETWEEN.search(own))
        )
        if pattern:
            return "change", "up" if pattern["up"] else "down"
    return None


def _by_verb(own: str) -> Role | None:
    """The role of a number behind "… by": the nearest change word before it, in its clause."""
    if not re.search(rf"\bby\s+(?:(?:{_ADVERBS})\s+)*$", own, re.IGNORECASE):
        return None
    best = None
    own = _TURNED.sub(lambda found: " " * len(found[0]), own)
    for match in re.finditer(
        rf"\b(?:(?P<up>{_UP_VERB}|{_UP_NOUN}|higher|up)|(?P<down>{_DOWN_VERB}|{_DOWN_NOUN}|lower|down))\b",
        own,
        re.IGNORECASE,
    ):
        best = match
    if best is None or re.search(r"[.;:]", own[best.end() :]):
        return None
    if re.search(
        r"\b(?:led|provided|made|run|cited|reported|owned|used|employed|held|accounted|"
        r"accepted|backed|supported|given)\s+by\s+(?:\w+\s+)*$",
        own,
        re.IGNORECASE,
    ):
        return None
    return "change", "up" if best["up"] else "down"


def _is_object(candidate: Candidate, verb: str, after: str) -> bool:
    """Whether the number is what is cut, raised or gained itself: "raised £5m" is money, no change."""
    word = verb.split(maxsplit=1)[0].casefold()
    if re.match(r"\s+(?:\w+\s+){0,3}short\b", after):
        return True
    if word.startswith(
        ("rais", "gain", "expand", "boost", "improv", "recover", "eas", "los", "shed", "lower", "brought", "bring")
    ):
        return not re.search(r"\bby\s", verb)
    if word.startswith(("cut", "reduc", "slash", "trim")) and candidate.kind in ("count", "money"):
        return (
            re.match(r"\s+(?:million|billion)?\s*(?:from|off|in|a\s+year)\b", after) is None
            and candidate.kind == "count"
        )
    return False


def _multiplier(candidate: Candidate, own: str, after: str) -> Role:
    """Doubled, halved: changes. "Twice as likely": a level, unless it is set against an earlier time."""
    if re.match(r"\s+(?:as|more)\s+likely\b", after):
        return LEVEL
    direction = "down" if candidate.value < 1 else "up"
    if re.match(r"\s+(?:as|more|the|that|those|what|higher|greater)\b", after):
        is_verb = re.search(r"\b(?:to|will|would|could|should|might|may)\s+$", own) is not None
        return ("change", direction) if is_verb or _TIMES_BEFORE_PAST.match(after) else LEVEL
    return "change", direction


def _inherited(
    candidate: Candidate, last: Candidate, roles: list[Role], candidates: Sequence[Candidate], text: str
) -> Role:
    """ "(9.2%)" behind a change is the same change; "compared with 2%" is set against a change of the same unit."""
    between = text[last.end_char : candidate.start_char]
    if (
        roles[-1][0] == "change"
        and last.kind != "multiplier"
        and candidate.unit != last.unit
        and _PARENTHESIS.fullmatch(between)
    ):
        if re.match(
            r"\s*(?:of|in)\s+(?:the\s+)?(?:total|whole|workforce|all)\b",
            text[candidate.end_char : candidate.end_char + 30],
        ):
            return LEVEL
        return roles[-1]
    if (
        roles[-1][0] == "change"
        and last.kind != "multiplier"
        and candidate.unit != last.unit
        and _EQUAL_TO.fullmatch(between)
    ):
        return roles[-1]
    if _COMPARED_BEFORE.search(between):
        for other, role in zip(reversed(candidates[: len(roles)]), reversed(roles), strict=True):
            if other.unit == candidate.unit:
                return role if role[0] == "change" and candidate.kind == "percent" else LEVEL
    if (
        roles[-1][0] == "change"
        and candidate.unit == last.unit
        and candidate.kind == "percent"
        and _LIST_OF_PLACES.fullmatch(between)
    ):
        return roles[-1]
    if (
        roles[-1][0] == "change"
        and candidate.unit == last.unit
        and candidate.kind == "percent"
        and re.fullmatch(r"[^.;:()]{0,60}\s+and\s+(?:by\s+)?(?:(?:just|over|about|almost|nearly)\s+)*", between)
    ):
        return (
            roles[-1]
            if re.search(r"\bby\s+(?:\w+\s+)*$", between) or re.fullmatch(r"\s*(?:in\s+\S+\s+)?and\s+", between)
            else LEVEL
        )
    return LEVEL
