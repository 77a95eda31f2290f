"""Whether a clause looks back or forward: what a month or a weekday without a year hangs on.

There is no tagger here, so the nearest verb form before the expression decides (then the nearest after it): "will be
published in May" looks forward, "was published in May" looks back.
"""

from __future__ import annotations

import re
from typing import Final

#: How far before and after an expression a verb is looked for, in characters.
REACH: Final = 160

_FUTURE = (
    r"will|would|shall|should|may|could|must|won['’]t|[a-z]+['’]ll|"
    r"(?:is|are|was|were)\s+(?:now\s+|also\s+|still\s+)?(?:due|set|expected|scheduled|planned|likely|going)|"
    r"(?:due|set|expected|scheduled|planned|planning|plans|plan|aims|aiming|intends|intended|hopes|hoping|wants|"
    r"pledged|promised|committed|proposes|proposed|agreed|ready|preparing)\s+(?:to|for)|"
    r"(?:is|are)\s+to\s+(?:be\s+)?[a-z]+|to\s+(?:begin|start|end|open|close|come|take|report|run|launch|be)|"
    r"forthcoming|upcoming|deadline|have\s+until|has\s+until|due|until|next"
)
_PAST = (
    r"was|were|had|has|have|did|came|began|took|said|told|fell|rose|grew|ran|gave|found|saw|won|lost|made|held|"
    r"met|led|sent|brought|bought|sold|paid|hit|shed|built|spent|kept|stood|felt|"
    r"thought|knew|drew|flew|threw|drove|broke|chose|beat|read|got|headed|put|"
    r"set\s+(?:up|out)|went|left|became|showed|wrote|spoke|since|ago|after|"
    r"(?!un)[a-z]{3,}(?:[^aeiou\s]|[aeiou][rlwy]|u|i|s|c|v|g|k)ed"
)
_CUE = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?<! be )(?P<past>{_PAST}))\b", re.IGNORECASE)


def tense(before: str, after: str) -> str:
    """``future``, ``past`` or ``""`` for an expression that stands between two pieces of its sentence.

    >>> tense("The rules will come into force in ", ""), tense("It was launched in ", " and will run on")
    ('future', 'past')
    """
    last = None
    for match in _CUE.finditer(before[-REACH:]):
        last = match.lastgroup
    if last is None:
        following = _CUE.search(after[:REACH])
        last = following.lastgroup if following else None
    return last or ""
