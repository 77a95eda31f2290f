"""Whether a line shows that its event has not happened yet."""

from __future__ import annotations

import re
from typing import Final

from pipeline.timeline.headline import has_verb, load_words

#: "Is developing a toolkit": not done yet.
_GOES_ON: Final = re.compile(r"\b(?:is|are)\s(?:also\s|now\s)?[a-z]+ing\b")
#: Nouns that look like verbs: "new fees rules to begin".
NOUNS_TOO: Final = re.compile(
    r"\b(?:plans|reports|grants|funds|calls|needs|votes|visits|pilots|trials|tests|reviews|changes|costs|debates|drafts"
    r"|supports|awards|questions|requests|runs|cuts|rises|increases|rules|offers|issues|claims|works|shares|rates|tables"
    r"|orders|names|pledges|releases|appeals|targets|starts|ends|forms|moves|hopes|leaves|aims|designs|links|covers|reforms|walks|breaks|hands|faces|ballots|triggers|phases|monitors|delays|defeats|bans|addresses"
    r"|estimates|judges|mandates|points|promises|sentences|strikes|struggles|settles|trains|updates|uses|boosts|blocks|backs)\b"
)


def is_hedged(text: str, status: str) -> bool:
    """Whether a line shows that its event hasn't happened, as its status asks; True for one that has.

    "To" shows it where nothing is done before: not in "the board launches a call to take part".

    >>> is_hedged("Ofsted to publish a report", "planned"), is_hedged("Ofsted publishes a report", "planned")
    (True, False)
    """
    hedges = load_words().hedges.get(status)
    if hedges is None or hedges.search(text):
        return True
    if status not in ("planned", "proposed"):
        return False
    later = re.search(r"\bto\s+[“‘]?[a-z]", text)
    goes_on = _GOES_ON.search(text)
    shown = later or goes_on
    return shown is not None and not has_verb(NOUNS_TOO.sub(" ", text[: shown.start()]))
