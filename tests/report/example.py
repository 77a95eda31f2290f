"""Tables of a small made-up archive, with titles that try to be more than text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.store.archive import Archive
from pipeline.store.contents import Contents
from pipeline.tables import BY_NAME, TABLES, Cell

Tables = dict[str, list[dict[str, Cell]]]

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'title' {{ 7 * 7 }} [link](javascript:alert(2))"
SECRET = "This sentence of the article was never quoted."


def row(table: str, **cells: Cell) -> dict[str, Cell]:
    """A row with every column of its table; list columns empty, the others None, unless given."""
    columns = BY_NAME[table].columns
    unknown = set(cells) - {column.name for column in columns}
    assert not unknown, unknown
    return {c.name: cells.get(c.name, () if c.type == "list" else None) for c in columns}


def make_event(number: int, **cells: Cell) -> dict[str, Cell]:
    """An event that happened on a day of 2024, told by the first article."""
    day = f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    usual: dict[str, Cell] = {
        "event_id": f"event-{number:06d}", "date": day, "date_label": day, "date_earliest": day, "date_latest": day,
        "precision": "day", "date_basis": "explicit", "type": "announcement", "status": "happened", "state": "done",
        "title": f"Event number {number}", "n_articles": 1, "confidence": 0.8, "reasons": ("told by one article",),
        "quote": f"Quote number {number}.", "article_id": "example-1", "url": "https://example.org/1",
        "topic_id": "topic-aa", "first_published": "2024-03-01T09:00:00+00:00",
        "last_published": "2024-03-01T09:00:00+00:00",
    }  # fmt: skip
    return row("timeline", **{**usual, **cells})


def make_telling(event: dict[str, Cell], article_id: str = "example-1", **cells: Cell) -> dict[str, Cell]:
    """A telling of an event in an article."""
    shared = {name: event[name] for name in ("event_id", "date", "date_basis", "type", "status", "quote", "url")}
    usual: dict[str, Cell] = {
        "evidence_id": f"{article_id}.{event['event_id']}", "article_id": article_id, "confidence": 0.8,
        "start_char": 0, "end_char": 10, "field": "text", "published": "2024-03-01T09:00:00+00:00", "title": "Title",
    }  # fmt: skip
    return row("evidence", **{**shared, **usual, **cells})


def make_tables() -> Tables:
    """Three articles, one topic, four events (one of them planned, one overdue, linked), a series and a conflict."""
    policy = {"policies": ("care duty",), "policy_ids": ("policy-care-duty",)}
    body = {"organisations": ("Example Board",), "organisation_ids": ("organisation-example-board",)}
    events = [
        make_event(1, title=HOSTILE, quote=HOSTILE, **policy, **body),
        make_event(2, status="planned", state="due", title="Duty to start", date="2025-04/2026-03",
                   date_label="financial year 2025-26", date_earliest="2025-04-01", date_latest="2026-03-31", **policy),
        make_event(3, status="planned", state="overdue", title="Guidance to come out", n_articles=2,
                   related=("delays:event-000002",), **policy),
        make_event(4, status="ongoing", state=None, title="Pilot runs", url="javascript:alert(3)", amount=1_500_000.0),
    ]  # fmt: skip
    articles = [
        row("articles", article_id=f"example-{i}", url=f"https://example.org/{i}" if i < 3 else "javascript:alert(4)",
            title=("Board agrees duty", HOSTILE, "Nothing of note")[i - 1], published=f"2024-03-0{i}T09:00:00+00:00",
            n_words=100, topic_id="topic-aa" if i < 3 else None, topic_similarity=0.8 if i < 3 else 0.0, n_revisions=0,
            tags=("care",), summary="A summary…")
        for i in (1, 2, 3)
    ]  # fmt: skip
    numbers = [
        row("numbers", number_id=f"example-{i}.n1", article_id=f"example-{i}", text="12%", value=12.0 + i,
            unit="percent", tier="core", role="level", approximate=i == 1, measure="vacancy rate", measure_id="m-1",
            period=f"202{i}", quote=f"The care duty cut the rate to {12 + i}%.", start_char=0, end_char=3, field="text",
            published=f"2024-03-0{i}T09:00:00+00:00", url="https://example.org/1")
        for i in (1, 2)
    ]  # fmt: skip
    series = [
        row("series", measure_id="m-1", measure="vacancy rate", unit="percent", period=f"202{i}", value=12.0 + i,
            n_articles=1, articles=(f"example-{i}",), conflict=i == 2)
        for i in (1, 2)
    ]  # fmt: skip
    mention = {"start_char": 0, "end_char": 4, "field": "text", "text": "duty"}
    mentions = [
        row("mentions", mention_id=f"example-{i}.p1", article_id=f"example-{i}", kind="policy", name="care duty",
            entity_id="policy-care-duty", type="rules", **mention)
        for i in (1, 2)
    ] + [
        row("mentions", mention_id="example-1.o1", article_id="example-1", kind="organisation", name="Example Board",
            entity_id="organisation-example-board", type="charity", **mention)
    ]  # fmt: skip
    tables: Tables = {table.name: [] for table in TABLES} | {
        "timeline": sorted(events, key=lambda event: str(event["date_earliest"])),
        "evidence": [*(make_telling(event) for event in events), make_telling(events[2], "example-2", field="title")],
        "articles": articles,
        "numbers": numbers,
        "series": series,
        "mentions": mentions,
        "conflicts": [
            row("conflicts", conflict_id="c-1", kind="values", measure="vacancy rate", period="2022",
                values=("14%", "15%"), articles=("example-1", "example-2"), quotes=(HOSTILE,), why="two values")
        ],
        "policies": [
            row("policies", policy_id="policy-care-duty", name="care duty", type="rules", n_articles=2, n_mentions=2,
                n_events=3, state="planned", origin="register", aliases=("the duty",))
        ],
        "organisations": [
            row("organisations", organisation_id="organisation-example-board", name="Example Board", type="charity",
                n_articles=1, n_mentions=1, origin="text")
        ],
        "topics": [
            row("topics", topic_id="topic-aa", label=HOSTILE, terms=("care duty", "board"), n_articles=2,
                first_published="2024-03-01T09:00:00+00:00", last_published="2024-03-02T09:00:00+00:00",
                representative_articles=("example-1",))
        ],
        "ledger": [
            row("ledger", dump="a.txt", sha256="0", start_byte=0, end_byte=900, bin="article", rule="text"),
            row("ledger", dump="a.txt", sha256="0", start_byte=900, end_byte=1000, bin="spam", rule="casino"),
        ],
        "rejections": [
            row("rejections", dump=HOSTILE, start_byte=0, end_byte=9, stage="read", reason="not_a_dump", detail="none")
        ],
    }  # fmt: skip
    return tables


@contextmanager
def filled(tables: Tables, folder: Path) -> Iterator[Contents]:
    """An archive with these tables, made in the folder; every article has the same text."""
    with Archive(folder / "archive.sqlite") as archive, archive.transaction():
        contents = Contents(archive)
        for name, rows in tables.items():
            contents.replace_rows(name, rows)
        text = {"text": f"The board agreed the care duty. {SECRET}", "blocks": "[]"}
        contents.replace_rows(
            "article_texts",
            [{"article_id": a["article_id"], "title": a["title"], **text} for a in tables.get("articles", ())],
        )
        yield contents
