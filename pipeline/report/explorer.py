"""The events as the timeline explorer reads them: one block of JSON, names written once and referred to by number."""

from __future__ import annotations

from typing import Any

from pipeline.report.library import Library
from pipeline.report.wording import (
    LINK_WORDS,
    STANDINGS,
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


class _Numbered:
    """Names by running number, in order of first use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers))


def explorer_data(library: Library) -> dict[str, Any]:
    """Everything that the explorer filters and draws."""
    policy, organisation, topic = _Numbered(), _Numbered(), _Numbered()
    place = {text_of(event["event_id"]): i for i, event in enumerate(library.events)}
    events = [
        [
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
            [policy(name) for name in list_of(event["policies"])],
            [organisation(name) for name in list_of(event["organisations"])],
            topic(text_of(library.topic[text_of(event["topic_id"])]["label"]))
            if text_of(event["topic_id"]) in library.topic
            else -1,
            event["n_articles"],
            event["confidence"],
            web_address(event["url"]),
            [
                [LINK_WORDS[kind][0] if kind in LINK_WORDS else kind, place[target]]
                for kind, _, target in (pair.partition(":") for pair in list_of(event["related"]))
                if target in place
            ],
        ]
        for event in library.events
    ]
    return {
        "newest": library.newest[:10],
        "standings": {key: label for key, (label, _) in STANDINGS.items()},
        "policies": list(policy.numbers),
        "organisations": list(organisation.numbers),
        "topics": list(topic.numbers),
        "events": events,
    }
