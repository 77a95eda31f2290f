"""Sentence patterns whose measure is not told by the words beside the number: votes, costs, answers, sums, lengths."""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities.gates import has_piece
from pipeline.extraction.quantities.measure_cues import PRONOUN
from pipeline.extraction.quantities.phrases import first_phrase, last_clause, noun_phrase, tidy, with_article
from pipeline.extraction.quantities.wording import opens_with_verb


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_APPROX: Final = (
    r"(?:(?:an?|the|about|around|just|over|under|almost|nearly|more|less|than|some|only|up|to|at|least|as|much|further|extra|"
    r"additional|another|estimated|total|between|combined)\s+)*$"
)
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
_WHICH: Final = _compile(r"(?P<what>[^,;:.]+),\s+(?:which|that|who)\s+[^,;:]*$")
_COSTS: Final = _compile(
    rf"\b(?:(?:would|will|could|may|might|is\s+expected\s+to|to)\s+(?:have\s+)?)?(?P<verb>cost|costs|costing|save|saves|saved)\s+"
    rf"(?P<whom>(?:(?!(?:at|up|about|around|more|less|over|an?|just|only|nearly|almost|as|between)\b)[\w’'-]+\s+){{0,4}}?){_APPROX}"
)
_WORTH: Final = _compile(rf"(?:,|\s[–—])?\s+(?:(?:which|that)\s+)?(?:(?:is|was|were|will\s+be)\s+)?worth\s+{_APPROX}")
_BACKED: Final = _compile(
    rf"\s+(?:(?:is|was|will|would|to|be|been|being|has|have)\s+)*(?:backed|supported|funded|underpinned|accompanied|com(?:es?|ing)|"
    rf"came)\s+(?:by|with)\s+{_APPROX}"
)
_WITH: Final = _compile(
    rf"(?:^|,\s+)(?P<what>(?:(?!\b(?:an?\s+(?:budget|cost|salary|income|deficit))\b)[^;:,])+(?:fund|scheme|programme|strategy|plan|pilot|trial|project|initiative|"
    rf"package|service|grant|budget)s?\b[^,;:]{{0,80}}?),?\s+with\s+{_APPROX}"
)
_EARNS: Final = _compile(
    rf"(?P<who>[^;:.]{{3,120}}?),?\s+(?:who\s+(?:is|are|was|were)\s+|who\s+|currently\s+|now\s+)?(?:earning|earns?|earned)\s+{_APPROX}"
)
_PUT_AT: Final = _compile(
    rf"\b(?:put(?:s|ting)?|estimat(?:es|ed|ing)|valu(?:es|ed|ing)|calculat(?:es|ed|ing)|set(?:s|ting)?|kept|keeps?|cap(?:s|ped|ping))\s+(?P<what>(?!at\b|up\b|out\b|aside\b)[^,;.:]{{3,80}}?)\s+at\s+{_APPROX}"
)
#: What a noun begins behind.
_ARTICLES: Final = _compile(r"\b(?:of|about|for|with|by|on|from|at|in|to|into|the|an?|its|their|this)\s+(?=[\w“‘])")
_TO: Final = _compile(r"\b(?:to|for|the|an?|its|their|while|and)\s+(?=[\w“‘])")
_SUM_OF: Final = _compile(
    r"(?<![\w’'-])(?P<what>(?:(?!(?:an?|the|its|their|our|of|to|with|and|by)\b)[\w’'-]+\s+){0,3}?(?:funding|grants?|budgets?|spending|expenditure|investment|contracts?|income|costs?|bills?|"
    r"shortfall|gap|deficits?|savings?|pay|salary|salaries|wages?|earnings|rents?|price|cap|fees?|revenue|surplus|losses|profits?|fines?|payments?|awards?|"
    r"funds?|allowances?|overspends?|supplements?|bursary|bursaries|stipends?|pensions?|premiums?|retainers?|charges?|benefits?))\s+(?:of|at|totalling|averag(?:es|ed|ing)|(?:is|was|stands\s+at|stood\s+at))\s+"
    rf"{_APPROX}"
)
_ADDS: Final = _compile(rf"\b(?:add(?:s|ed|ing)?|put(?:s|ting)?)\s+(?:between\s+)?{_APPROX}")
_ADD_STEMS: Final = (" add", " put")
#: So near, in characters, stands a verb of adding.
_NEAR: Final = 60
#: No noun of money with what leads from it to its sum is longer.
_FAR: Final = 160
_ADDED_TO: Final = _compile(r"\s+(?:(?:a|per)\s+(?:year|week|month)\s+)?(?:to|on|onto)\s+(?P<what>[^.;,]+)")
_RECEIVES: Final = _compile(
    rf"\s+(?:(?:is|are|was|were|will|would|to|be|been|has|have|each)\s+)*(?:get|gets|receives?|received|given|paid|awarded|"
    rf"allocated|shar(?:e|ed))\s+{_APPROX}"
)
_TOOK: Final = _compile(
    rf"\s+(?:(?:has|have|had|now|typically|still)\s+)*(?:took|takes?|taken|taking|lasted|lasts?|lasting)\s+{_APPROX}"
)
_ANSWERS: Final = re.compile(r"(?:responses|replies|submissions|returns|comments)$", re.IGNORECASE)
_DREW: Final = _compile(
    r"(?:,?\s+(?:and|which|that)\b[^,]*,?)?\s+(?:had\s+|has\s+)?(?:drew|drawn|received|attracted|prompted|generated|gathered)\s+"
    + _APPROX
)
_MEAN_STEMS: Final = ("averag", "mean ")
_AVERAGE_BEFORE: Final = _compile(
    r"\b(?:averag(?:e|es|ed|ing)|mean\s+(?!that|the|it))\b[^.;:,]{0,60}$|^on\s+average\b[^.;:]{0,90}$"
)
_MEDIAN_BEFORE: Final = _compile(r"\bmedian\b[^.;:,]{0,60}$")
_ADVERBS: Final = {"hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "annual"}
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
    'cost of the new rules to councils'
    >>> of_money("It said that the improvement fund, worth ", "")
    'improvement fund'
    """
    is_cost = "cost" in before
    if is_cost and (match := _AT_COST.search(before)):
        what = _subject(before[: match.start()])
        return f"{match['kind'] or ''} cost of {what}".strip() if what else "cost"
    if (is_cost or " sav" in before) and (match := _COSTS.search(before)):
        what, whom = _subject(before[: match.start()]), tidy(match["whom"])
        head = "saving from" if match["verb"].casefold().startswith("sav") else "cost of"
        if what:
            return f"{head} {what}" + (f" to {whom}" if whom and head == "cost of" else "")
        return carried or (head.split(maxsplit=1)[0] + (f" to {whom}" if whom else ""))
    if match := _WORTH.search(before):
        return tidy(last_noun(before[: match.start()]))
    if match := _BACKED.search(before):
        what = _subject(before[: match.start()])
        return f"funding for {what}" if what else ""
    if " with " in before[-40:] and (match := _WITH.search(before)):
        what = _subject(re.split(r"\sto\s", match["what"])[0])
        return f"funding for {what}" if what else ""
    return ""


def last_noun(before: str, marks: re.Pattern[str] = _ARTICLES) -> str:
    """The noun that a text ends in, from its article or preposition on.

    >>> last_noun("Ministers have ended the improvement fund")
    'improvement fund'
    """
    return tidy(marks.split(last_clause(before))[-1])


def of_pay(before: str) -> str:
    """ "salary of clerks" of "clerks earning £20,000"; "" where nobody earns it.

    >>> of_pay("It applies to clerks at grade 4, earning ")
    'salary of clerks at grade 4'
    """
    match = _EARNS.search(before) if "earn" in before else None
    who = noun_phrase(last_noun(match["who"], _TO)) if match else ""
    return f"salary of {who}" if who and not PRONOUN.match(who) and len(who.split()) <= 10 else ""


def of_level(before: str) -> str:
    """What somebody puts at a figure: "price of the changes" of "It put the price of the changes at £4m".

    >>> of_level("An audit put the price of the changes at about ")
    'price of the changes'
    """
    match = _PUT_AT.search(before) if " at " in before[-40:] else None
    return tidy(match["what"]) if match else ""


def of_added(before: str, after: str) -> str:
    """What a sum or share is added to; "" where none is.

    >>> of_added("The deal adds ", " to councils’ pay bill, it said")
    'councils’ pay bill'
    """
    match = _ADDED_TO.match(after) if has_piece(before[-_NEAR:], _ADD_STEMS) and _ADDS.search(before) else None
    return tidy(first_phrase(" " + match["what"])) if match else ""


def of_sum(before: str) -> str:
    """The noun of money that a sum is of: "a funding gap of £2bn".

    >>> of_sum("The plans left a funding gap of ")
    'funding gap'
    """
    match = _SUM_OF.search(before[-_FAR:])
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
    if "median" in before and _MEDIAN_BEFORE.search(before):
        return f"median {measure}"
    is_average = has_piece(before.lower(), _MEAN_STEMS) and _AVERAGE_BEFORE.search(before) is not None
    return f"average {measure}" if is_average or _AVERAGE_AFTER.match(after) else measure


def with_rate(measure: str, unit: str, rate: str) -> str:
    """The measure of a price or of hours with what it is for: "fee a week"; a sum's "a year" only where nothing says so.

    >>> with_rate("foster carers’ fee", "GBP", "per week"), with_rate("annual fee", "GBP", "a year")
    ('foster carers’ fee per week', 'annual fee')
    """
    last = rate.rsplit(maxsplit=1)[-1].lower()
    if (
        not measure
        or unit not in ("GBP", "hour")
        or re.search(rf"\b(?:{last}|{_ADVERBS.get(last, last)})", measure.lower())
    ):
        return measure
    return f"{measure} {rate}"


def _subject(before: str) -> str:
    clause = re.sub(r",?\s+(?:which|that|who)\b[^,]*,?\s*$", "", last_clause(before)) or before
    found = noun_phrase(tidy(clause))
    if opens_with_verb(found):
        told = _WHICH.search(before)
        clause = told["what"] if told else ""
        found = noun_phrase(tidy(clause))
    return "" if not found or PRONOUN.match(found) or len(found.split()) > 14 else with_article(clause, found)
