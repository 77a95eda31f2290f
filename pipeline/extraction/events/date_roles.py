"""What the words before a date make of it: since then, until then, by then, from then, as of then, on it."""

from __future__ import annotations

from typing import Final

#: What sets a figure against another time: "a year earlier", "in the previous 12 months".
_EARLIER: Final = frozenset({"earlier", "previous", "before", "previously"})
_GOES: Final = frozenset({"go", "goes", "going", "gone", "went"})
#: Roles of a date by the words before it.
SINCE, UNTIL, BY, FROM, AS_OF, ON = "since", "until", "by", "from", "as_of", "on"

_RECORDS: Final = frozenset({"first", "highest", "lowest", "biggest", "largest", "worst", "most", "fewest", "longest"})
_RECORD_REACH: Final = 14
_FINITE: Final = frozenset({"has", "have", "had", "is", "are", "was", "were", "will", "would"})


def find_role(lows: list[str], first: int, last: int) -> str:
    """The role of the date that stands at words ``first`` to ``last``."""
    before = lows[first - 1] if first else ""
    if before in {"the", "around", "about", "early", "late", "mid", "spring", "summer", "autumn", "winter"}:
        before = lows[first - 2] if first > 1 else ""
    if before in {"least", "most"} and first > 2:  # "until at least April"
        before = lows[first - 3]
    pair = (lows[first - 2] if first > 1 else "", before)
    head = lows[first]
    if pair in {("up", "from"), ("down", "from")} and first > 2 and lows[first - 3] in _GOES:
        return FROM  # "fees go up from 1 April"
    if pair in {
        ("as", "of"),
        ("as", "at"),
        ("up", "from"),
        ("down", "from"),
        ("compared", "with"),
        ("compared", "to"),
    } or before in {"than", "covering", "spanning"}:
        return AS_OF
    if _EARLIER & set(lows[first:last]) and not {"this", "last"} & set(lows[first:last]):
        return AS_OF
    if head == "as" and lows[first + 1 : first + 2] == ["of"]:
        return AS_OF
    if (
        pair in {("up", "to"), ("prior", "to")}
        or before in {"until", "till", "to", "before", "beyond"}
        or head in {"until"}
    ):
        return UNTIL
    if before == "since" or head == "since":
        if before == "since" and first > 1 and lows[first - 2] in {"office", "place", "post", "role"}:
            return AS_OF
        if "when" in lows[last : last + 2]:
            return ON  # "since 2010, when it was closed"
        return AS_OF if _is_record(lows, first) else SINCE
    if before == "by" or head == "by":
        return BY
    if before in {"from", "after", "beginning", "starting"} or head == "from":
        return FROM
    return ON


def _is_record(lows: list[str], since: int) -> bool:
    """Whether "since" says how long a record has stood: "the first that it has held since 1990"."""
    for k in range(max(1, since - _RECORD_REACH), since):
        if lows[k] in _RECORDS and lows[k - 1] == "the":
            between = lows[k + 1 : since]
            return "that" in between or not _FINITE.intersection(between)
    return False
