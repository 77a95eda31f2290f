"""Role and direction of a number: the size of a rise or fall (``change``), or a level.

The words around the number decide, nearest first: "up 4.7%", "a fall of 658", "rose by £3.4bn", "a 25% boost",
"(9.2%)" behind a change. "from 4,210 to 5,930", "rose to 30,560", "a further 400" and "15% more likely" are levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.extraction.quantities import role_cues as cues
from pipeline.extraction.quantities.candidate import Candidate
from pipeline.extraction.quantities.role_chains import LEVEL, Role, inherited
from pipeline.extraction.quantities.votes import find_votes

#: No pay offer gives more to each, in pounds a year.
_MOST_PAY: Final = 20_000


def find_roles(text: str, candidates: Sequence[Candidate], sentence: tuple[int, int]) -> list[Role]:
    """Role and direction of each candidate of one sentence, in order.

    >>> text = "It rose by 3.1% (920 staff) to 30,560."
    >>> from pipeline.extraction.quantities.candidates import find_candidates
    >>> find_roles(text, find_candidates(text), (0, len(text)))
    [('change', 'up'), ('change', 'up'), ('level', None)]
    """
    roles: list[Role] = []
    if not candidates:
        return roles
    marks = [match.span() for match in cues.WORD.finditer(text, *sentence) if cues.is_mark(match[0])]
    votes = find_votes(text, sentence[0], range(len(candidates)), candidates)
    for i, candidate in enumerate(candidates):
        if i in votes:
            roles.append(LEVEL)
            continue
        last = candidates[i - 1] if i else None
        figures = [other for other in candidates[max(0, i - 4) : i] if other.kind not in ("duration", "age")]
        low = figures[-1].end_char if figures else sentence[0]
        before = text[max(sentence[0], candidate.start_char - 200) : candidate.start_char]
        own = text[max(low, candidate.start_char - 120) : candidate.start_char]
        after = text[candidate.end_char : min(sentence[1], candidate.end_char + 120)]
        near = (candidate.start_char - len(own), candidate.end_char + len(after))
        if "(" in after or "–" in after:
            after = cues.PARTING.sub("", after)
        is_told = (
            own[-1:] in "+−-"
            or own.endswith(" by ")
            or any(near[0] <= begin and end <= near[1] for begin, end in marks)
        )
        if candidate.kind == "multiplier":
            role = _multiplier(text[candidate.start_char : candidate.end_char], candidate, own, after)
        else:
            role = _role(candidate, before, own, after) if is_told else LEVEL
        if role == LEVEL and last is not None:
            role = inherited(candidate, last, roles, candidates, text)
        roles.append(role)
    return roles


def _role(candidate: Candidate, before: str, own: str, after: str) -> Role:
    """The role by the words around the number: the first of the rules that has one for it, nearest words first."""
    if candidate.kind == "age":
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
    return LEVEL if cues.LIKELY_AFTER.match(around.after) else None


def _up_or_down(around: _Around) -> Role | None:
    """ "up 4.7%"."""
    match = cues.UP_DOWN_BEFORE.search(around.own)
    if match is None or cues.PHRASAL.search(around.own, 0, match.start()):
        return None
    return "change", match["way"].casefold()


def _own_sum(around: _Around) -> Role | None:
    """ "boosted by a £2m fund" is a level, "£2m in cuts" a change."""
    if around.candidate.kind != "money":
        return None
    if cues.FUND_AFTER.match(around.after) and cues.BY_END.search(around.own):
        return LEVEL
    match = cues.IN_CUTS.match(around.after)
    return ("change", "up" if match["up"] else "down") if match else None


def _size_compared(around: _Around) -> Role | None:
    """ "£900 a year better off", "£20m smaller than last year"."""
    match = cues.OFF.match(around.after)
    if match is None and cues.THAN_TIME.match(around.after):
        match = cues.SIZE.match(around.after)
    return ("change", "up" if match["up"] else "down") if match else None


def _noun_linked(around: _Around) -> Role | None:
    """ "the cut amounts to £16m", "a 3.55% rise"."""
    match = cues.NOUN_LINKED.search(around.own)
    if match is None and around.candidate.unit == "percent":
        match = cues.NOUN_RIGHT_AFTER.match(around.after)
    return ("change", "up" if match["up"] else "down") if match else None


def _by_up_to(around: _Around) -> Role | None:
    """ "go up by up to 15%": no end of a pair."""
    return _by_verb(around.own) if cues.BY_UP_TO.search(around.own) else None


def _taken_out(around: _Around) -> Role | None:
    """ "took £20m out of the budget"."""
    is_sum = around.candidate.unit in ("GBP", "percent")
    taken = is_sum and cues.OUT_OF.match(around.after) and cues.TAKEN.search(around.own)
    return ("change", "down") if taken else None


def _in_place(around: _Around) -> Role | None:
    """ "rose in Leeds (8%)", "rises in referrals (8%)"."""
    if around.candidate.unit != "percent":
        return None
    match = cues.IN_PLACE.search(around.own)
    if match is None and not around.after.lstrip().startswith(")"):
        return None
    if match is None and not cues.SURVEYED.search(around.before):
        match = cues.IN_THING.search(around.own)
    if match is None and not cues.SAID.search(around.before):
        match = cues.VERB_ASIDE.search(around.own)
    return ("change", "up" if match["up"] else "down") if match else None


def _pay_received(around: _Around) -> Role | None:
    """ "staff will get 3%", where the sentence is about pay."""
    if around.candidate.unit != "percent" or not cues.RECEIVES.search(around.own):
        return None
    is_pay = cues.PAY_DEAL.search(around.before) or cues.PAY_DEAL.search(around.after)
    return ("change", "up") if is_pay and not cues.OF_OTHER.match(around.after) else None


def _further(around: _Around) -> Role | None:
    """ "a further 400" is a level, "fell by a further 400" a change."""
    if not cues.FURTHER_BEFORE.search(around.own) or cues.BY_FURTHER.search(around.own):
        return None
    return _by_verb(around.own) or LEVEL


def _noun_before(around: _Around) -> Role | None:
    """ "a rise of 4.7%", "the largest cuts, averaging 12%"."""
    if cues.LEVEL_OF.search(around.own):
        return LEVEL
    if around.candidate.unit == "percent" and (match := cues.AVERAGING.search(around.own)):
        return "change", "up" if match["up"] else "down"
    return _of_noun(around.candidate, around.own) if cues.OF_CHANGE.search(around.own) else None


def _end_of_pair(around: _Around) -> Role | None:
    """ "to 30,560" and "from 29,640" are levels; "up to 300 fewer" is no pair."""
    if cues.UP_TO.search(around.own) and cues.FEWER.match(around.after):
        return None
    new = cues.BARE_TO.search(around.own) if cues.TO_BEFORE.search(around.own) else None
    noun = cues.NOUN_OF.search(around.own)
    is_led_to = new is not None and noun is not None and noun.start() > new.start()  # "led to a rise in costs of 5%"
    is_new = new is not None and not is_led_to and not cues.WORTH_UP_TO.search(around.own)
    return LEVEL if is_new or cues.OLD_BEFORE.search(around.own) else None


def _noun_further_before(around: _Around) -> Role | None:
    """ "the fall in vacancies was 7%"."""
    return _of_noun(around.candidate, around.own) if cues.NOUN_OF.search(around.own) else None


def _more_or_fewer(around: _Around) -> Role | None:
    """ "300 fewer staff", "20% more people than in 2019", "a third more money"."""
    if cues.FEWER.match(around.after) or (cues.MORE_THAN.match(around.after) and cues.THAN_TIME.match(around.after)):
        return "change", "up" if re.match(r"\s+(?:more|extra|higher)", around.after, re.IGNORECASE) else "down"
    more = cues.MORE_OF.match(around.after) if around.candidate.unit == "percent" else None
    return ("change", "down" if more["way"].casefold() in cues.DOWN_WORDS else "up") if more else None


def _sign(around: _Around) -> Role | None:
    return _by_sign(around.candidate, around.own, around.after)


def _award(around: _Around) -> Role | None:
    """ "a 3% pay offer", "a £900 pay offer": what pay would go up by."""
    if around.candidate.unit == "GBP":
        is_offer = cues.PAY_OFFER_AFTER.match(around.after) or cues.PAY_OFFER_BEFORE.search(around.own)
        return ("change", "up") if is_offer and around.candidate.value < _MOST_PAY else None
    told = cues.AWARD_BEFORE.search(around.own)
    is_award = told or cues.AWARD_AFTER.match(around.after)
    is_share = around.candidate.unit != "percent" or (told and re.match(r"\s+of\b", around.after))
    is_pay = not is_share and (
        cues.PAY.search(around.before + around.after) or (told and cues.PAID.search(around.before))
    )
    return ("change", "up") if is_award and is_pay else None


def _verb(around: _Around) -> Role | None:
    """ "rose by 4.7%", "rose sharply by some 4.7%", "rose 4.7%"."""
    is_share = around.candidate.unit == "percent" and not re.match(r"\s+of\b", around.after)
    told = around.before if cues.AND_BY.fullmatch(around.own) else around.own
    if by := _by_verb(told, is_share):
        return by
    match = cues.VERB_BEFORE.search(around.own)
    if match is None or {"to", "at", "of", "in"} & set(match["gap"].casefold().split()):
        return None
    if _is_object(around.candidate, match[0], around.after):
        return None
    return "change", "up" if match["up"] else "down"


def _compared_after(around: _Around) -> Role | None:
    """ "8% up on 2021", "11% higher than the year before"."""
    match = cues.UP_DOWN_AFTER.match(around.after)
    if match is None or not (cues.THAN_TIME.match(around.after) or match["way"].casefold() in ("up", "down")):
        return None
    return "change", "down" if match["way"].casefold() in cues.DOWN_WORDS else "up"


def _noun_after(around: _Around) -> Role | None:
    """ "a 25% boost to recruitment"; a boost of money is the money itself."""
    candidate = around.candidate
    if candidate.kind == "count" and (candidate.value < 13 or re.match(r"\s+[a-z]+s\b", around.after)):
        return None
    match = cues.NOUN_AFTER.match(around.after)
    if match is None or (candidate.kind == "money" and cues.MONEY_NOUN.fullmatch(match["up"] or match["down"])):
        return None
    return "change", "up" if match["up"] else "down"


_RULES: Final[tuple[Callable[[_Around], Role | None], ...]] = (
    _likely, _own_sum, _size_compared, _noun_linked, _by_up_to, _taken_out, _in_place, _up_or_down, _further, _noun_before, _end_of_pair, _noun_further_before, _more_or_fewer, _sign, _award,
    _pay_received, _verb, _compared_after, _noun_after,
)  # fmt: skip


def _of_duration(own: str, after: str) -> Role:
    """A stretch of time by which something grew or shrank: "down by two weeks", "two years older than in 2019"."""
    if (older := cues.OLDER.match(after)) and cues.THAN_TIME.match(after):
        return "change", "up" if older["up"] else "down"
    if (match := cues.UP_DOWN_BEFORE.search(own)) and not cues.PHRASAL.search(own, 0, match.start()):
        return "change", match["way"].casefold()
    if match := cues.MOVED_AFTER.match(after):
        return "change", match["way"].casefold()
    if match := cues.OF_CHANGE.search(own):
        return "change", "up" if match["up"] else "down"
    if (by := _by_verb(own)) is not None:
        return by
    if noun := cues.NOUN_RIGHT_AFTER.match(after):
        return "change", "up" if noun["up"] else "down"
    match = None if cues.AGO.match(after) else cues.VERB_BEFORE.search(own)
    if match and not {"to", "at", "of", "in"} & set(match["gap"].casefold().split()):
        return "change", "up" if match["up"] else "down"
    return LEVEL


def _of_noun(candidate: Candidate, own: str) -> Role:
    """The role of a number behind "a rise of", "the fall in X was"; a boost of money is the money itself."""
    match = cues.NOUN_OF.search(own) or cues.OF_CHANGE.search(own)
    if match is None:
        return LEVEL
    noun = match["up"] or match["down"]
    if (
        candidate.kind == "money"
        and cues.MONEY_NOUN.fullmatch(noun)
        and not re.search(r"growth|gain|surge|uplift", noun)
    ):
        return LEVEL
    return "change", "up" if match["up"] else "down"


def _by_sign(candidate: Candidate, own: str, after: str) -> Role | None:
    """Rarer signs of a change: "+5%", "12% down", "cut in half", "the largest rise, 12%", "raised fees 5%"."""
    if (match := cues.ADDS.search(own)) and re.match(r"\s+(?:a\s+year\s+)?(?:to|on|onto|towards)\b", after):
        return "change", "up"
    if candidate.unit == "percent" and cues.LOST_VALUE.match(after) and cues.LOST.search(own):
        return "change", "down"
    if cues.PLUS_POINTS.search(own):
        return "change", "up"
    if match := cues.AGAINST_LEVEL.match(after):
        return "change", "up" if match["way"].casefold() in ("above", "higher") else "down"
    if candidate.kind in ("percent", "fraction", "ratio", "money"):
        if match := cues.PLUS_MINUS.search(own):
            return "change", "up" if match["sign"] == "+" else "down"
        if match := cues.BARE_UP_DOWN.match(after):
            return "change", "down" if match["way"].casefold() in cues.DOWN_WORDS else "up"
        if candidate.kind == "fraction" and cues.CUT_IN_HALF.search(own):
            return "change", "down"
        pattern = cues.RATE_OF.search(own) or (
            candidate.kind != "money"
            and ((cues.CLOSED.match(after) and cues.NOUN_APPOSED.search(own)) or cues.THING_BETWEEN.search(own))
        )
        if pattern:
            return "change", "up" if pattern["up"] else "down"
    return None


def _by_verb(own: str, is_share: bool = False) -> Role | None:
    """The role of a number behind "… by": the nearest change word before it, in its clause.

    Behind "cut the homes that they run by" a share is the size of the cut; a count could be who runs them.
    """
    if not cues.BY_END.search(own):
        return None
    best = None
    own = cues.UP_TO_END.sub(" by ", cues.TURNED.sub(lambda found: " " * len(found[0]), own))
    for match in re.finditer(
        rf"\b(?:(?P<up>{cues.UP_VERB}|{cues.UP_NOUN}|higher|longer|up)|(?P<down>{cues.DOWN_VERB}|{cues.DOWN_NOUN}|lower|shorter|down))\b",
        own,
        re.IGNORECASE,
    ):
        best = match
    if best is None or re.search(r"\.(?!\d)|[;:]|\bshort\b", own[best.end() :]):
        return None
    if not is_share and re.search(
        r"\b(?:followed|led|provided|made|run|cited|reported|owned|used|employed|held|accounted|"
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


def _multiplier(body: str, candidate: Candidate, own: str, after: str) -> Role:
    """Doubled, halved: changes. "Twice as likely": a level, unless it is set against an earlier time."""
    if re.match(r"\s+(?:as|more)\s+likely\b", after):
        return LEVEL
    direction = "down" if candidate.value < 1 else "up"
    if body.casefold().endswith(("ed", "ing")):
        return "change", direction
    if verb := cues.VERB_BEFORE.search(own):
        return "change", "down" if verb["down"] else "up"
    if re.match(r"\s+(?:as|more|the|that|those|what|higher|greater|last|its)\b", after):
        is_verb = re.search(r"\b(?:to|will|would|could|should|might|may)\s+$", own) is not None
        return ("change", direction) if is_verb or cues.TIMES_BEFORE_PAST.match(after) else LEVEL
    return "change", direction
