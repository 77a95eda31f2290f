"""What a sum of money is for: "£5m to train nurses", "£20m that will be spent on hubs", "the £30m trial".

Pure functions over the words before and behind the sum; its time and its rate ("a week") are left out of both.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.extraction.quantities.measure_cues import COMMON_MONEY, PRONOUN
from pipeline.extraction.quantities.phrases import first_phrase, last_clause, tidy


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MODAL: Final = r"(?:will|would|shall|should|must|can|could|may|might|is|are|was|were|has|have|had|to)"
_BEHIND: Final = (
    r"\s*(?:(?:(?:a|per)\s+year|over\s+[\w\s]{3,18}years?|available|worth|in\s+all|in\s+total|extra|"
    r"(?:in|of)\s+(?:(?:extra|new|additional|government|further)\s+)?(?:funding|investment|money|cash))\s+)*"
)
#: "to pay for X" and "to fund X" are "for X".
_TO_PAY: Final = _compile(
    rf"{_BEHIND}(?:in\s+order\s+)?to\s+(?:help\s+(?:to\s+)?)?(?:be\s+)?(?:fund|pay\s+for|finance|cover)\s+(?=[a-z“‘])"
)
_TO_DO: Final = _compile(rf"{_BEHIND}(?:in\s+order\s+)?(?P<do>to\s+(?!be\b)[a-z-]{{2,}}\s+.*)")
_SPENT: Final = r"(?:spent|used|invested|going|go|put)"
#: "that will be spent on X", "for X".
_FOR: Final = _compile(
    rf"{_BEHIND}(?:(?:that|which)\s+)?(?:{_MODAL}\s+)*(?:be\s+|been\s+|being\s+|also\s+|previously\s+|recently\s+)*"
    rf"(?:(?P<verb>{_SPENT})\s+)?(?:for|on|towards?|in|into|to|among|between)\s+(?P<what>.+)"
)
#: "that had been kept for X": what was done with the money, no word of giving.
_DONE: Final = _compile(
    rf"{_BEHIND}(?:(?:that|which)\s+)?(?:{_MODAL}\s+)*(?:be\s+|been\s+|being\s+|also\s+|not\s+)*"
    r"(?P<done>(?:from\s|(?:previously\s+)?(?:[a-z]{2,}ed|spent|given|put|paid|kept|lent|found|held|split|set|sent|raised|taken|lost)\b).*)"
)
#: "would lift pay": what the money does.
_DOES: Final = _compile(
    rf"{_BEHIND}(?:(?:that|which)\s+)?(?:will|would|could|should|must|may|can|is\s+to|are\s+to)\s+(?:also\s+|help\s+(?:to\s+)?)?(?P<do>(?!be\b|have\b)[a-z-]+\s+.+)"
)
_NOUN_DOES: Final = _compile(r"\s+(?:will|would)\s+(?:also\s+)?(?=(?!be\b|have\b|end\b|close\b|run\b)[a-z]+\b)")
#: Nouns that are no money: the money is for them.
_FUNDED: Final = _compile(
    r"^(?:[\w’'-]+\s+){0,4}?(?:pilots?|trials?|schemes?|programmes?|projects?|plans?|strategy|centres?|units?|initiatives?|"
    r"campaigns?|services?|hubs?|schools?|reforms?)\b"
)
_SPENDS: Final = _compile(r"\b(?:spend(?:s|ing)?|spent)\b[^,;]{0,40}$|\bspen[dt]\w*\s+(?:\w+\s+){0,3}$")
_MORE: Final = _compile(r"\b(?P<more>further|extra|additional)\s+(?:(?:of|some|about|around|nearly|almost)\s+)*$")


def of_purpose(before: str, after: str) -> str:
    """What the words behind a sum say that it is for; "" where they don't.

    >>> of_purpose("The department gave ", " to support the carers of children")
    'funding to support the carers of children'
    >>> of_purpose("It had ", " that will be used for the new hubs")
    'funding for the new hubs'
    >>> of_purpose("The council spent ", " on agency staff")
    'spending on agency staff'
    """
    phrase = first_phrase(after)
    noun = COMMON_MONEY.search(" ".join(phrase.split()[:4])) or COMMON_MONEY.search(last_clause(before))
    more = _MORE.search(before)
    head = noun["noun"].lower() if noun else f"{more['more'].lower()} funding" if more else "funding"
    if pay := _TO_PAY.match(phrase):
        return tidy(f"{head} for {phrase[pay.end() :]}")
    if do := _TO_DO.match(phrase):
        return tidy(f"{head} {do['do']}")
    if given := _FOR.match(phrase):
        return _for(head, given["what"], given["verb"] == "spent" or _SPENDS.search(before) is not None)
    if does := _DOES.match(phrase):
        return tidy(f"{head} to {does['do']}")
    done = _DONE.match(phrase)
    return tidy(f"{head} {done['done']}") if done else ""


def _for(head: str, what: str, is_spent: bool) -> str:
    named = tidy(what)
    if not named or PRONOUN.match(named):
        return ""
    if head in named:
        return named
    return tidy(f"spending on {what}" if is_spent else f"{head} for {what}")


def of_funded(phrase: str) -> str:
    """ "funding for trial" of "a £40m trial"; a noun of money as it stands, with what it is to do.

    >>> of_funded("trial in Kent"), of_funded("contract will cover training")
    ('funding for trial in Kent', 'contract to cover training')
    """
    if _FUNDED.match(phrase) and not COMMON_MONEY.search(" ".join(phrase.split()[:4])):
        phrase = f"funding for {phrase}"
    does = _NOUN_DOES.search(phrase)
    if does and len(phrase[: does.start()].split()) <= 6:
        return f"{phrase[: does.start()]} to {phrase[does.end() :]}"
    return phrase
