"""Measures told by a link to other words: "the fund, for which £60m was found", "£5m in Kent and £6m in Hull".

Pure functions over the words before, between and behind numbers; "" where the link is not there.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities.measure_cues import GROUPS, LIKELY, NOUNS, PRONOUN
from pipeline.extraction.quantities.phrases import first_phrase, last_clause, noun_phrase, tidy
from pipeline.extraction.quantities.wording import gerund


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_APPROX: Final = (
    r"(?:(?:an?|the|about|around|just|over|under|almost|nearly|more|less|than|some|only|up|to|at|least|as|much|many|"
    r"further|extra|additional|another|estimated|total|between)\s+)*$"
)
_OF_WHICH: Final = _compile(
    rf"(?P<what>[^,;:.]+?),?\s+(?P<link>of|for|with|from|by|on|under|to)\s+(?:which|whom)\s+(?:there\s+(?:are|were)\s+)?{_APPROX}"
)
_FOR_WHICH_GIVEN: Final = _compile(
    r"(?P<what>[^,;:.]+?),?\s+for\s+which\s+[^,;:.]{2,60}?\s(?:ha(?:s|ve|d)\s+)?(?:found|given|provided|promised|pledged|"
    rf"allocated|committed|awarded|paid|spent|got|set\s+aside)\s+{_APPROX}"
)
_ARTICLES: Final = _compile(r"\b(?:of|about|for|with|by|on|from|at|in|to|into|the|an?|its|their|this)\s+(?=[\w“‘])")
#: "is providing councils with £5m", "promised carers more than £5m": who money is given to.
_GIVES_WITH: Final = _compile(
    rf"\b(?:provid(?:e|es|ed|ing)|fund(?:ed|ing)?|support(?:ed|ing)?|leav(?:e|es|ing)|left)\s+(?P<whom>[^,;:.]{{3,60}}?)\s+with\s+{_APPROX}"
)
_GIVES: Final = _compile(
    rf"\b(?:giv(?:e|es|en|ing)|gave|promis(?:e|es|ed|ing)|offer(?:s|ed|ing)?|award(?:s|ed|ing)?|hand(?:s|ed|ing)?|pa(?:ys|id|ying)|"
    rf"sen[dt](?:s|ing)?|grant(?:s|ed|ing)?|allocat(?:e|es|ed|ing)|cost(?:s|ing)?|owe[sd]?)\s+"
    rf"(?P<whom>(?!(?:worth|averag\w+|an?|about|around|more|less|over|up|just|only|nearly|almost|at|between|out|for|to|in|on|by|of|from|back)\b)"
    rf"[^,;:.£\d]{{3,60}}?)\s+{_APPROX}"
)
_COST: Final = _compile(r"\bcost(?:s|ing)?\s")
_WHICH_IS: Final = _compile(
    r"(?P<what>[^,;:.]+?),\s+(?:which|that)\s+(?:is|was|are|were|stood|stands|ha[sd]\s+been)\s+(?:(?:currently|now|still|already)\s+)?"
    rf"(?:(?:running|standing|set)\s+)?(?:at\s+)?{_APPROX}"
)
_SET_AGAINST: Final = _compile(r"\b(?:below|above|than|with|by|to|exceeds?|exceeded|outstripped|matched|beat)\s+")
_PLACE: Final = r"(?:in|for|outside|at|among|across|to|within)"
_NEXT_PLACE: Final = _compile(
    rf"\s+{_PLACE}\s[^.;:£%()]{{1,60}}?(?:,|,?\s+and)\s+(?:(?:about|around|just|over|under|almost|nearly|up\s+to|only|an?|by)\s+)*"
)
#: "in Kent", "outside London": the place or group of a sum.
PLACE_AFTER: Final = _compile(rf"\s+(?P<place>(?!to\s){_PLACE}\s+(?!\d|all\b|total\b|order\b|average\b).+)")
_SPLIT_PLACE: Final = _compile(rf"\s{_PLACE}\s")
#: "from 72% in 2023 and 63% in 2022", dates left out: the second goes on from the first.
_AND_AGAIN: Final = _compile(
    r"\s*(?:(?:in|at|on|by|for|of)\s*)?(?:,|,?\s*\band)\s*(?:(?:in|from|to|by|just|about|only|over|under|nearly|almost|an?)\s+)*"
)
#: "running at 4% and expected to reach 5%": what is to come of the same.
TO_COME: Final = _compile(
    r"[^.;]{0,50}?\b(?:and|but)\s+(?:(?:is|was|are|were)\s+)?(?:expected|forecast|projected|predicted|due|set|likely|tipped)\s+to\s+"
    r"(?:(?:reach|hit|be|stand\s+at|peak\s+at)|(?:rise|fall|grow|drop|increase|climb|go\s+up|go\s+down)\s+to)\s+"
    r"(?:(?:about|around|just|over|under|almost|nearly|some)\s+)*"
)
_QUALIFIED: Final = r"(?:[‘“][^’”]{1,40}[’”]\s+|[\w-]+\s+){0,4}$"
_OFFERS: Final = _compile(
    r"\b(?:offer(?:ed|s|ing)?|giv(?:e|es|en|ing)|gave|award(?:ed|s|ing)?|grant(?:ed|s|ing)?|promis(?:ed|es|ing))\s+"
    rf"(?P<who>(?!an?\s|the\s+full)[^,;:]{{3,90}}?)\s+an?\s+{_QUALIFIED}"
)
_OFFERED: Final = _compile(
    r"(?P<who>[^,;:]{3,70}?)\s+(?:(?:are|were|is|was|have\s+been|to\s+be|will\s+be)\s+)?(?:offered|given|awarded|to\s+get|get|"
    rf"set\s+for|to\s+receive|receive|win|accept|reject|secure|in\s+line\s+for|seek|demand)\s+{_QUALIFIED}"
)
_PAY: Final = _compile(r"\b(?:pay|salar(?:y|ies)|wages?|unions?)\b")
_FIGURE: Final = rf"(?:{_APPROX.removesuffix('$')})[£\d][\d.,]*\d?(?:\s?%|\s?per\s?cent|\s?m\b|bn\b)?"
_THE_NOUN: Final = rf"\b(?:an?|the|this|any|with)\s+(?:[\w-]+\s+){{0,2}}?(?:{NOUNS})"
_NOUN_FROM: Final = _compile(rf"{_THE_NOUN},?\s+from\s+{_APPROX}")
_NOUN_FROM_TO: Final = _compile(rf"{_THE_NOUN},?\s+from\s+{_FIGURE}\s+to\s+{_APPROX}")
_IN_WHAT: Final = r",?\s+in\s+(?P<what>(?!\d|real\b|cash\b|total\b|[A-Z]|the\s+(?:year|past|last|same|previous))[^.;]+)"
_PAIR_OLD: Final = re.compile(rf"\s+to\s+{_FIGURE}{_IN_WHAT}")
_PAIR_NEW: Final = re.compile(_IN_WHAT)
_AGAINST: Final = _compile(r"\b(?:from|on|than|compared\s+(?:with|to)|against)\b")
_NAMED_MONEY: Final = _compile(
    r"\s+(?!(?:a|per|each|every|to|for|in|on|of|over|by|from|and|or|more|extra|additional|further|shortfall|gap|cut)\b)"
    r"(?:(?!(?:to|for|that|which|and|available|is|was|will)\b)[\w’'&-]+\s+){1,6}?(?:grant|fund|contract|levy|programme|package|pot|bursary)\b(?:\s+(?:for|to|in|on)\s[^.;]*)?"
)
_RATE_OF: Final = _compile(
    r"\b(?:an?|the|its|their)\s+(?P<what>(?:(?!(?:of|to|and|or|in|with)\b)[\w’'-]+\s+){0,5}?(?:precept|rates?|target|limit|cap|threshold|discount|"
    rf"levy|turnout|proportion|share|score|ratio))\s+of\s+{_APPROX}"
)
#: What is paid to somebody and needs no purpose beside it.
OWN_NOUN: Final = _compile(
    r"\b(?:bursary|bursaries|stipends?|pensions?|retainers?|fees?|salary|salaries|wages?|allowances?|fines?|premiums?)$"
)
_GIVER: Final = _compile(
    r"(?!.*\b(?:be|been|still|funding|money|grants?|spending|payments?|cash|investment|budget|costs?|pay)\b)(?:[\w’'-]+\s+){0,6}?(?:(?:has|have|had|will|would|to|is|are)\s+)*(?:find|found|provid(?:e|es|ed|ing)|promis(?:e|es|ed|ing)|"
    r"pledg(?:e|es|ed|ing)|set(?:s|ting)?\s+aside|announc(?:e|es|ed|ing)(?:\s+plans)?|commit(?:s|ted|ting)?|allocat(?:e|es|ed|ing)|"
    r"invest(?:s|ed)?|spends?|spent|offer(?:s|ed|ing)?|award(?:s|ed|ing)?|earmark(?:s|ed|ing)?|unveil(?:s|ed|ing)?|"
    r"confirm(?:s|ed|ing)?|secur(?:e|es|ed|ing)|giv(?:e|es|en|ing)|gave)"
)
#: "a majority (80%) of those who fell ill": the bracket parts the share from what it is of.
SHARE_NOUN: Final = _compile(
    r"(?:(?:huge|vast|large|small|clear|overwhelming|slim|significant|similar|comparable|great|tiny|sizeable)\s+)?"
    r"(?:majority|minority|proportion|share|percentage|number|most|many|some|half|thirds?|quarters?|fifths?)$"
)


def of_which(before: str, after: str, is_money: bool) -> str:
    """What "of whom", "for which" and their like refer to, with what is said of the number.

    >>> of_which("The fund, for which ", " was provided", True)
    'funding for fund'
    >>> of_which("Trainee nurses, of whom about ", " join each year", False)
    'Trainee nurses who join'
    """
    if "which" not in before and "whom" not in before:
        return ""
    if is_money and (given := _FOR_WHICH_GIVEN.search(before)):
        return f"funding for {_noun(given['what'])}".removesuffix(" for ")
    match = _OF_WHICH.search(before)
    what = _noun(match["what"]) if match else ""
    if not match or not what:
        return ""
    if is_money:
        return f"funding for {what}" if match["link"].lower() in ("for", "to") else ""
    phrase = tidy(first_phrase(after))
    return tidy(f"{what} who {phrase}") if phrase and match["link"].lower() == "of" else what


def _noun(clause: str) -> str:
    """The noun that a piece of a sentence ends in, with its adjectives."""
    return tidy(noun_phrase(_ARTICLES.split(last_clause(clause))[-1]))


def of_giving(before: str) -> str:
    """ "funding for councils" of "ministers are providing councils with £5m", "cost to carers" of "it costs carers £5".

    >>> of_giving("The department is providing councils with ")
    'funding for councils'
    """
    match = _GIVES_WITH.search(before) or _GIVES.search(before)
    whom = tidy(match["whom"]) if match else ""
    if not match or not whom or PRONOUN.match(whom):
        return ""
    if match[0][:2].casefold() == "pa":
        return f"payment to {whom}"
    return f"cost to {whom}" if _COST.match(match[0]) else f"funding for {whom}"


def of_relative(before: str) -> str:
    """What ", which was" refers to: "rate of inflation" of "It is below the rate of inflation, which was 4%".

    >>> of_relative("It is well below the rate of inflation, which is currently running at ")
    'rate of inflation'
    """
    match = _WHICH_IS.search(before) if " which " in before or " that " in before else None
    return tidy(_SET_AGAINST.split(last_clause(match["what"]))[-1]) if match else ""


def next_place(between: str, after: str, carried: str) -> str:
    """The measure before with the place or group of this number: "£5,100 in Kent and £6,200 in Hull".

    >>> next_place(" outside the capital and ", " in London", "minimum salary outside the capital")
    'minimum salary in London'
    """
    place = PLACE_AFTER.match(after)
    if not place or not _NEXT_PLACE.fullmatch(between):
        return ""
    where = first_phrase(" " + place["place"]).strip(" ,")
    head = _SPLIT_PLACE.split(carried, maxsplit=1)[0]
    return f"{head} {where}" if where and len(where.split()) <= 8 else ""


def of_rate(before: str) -> str:
    """The noun of a share: "vacancy rate" of "a vacancy rate of 12%"; "" where none leads to it.

    >>> of_rate("It could charge a social care precept of up to ")
    'social care precept'
    """
    match = _RATE_OF.search(before) if " of " in before[-40:] else None
    return tidy(match["what"]) if match else ""


def paid_group(before: str, what: str) -> str:
    """Who a pay rise is for: "nurses" of "have offered nurses a 3% pay rise" and of "Nurses offered 3% pay rise".

    >>> paid_group("Ministers have offered nurses and clerks a ", ""), paid_group("Nurses offered ", "")
    ('nurses and clerks', 'Nurses')
    """
    match = _OFFERS.search(before) or (None if what else _OFFERED.match(before))
    who = tidy(match["who"]) if match else what
    return "" if not who or PRONOUN.match(who) or len(who.split()) > 14 else who


def of_pay_rise(sentence: str) -> str:
    """ "pay" for a bare rise, offer or claim in a sentence about pay; "" in others.

    >>> of_pay_rise("The offer is below the 7% hike that unions claimed."), of_pay_rise("It was a 7% rise.")
    ('pay', '')
    """
    return "pay" if _PAY.search(sentence) else ""


def of_pair_in(before: str, behind: str) -> str:
    """What a pair is of that stands behind it: "a rise, from 11% to 13%, in those at home"; "" for another pair.

    >>> of_pair_in("with a rise, from ", " to 13%, in children at home."), of_pair_in("a fall from 9 to ", " in the waiting list")
    ('children at home', 'waiting list')
    """
    match = _PAIR_OLD.match(behind) if _NOUN_FROM.search(before) else None
    match = match or (_PAIR_NEW.match(behind) if _NOUN_FROM_TO.search(before) else None)
    return tidy(first_phrase(" " + match["what"])) if match else ""


def is_told_again(phrase: str, carried: str, between: str) -> bool:
    """Whether a compared number only repeats the noun of the one before: "up from the 3,000 homes of 2012".

    >>> is_told_again("homes", "care homes for adults", ", up from the previous year’s ")
    True
    """
    words = carried.casefold().split()
    return (
        0 < len(phrase.split()) <= 2
        and _AGAINST.search(between) is not None
        and all(word in words for word in phrase.casefold().split())
    )


def of_likelihood(before: str, after: str, intro: str) -> str:
    """What is so much likelier, and for whom, where the line above a list says it.

    >>> of_likelihood("", " more likely to leave care", "")
    'likelihood of leaving care'
    """
    how = LIKELY.match(after)
    if how is None:
        return tidy(f"{tidy(last_clause(before))} {tidy(first_phrase(after))}").strip(" .")
    rest = re.sub(r",\s+as\s+an?\s+[^,]{1,60},", "", after[how.end() :])
    phrase = tidy(first_phrase(rest))
    groups = GROUPS.search(intro)
    whose = f", {groups['one']} compared with {groups['other']}" if groups else ""
    deed = gerund(phrase) if rest.lstrip().startswith("to ") else phrase
    return f"likelihood of {deed}{whose}" if phrase else ""


def named_money(after: str) -> str:
    """The grant or fund that a sum is: "social care grant" of "a £180m social care grant, which …"; "" for none.

    >>> named_money(" social care prevention grant, which councils get"), named_money(" to fund homes")
    ('social care prevention grant', '')
    """
    match = _NAMED_MONEY.match(after)
    return tidy(first_phrase(match[0])) if match else ""


def without_giver(measure: str) -> str:
    """ "funding" for what only says who gives a sum; other measures as they are.

    >>> without_giver("Ministers have found"), without_giver("spending on care")
    ('funding', 'spending on care')
    """
    return "funding" if _GIVER.fullmatch(measure) else measure


def of_part(between: str, carried: str) -> tuple[str, str]:
    """The part and the whole that a share's bracket counts: "12% of nurses were ill (90 out of 750)"; "" for none.

    >>> of_part(" of the staff (", "agency nurses among staff")
    ('agency nurses', 'staff')
    """
    part, link, whole = carried.partition(" among ")
    if not link:
        part, link, whole = carried.partition(" as share of the ")
    return (part, whole) if link and "(" in between else ("", "")


def goes_on_again(between: str) -> bool:
    """Whether only a date and "and" part two numbers: both are of the same; ``between`` has no dates.

    >>> goes_on_again(" in and "), goes_on_again(" of nurses and ")
    (True, False)
    """
    return _AND_AGAIN.fullmatch(between) is not None
