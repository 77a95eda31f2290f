"""A line without what means nothing later on: "last week", "however", the article at its beginning."""

from __future__ import annotations

import re
from typing import Final

from pipeline.timeline.headline import load_words

_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+(?=\w)", re.IGNORECASE)
#: "has, however, agreed".
_INSERTED: Final = re.compile(
    r",\s(?:however|meanwhile|also|though|therefore|instead|too|of course|for example|in turn),\s"
)


#: "Announced today that".
_SAID_WHEN: Final = re.compile(
    r"(?<=[a-z])\s(?:today|yesterday|(?:earlier\s)?this (?:week|month|year)|last (?:week|month|year|[A-Z]\w+day)"
    r"|on [A-Z]\w+day),?\sthat\b"
)
#: "Last month’s review": the review.
_STALE_OWNER: Final = re.compile(
    r"(?:^|(?<=\b(?:in|at|by|of|on)\s))(?:(?:last|this|next)\s(?:week|month|year|spring|summer|autumn|winter|[A-Z]\w+day)"
    r"|yesterday|today)[’']s\s",
    re.IGNORECASE,
)
#: "The survey, published last week, found": what is left without the date.
_LEFT_ALONE: Final = re.compile(r",\s(?:published|released|issued|launched|unveiled|announced|out),\s")


#: "Members turned it down in a vote that ended".
_LEFT_OPEN: Final = re.compile(
    r"\s(?:in|on|at|after|from|by)\s(?:an?|the)\s[\w’ -]{3,40}\s(?:that|which)\s"
    r"(?:ended|closed|began|opened|started|finished|took place|was held|were held|was published|came out)\.?$"
)


def drop_stale_dates(text: str) -> str:
    """The text without "last week" and the like, which mean nothing later on.

    >>> drop_stale_dates("The board met last week and agreed a plan")
    'The board met and agreed a plan'
    """
    text = _SAID_WHEN.sub(" that", text)
    text = _STALE_OWNER.sub(lambda match: "the " if match.start() else "", _INSERTED.sub(" ", text))
    shorter = _LEFT_ALONE.sub(" ", load_words().stale.sub("", text))
    shorter = _LEFT_OPEN.sub("", shorter)
    return shorter if len(shorter.split()) > 1 else text


def drop_article(text: str) -> str:
    """The text without the article that it begins with, and with a capital.

    >>> drop_article("the council has agreed")
    'Council has agreed'
    """
    text = _ARTICLE.sub("", text)
    return text[:1].upper() + text[1:]
