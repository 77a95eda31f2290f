"""Sentence patterns whose measure is not told by the words beside the number: votes, costs, answers, sums, lengths."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities.measure_cues import PRONOUN
from pipeline.extraction.quantities.phrases import first_phrase, last_clause, noun_phrase, tidy


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_APPROX: Final = (
    r"(?:(?:an?|the|about|around|just|over|under|almost|nearly|more|less|than|some|only|up|to|at|least|as|much|further|extra|"
    r"additional|another|estimated|total|between|combined)\s+)*$"
)
#: So many words before a bare noun tell what it is of; tuned on our own corpus (4, 6 and 8 tried).
_LED: Final = 6
_VOTED: Final = _compile(
    r"\b(?:(?:is|was|were|been|being)\s+)?(?:finally\s+|narrowly\s+|then\s+)?(?:voted|approved|backed|passed|carried|agreed|"
    r"accepted|supported|rejected|defeated|lost|turned|opposed|amended)\b(?P<what>[^;:]*)\bby\s+$"
)
_VOTED_FOR: Final = _compile(
    r"\s+(?:votes\s+)?(?:\w+\s+month\s+)?(?:to|for|in\s+favour\s+of)\s+(?!\d)(?P<what>[^.;,]+)"
)
_AT_COST: Final = _compile(
    rf"\bat\s+an?\s+(?:(?P<kind>mean|average|total|annual|net|overall)\s+)?cost\s+of\s+{_APPROX}"
)
_COSTS: Final = _compile(
    rf"\b(?:(?:would|will|could|may|might|is\s+expected\s+to|to)\s+(?:have\s+)?)?(?P<verb>cost|costs|costing|save|saves|saved)\s+"
    rf"(?P<whom>(?:(?!(?:at|up|about|around|more|less|over|an?|just|only|nearly|almost|as|between)\b)[\w’'-]+\s+){{0,4}}?){_APPROX}"
)
_WORTH: Final = _compile(rf",?\s+(?:(?:which|that)\s+)?(?:(?:is|was|were|will\s+be)\s+)?worth\s+{_APPROX}")
_BACKED: Final = _compile(
    rf"\s+(?:(?:is|was|will|would|to|be|been|being|has|have)\s+)*(?:backed|supported|funded|underpinned|accompanied|com(?:es?|ing)|"
    rf"came)\s+(?:by|with)\s+{_APPROX}"
)
_SUM_OF: Final = _compile(
    r"(?P<what>(?:(?!(?:an?|the|its|their|our|of|to|with|and|by)\b)[\w’'-]+\s+){0,3}?(?:funding|grants?|budgets?|spending|expenditure|investment|contracts?|income|costs?|bills?|"
    r"shortfall|gap|deficits?|savings?|pay|salary|salaries|price|cap|fees?|revenue|surplus|losses|profits?|fines?|payments?|awards?|"
    r"funds?|allowances?|overspends?|supplements?))\s+(?:of|at|totalling|averag(?:es|ed|ing)|(?:is|was|stands\s+at|stood\s+at))\s+"
    rf"{_APPROX}"
)
_ADDS: Final = _compile(rf"\b(?:add(?:s|ed|ing)?|put(?:s|ting)?)\s+(?:between\s+)?{_APPROX}")
_ADDED_TO: Final = _compile(r"\s+(?:(?:a|per)\s+(?:year|week|month)\s+)?(?:to|on|onto)\s+(?P<what>[^.;,]+)")
_RECEIVES: Final = _compile(
    rf"\s+(?:(?:is|are|was|were|will|would|to|be|been|has|have|each)\s+)*(?:get|gets|receives?|received|given|paid|awarded|"
    rf"allocated|shar(?:e|ed))\s+{_APPROX}"
)
_TOOK: Final = _compile(
    rf"\s+(?:(?:has|have|had|now|typically|still)\s+)*(?:took|takes?|taken|lasted|lasts?)\s+{_APPROX}"
)
_ANSWERS: Final = re.compile(r"(?:responses|replies|submissions|returns|comments)$", re.IGNORECASE)
_DREW: Final = _compile(
    r"(?:,?\s+(?:and|which|that)\b[^,]*,?)?\s+(?:had\s+|has\s+)?(?:drew|drawn|received|attracted|prompted|generated|gathered)\s+"
    + _APPROX
)
_AVERAGE_BEFORE: Final = _compile(
    r"\b(?:averag(?:e|es|ed|ing)|mean\s+(?!that|the|it))\b[^.;:,]{0,60}$|^on\s+average\b[^.;:]{0,90}$"
)
_MEDIAN_BEFORE: Final = _compile(r"\bmedian\b[^.;:,]{0,60}$")
_AVERAGE_AFTER: Final = _compile(r"\s*,?\s+(?:[\w’'-]+\s+){0,3}?on\s+average\b")


def of_vote(before: str, after: str, is_for: bool, is_share: bool) -> str:
    """ "votes for the motion" of "Peers backed the motion by 71 votes to 40".

    >>> of_vote("Peers backed the motion by ", " votes to 40", True, False)
    'votes for the motion'
    """
    match = _VOTED.search(before)
    what = tidy(match["what"]) if match else ""
    who = tidy(last_clause(before[: match.start()])) if match else ""
    ahead = _VOTED_FOR.match(after)
    if what.casefold() in ("", "it", "them", "this") or what.startswith("down"):
        what, who = (tidy(ahead["what"]), who) if ahead else (who, "")
    side = "for" if is_for else "against"
    if is_share and who and not PRONOUN.match(who):
        return f"{who} who voted {side} {what}".strip()
    return f"votes {side} the {what}" if what else "votes"


def of_money(before: str, carried: str) -> str:
    """The measure of a sum that stands behind a verb of cost, worth or support; "" where none does.

    >>> of_money("The new rules would cost councils ", "")
    'cost of new rules to councils'
    >>> of_money("It said that the improvement fund, worth ", "")
    'improvement fund'
    """
    if match := _AT_COST.search(before):
        what = _subject(before[: match.start()])
        return f"{match['kind'] or ''} cost of {what}".strip() if what else "cost"
    if match := _COSTS.search(before):
        what, whom = _subject(before[: match.start()]), tidy(match["whom"])
        head = "saving from" if match["verb"].casefold().startswith("sav") else "cost of"
        if what:
            return f"{head} {what}" + (f" to {whom}" if whom and head == "cost of" else "")
        return carried or (head.split(maxsplit=1)[0] + (f" to {whom}" if whom else ""))
    if match := _WORTH.search(before):
        return _subject(before[: match.start()])
    if match := _BACKED.search(before):
        what = _subject(before[: match.start()])
        return f"funding for {what}" if what else ""
    return ""


def of_added(before: str, after: str) -> str:
    """What a sum or share is added to; "" where none is.

    >>> of_added("The deal adds ", " to councils’ pay bill, it said")
    'councils’ pay bill'
    """
    match = _ADDED_TO.match(after) if _ADDS.search(before) else None
    return tidy(first_phrase(" " + match["what"])) if match else ""


def of_sum(before: str) -> str:
    """The noun of money that a sum is of: "a funding gap of £2bn".

    >>> of_sum("The plans left a funding gap of ")
    'funding gap'
    """
    match = _SUM_OF.search(last_clause(before))
    return noun_phrase(tidy(match["what"])) if match else ""


def of_recipient(before: str) -> str:
    """ "funding for councils" of "councils will receive £5m"."""
    match = _RECEIVES.search(before)
    what = _subject(before[: match.start()]) if match else ""
    return f"funding for {what}" if what else ""


def of_length(before: str) -> str:
    """ "length of cases" of "the average case took 31 weeks"."""
    match = _TOOK.search(before)
    what = _subject(before[: match.start()]) if match else ""
    return f"length of {what}" if what else ""


def of_answers(before: str, measure: str) -> str:
    """ "responses to consultation" of "The consultation drew 500 responses"."""
    match = _DREW.search(before) if _ANSWERS.search(measure) and len(measure.split()) <= 3 else None
    what = _subject(before[: match.start()]) if match else ""
    return f"{measure} to {what}" if what else measure


def with_average(before: str, after: str, measure: str) -> str:
    """The measure with "average" or "median", where the sentence says so and the measure does not.

    >>> with_average("Losses averaged ", " per person", "losses per person")
    'average losses per person'
    """
    if not measure or re.search(r"\b(?:averag|median|mean\b)", measure, re.IGNORECASE):
        return measure
    if _MEDIAN_BEFORE.search(before):
        return f"median {measure}"
    return f"average {measure}" if _AVERAGE_BEFORE.search(before) or _AVERAGE_AFTER.match(after) else measure


def led_to(before: str, measure: str) -> str:
    """A bare noun with the words that lead to it, in their order: "said that councils had shut wings".

    >>> led_to("It said that councils had shut ", "wings")
    'said that councils had shut wings'
    """
    words = tidy(before).split()
    if measure and measure.casefold() in (word.casefold() for word in words):
        return measure
    return tidy(" ".join([*words[-_LED:], measure]))


def _subject(before: str) -> str:
    found = noun_phrase(tidy(re.sub(r",?\s+(?:which|that|who)\b[^,]*,?\s*$", "", last_clause(before)) or before))
    return "" if PRONOUN.match(found) or len(found.split()) > 14 else found
