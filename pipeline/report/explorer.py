"""The events as the timeline explorer reads them: a file of JSON for each year, an event a line."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from pipeline.report import Standing
from pipeline.report.library import Library
from pipeline.report.wording import (
    LINK_WORDS,
    STANDINGS,
    Row,
    file_name,
    list_of,
    standing,
    standing_label,
    text_of,
    web_address,
)

#: The cells of an event in the data, in this order; ``explorer.js`` reads them by place.
EVENT_CELLS = (
    "event_id", "date", "date_label", "date_earliest", "date_latest", "type", "status", "standing", "label", "title",
    "policies", "organisations", "topic", "n_articles", "confidence", "url", "related",
)  # fmt: skip
#: What stands around the lines of a year, so that a page that works from the disk can take them in.
OPENING: Final = "(self.carefeed ||= []).push([\n"
CLOSING: Final = "\n]);\n"
_ID: Final = re.compile(r'\["(?P<id>[^"]*)"')


def explorer_facts(library: Library) -> dict[str, Any]:
    """What the explorer needs beside the events."""
    return {
        "newest": library.newest[:10],
        "standings": {key: label for key, (label, _) in STANDINGS.items()},
    }


def year_script(library: Library, year: str, standing_: Standing, name: str) -> str:
    """The events that begin in a year, as a script; those that are not due, as the file that stands has them."""
    event_ids = library.source.event_ids_in(year)
    kept = dict[str, str]()
    for line in standing_.text(name).removesuffix(CLOSING).removeprefix(OPENING).split(",\n"):
        found = _ID.match(line)
        if found:
            kept[found["id"]] = line
    names = {event_id: file_name(event_id) for event_id in event_ids}
    due = [each for each in event_ids if names[each] not in kept or standing_.is_due("event", each)]
    made = {text_of(event["event_id"]): _line(library, event) for event in library.event.of(due)}
    return OPENING + ",\n".join(made.get(each) or kept[names[each]] for each in event_ids) + CLOSING


def _line(library: Library, event: Row) -> str:
    topic = library.topic.get(text_of(event["topic_id"]))
    cells = [
        file_name(text_of(event["event_id"])),
        event["date"],
        event["date_label"],
        event["date_earliest"],
        event["date_latest"],
        event["type"],
        event["status"],
        standing(event),
        standing_label(event),
        event["title"],
        list_of(event["policies"]),
        list_of(event["organisations"]),
        text_of(topic["label"]) if topic else "",
        event["n_articles"],
        event["confidence"],
        web_address(event["url"]),
        [
            (LINK_WORDS[kind][0] if kind in LINK_WORDS else kind, file_name(target))
            for kind, _, target in (pair.partition(":") for pair in list_of(event["related"]))
        ],
    ]
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
