"""A line made to fit its room: cut where a phrase ends, no name cut in two, its subject shorter if need be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from pipeline.lists import unique
from pipeline.records import PolicyEvent
from pipeline.timeline.clauses import date_pattern
from pipeline.timeline.cutting import shorten
from pipeline.timeline.headline import drop_brackets, has_verb, load_words, tell_in_present, verb_pattern

#: A title's letters.
LONGEST: Final = 90
_OWNER_ROOM: Final = 40
#: "The party's spokesperson for schools Ann Lee tabled": the name alone will do.
_LONG_ROLE: Final = re.compile(
    r"(?P<role>.{30,110}?[a-z]\s)(?P<name>[A-Z][\w’-]+(?:\s[A-Z][\w’-]+){1,2})\s(?:has\s|have\s)?(?:[a-z]+ed|told|put)\b"
)
_NO_ROLE: Final = re.compile(r"\b(?:which|who|that)\b|\b(?:of|for|and|the|in|by|to|with)\s$")
#: Letters that a line may lose so that no name is cut in two.
_LOST: Final = 25
_BOUND: Final = "\ue000"


def fit(text: str, event: PolicyEvent, room: int, least: int = 0) -> str:
    """The text cut to the room, behind ``least`` and if possible not inside of a name."""
    bound = shorten(_bind(text, event), room, least).replace(_BOUND, " ")
    if not bound.endswith("…"):
        return bound
    plain = shorten(text, room, least)
    is_split = any(_ends_inside(plain, name) for name in (*event.policies, *event.organisations))
    if (plain.endswith("…") or is_split) and room - len(bound) > _LOST:
        return text[: room - 1].rpartition(" ")[0].rstrip(" ,;:–—") + "…"  # a name cut in two says more than none
    return bound if (plain.endswith("…") or is_split) and len(bound) > room // 3 else plain


def slim(text: str, event: PolicyEvent, acronyms: Mapping[str, str], room: int, least: int = 0) -> tuple[str, int]:
    """The text, where no cut of it can stand, with a shorter subject, and where that ends.

    Its owner or its last phrase is left out. The subject ends at ``least``; where that is 0, at the first verb.
    """
    if not fit(text, event, room, least).endswith("…"):
        return text, least
    for line, end in _slimmer(text, event, acronyms, least):
        if not fit(line, event, room, end).endswith("…"):
            return line[:1].upper() + line[1:], end
    return text, least


def _slimmer(text: str, event: PolicyEvent, acronyms: Mapping[str, str], least: int) -> Iterator[tuple[str, int]]:
    """Shorter ways to say a line, the one that leaves out least first."""
    if event.date_basis in ("explicit", "relative"):
        line = _date_phrase(event.date).sub("", text)
        if line != text:
            yield line, max(least + len(line) - len(text), 0) if least else 0
    for name in event.policies:
        if name in acronyms and name in text:
            line = text.replace(name, acronyms[name])
            yield line, max(least + len(line) - len(text), 0) if least else 0
    for name in event.organisations:
        place = text.find(f"’ {name}") if f"’ {name}" in text else text.find(f"’s {name}")
        if 0 < place <= _OWNER_ROOM:
            yield text[text.find(name) :], max(least - text.find(name), 0)
    person = _LONG_ROLE.match(text)
    if person and not has_verb(person["role"]) and not _NO_ROLE.search(person["role"]):
        yield tell_in_present(text[person.start("name") :], [person["name"]]), 0
    verb = verb_pattern().search(text)
    if verb is None and not least:
        return
    end = least or (verb.start() if verb else 0)
    subject, rest = text[:end].rstrip(), text[end:].lstrip()
    places = [
        match.start() for match in load_words().ends_weak.finditer(subject) if subject[match.end() :][:4] != "and "
    ]
    for place in reversed(places):
        head = subject[:place].rstrip(" ,")
        is_split = any(_ends_inside(head, name) for name in (*event.policies, *event.organisations))
        if len(head.split()) > 1 and not has_verb(head) and "," not in subject and not is_split:
            yield f"{head} {rest}", len(head)


@lru_cache(maxsize=4096)
def _date_phrase(date: str) -> re.Pattern[str]:
    """Finds a date with the preposition before it: "by the end of 2025"; the row has it in a column of its own."""
    return re.compile(
        rf"(?<!,)\s(?:by|in|on|from|until|before|during)\s(?:the\s(?:end|start|beginning|middle)\sof\s|early\s|late\s|mid-)?"
        rf"(?:{date_pattern(date).pattern}|{date[:4]})(?:\s\d{{4}})?(?![\w’'-])",
        re.IGNORECASE,
    )


def _ends_inside(line: str, name: str) -> bool:
    """Whether a line ends with two words or more of a name, but not with all of it."""
    words = name.split()
    return any(line.endswith(" ".join(words[:n]).rstrip(",")) for n in range(2, len(words)))


def _bind(text: str, event: PolicyEvent) -> str:
    """The text with names made one word each, so that none is cut in two."""
    names = (*event.policies, *event.organisations)
    for name in unique((*names, *map(drop_brackets, names))):
        if " " in name and name.lower() in text.lower():
            text = _literally(name).sub(lambda match: match[0].replace(" ", _BOUND), text)
    return text


@lru_cache(maxsize=4096)
def _literally(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name), re.IGNORECASE)
