"""Tellings from lines of data: what the tests of this stage share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.records import EventMention, PolicyEvent, Telling
from pipeline.timeline.merge import build_timeline
from pipeline.timeline.policystates import policy_state

CASES = Path(__file__).parent / "cases"
GOLD = Path(__file__).parent.parent.parent / "corpus" / "gold"

#: Two sets of names for ``{P1}``, ``{P2}``, ``{O1}`` …: some as in life, some made up.
PLAIN_NAMES = {
    "P1": "family mentor scheme", "P2": "care leaver passport", "P3": "children’s wellbeing charter",
    "O1": "Department for Fostering", "O2": "Carers Alliance", "O3": "Kent Borough Council",
}  # fmt: skip
MADE_UP_NAMES = {
    "P1": "Vorblax", "P2": "Great Quint of the Sevenfold Lanterns", "P3": "zib",
    "O1": "Mumbletown Guild", "O2": "Zed", "O3": "High Table of Gravy and Associated Sauces",
}  # fmt: skip


def read_cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file of JSON lines; lines that begin with ``#`` are comments."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip() and not line.startswith("#")]


def make_telling(place: int, fields: Mapping[str, Any], names: Mapping[str, str] = PLAIN_NAMES) -> Telling:
    """A telling from a case's fields, with names put in for ``{P1}``; the article is made up from ``told``."""

    def fill(text: str) -> str:
        for mark, name in names.items():
            text = text.replace("{" + mark + "}", name)
        return text

    told = datetime.fromisoformat(f"{fields['told']}T09:00:00+00:00")
    article_id = fields.get("article", f"site-{fields['told'].replace('-', '')}")
    start = fields.get("start", place * 400)
    mention = EventMention(
        quote=fill(fields["quote"]),
        start_char=start,
        end_char=start + len(fill(fields["quote"])),
        date=fields.get("date", fields["told"]),
        date_basis=fields.get("basis", "explicit" if "date" in fields else "publication"),
        type=fields["type"],
        status=fields["status"],
        policies=tuple(fill(name) for name in fields.get("policies", ["{P1}"])),
        organisations=tuple(fill(name) for name in fields.get("bodies", [])),
        people=(),
        amount=fields.get("amount"),
        nation=fields.get("nation"),
        confidence=fields.get("confidence", 0.8),
        reasons=("verb",),
    )
    evidence_id = f"{article_id}.e{start}{chr(97 + place)}"
    return Telling(evidence_id, article_id, told, "A title", f"https://example.org/{article_id}", mention)


def make_tellings(case: Mapping[str, Any], names: Mapping[str, str] = PLAIN_NAMES) -> list[Telling]:
    """The tellings of a case, in its order."""
    return [make_telling(place, fields, names) for place, fields in enumerate(case["tellings"])]


def gold_tellings(renamed: Mapping[str, str] | None = None) -> list[Telling]:
    """What our own annotated articles tell, as tellings; ``renamed`` gives another name for each form of a name."""
    forms = sorted(renamed or {}, key=len, reverse=True)

    def rename(text: str) -> str:
        for place, form in enumerate(forms):
            text = text.replace(form, f"\ue000{place}\ue001")
        for place, form in enumerate(forms):
            text = text.replace(f"\ue000{place}\ue001", (renamed or {})[form])
        return text

    found = []
    for path in sorted(GOLD.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        for place, event in enumerate(article["events"]):
            start = event["block"] * 1000 + 1000
            mention = EventMention(
                quote=rename(event["quote"]),
                start_char=start,
                end_char=start + len(event["quote"]),
                date=event["date"],
                date_basis=event["date_basis"],
                type=event["type"],
                status=event["status"],
                policies=tuple(map(rename, event["policies"])),
                organisations=tuple(map(rename, event["organisations"])),
                people=(),
                amount=event["amount"],
                nation=None,
                confidence=0.9,
                reasons=(),
            )
            evidence_id = f"{article['article_id']}.e{start:06}-{place:03}"
            published = datetime.fromisoformat(article["published"])
            found.append(
                Telling(evidence_id, article["article_id"], published, article["title"], article["url"], mention)
            )
    return found


@cache
def gold_events() -> tuple[PolicyEvent, ...]:
    """Their timeline; made once, since nothing in it can be changed."""
    return build_timeline(gold_tellings())


def gold_names() -> list[Sequence[str]]:
    """Every policy and body of our annotated articles: its name and then its other forms."""
    names: dict[str, set[str]] = {}
    for path in sorted(GOLD.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        for entry in (*article["policies"], *article["organisations"]):
            names.setdefault(entry["name"], set()).update(entry["surfaces"])
    return [(name, *sorted(forms - {name})) for name, forms in sorted(names.items())]


def policy_states(events: Sequence[PolicyEvent]) -> dict[str, str]:
    """The states of all policies that the events are about; those of which none says anything are left out."""
    own = {name: [event for event in events if name in event.policies] for event in events for name in event.policies}
    return {name: state for name, its in own.items() if (state := policy_state(name, its))}
