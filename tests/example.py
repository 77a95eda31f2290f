"""A tiny made-up archive, for tests and for the examples in docstrings."""

from __future__ import annotations

from pathlib import Path

from pipeline.store.archive import ARCHIVE_NAME, Archive
from pipeline.store.contents import Contents
from pipeline.store.history import keep_run
from pipeline.tables import BY_NAME, Row

SITE = "https://www.example.org"

TABLES: dict[str, list[dict[str, object]]] = {
    "timeline": [
        {
            "event_id": "event-1", "date": "2023-02-02", "date_label": "2 February 2023", "date_earliest": "2023-02-02",
            "date_latest": "2023-02-02", "precision": "day", "date_basis": "explicit", "type": "proposal",
            "status": "proposed", "title": "DfE proposes a framework", "policies": ("early career framework",),
            "policy_ids": ("policy-early-career-framework",), "organisations": ("Department for Education",),
            "organisation_ids": ("organisation-department-for-education",), "people": ("Ada Marlowe (minister)",),
            "nation": "England", "topic_id": "topic-1", "n_articles": 1,
            "first_published": "2023-02-02T10:00:00+00:00", "last_published": "2023-02-02T10:00:00+00:00",
            "state": "superseded", "confidence": 0.9, "reasons": ("explicit date",),
            "quote": "The department has proposed a framework for new social workers.", "article_id": "example-1",
            "url": f"{SITE}/2023/02/02/framework/", "superseded_ids": ("event-0",),
        },
        {
            "event_id": "event-2", "date": "2024-03-01", "date_label": "1 March 2024", "date_earliest": "2024-03-01",
            "date_latest": "2024-03-01", "precision": "day", "date_basis": "publication", "type": "announcement",
            "status": "happened", "title": "Framework delayed", "policies": ("early career framework",),
            "policy_ids": ("policy-early-career-framework",), "nation": "England", "topic_id": "topic-1",
            "n_articles": 1, "first_published": "2024-03-01T10:00:00+00:00",
            "last_published": "2024-03-01T10:00:00+00:00", "state": "done", "related": ("delays:event-1",),
            "confidence": 0.8, "quote": "The framework was delayed.", "article_id": "example-2",
            "url": f"{SITE}/2024/03/01/delay/",
        },
        {
            "event_id": "event-3", "date": "2024", "date_label": "2024", "date_earliest": "2024-01-01",
            "date_latest": "2024-12-31", "precision": "year", "date_basis": "explicit", "type": "funding",
            "status": "planned", "title": "Kinship fund to get £2.5m", "policies": ("kinship fund",),
            "policy_ids": ("policy-kinship-fund",), "organisations": ("Ofsted",),
            "organisation_ids": ("organisation-ofsted",), "nation": "Wales", "amount": 2500000.0,
            "topic_id": "topic-2", "n_articles": 1, "first_published": "2024-03-01T10:00:00+00:00",
            "last_published": "2024-03-01T10:00:00+00:00", "state": "due", "confidence": 0.5,
            "quote": "The kinship fund will get £2.5m this year.", "article_id": "example-2",
            "url": f"{SITE}/2024/03/01/delay/",
        },
    ],
    "evidence": [
        {
            "evidence_id": "example-1.e0a", "event_id": "event-1", "article_id": "example-1", "date": "2023-02-02",
            "date_basis": "explicit", "type": "proposal", "status": "proposed",
            "policies": ("early career framework",), "policy_ids": ("policy-early-career-framework",),
            "confidence": 0.9, "quote": "The department has proposed a framework for new social workers.",
            "start_char": 0, "end_char": 63, "field": "text", "published": "2023-02-02T10:00:00+00:00",
            "title": "A framework for new social workers", "url": f"{SITE}/2023/02/02/framework/",
        },
        {
            "evidence_id": "example-2.e0a", "event_id": "event-2", "article_id": "example-2", "date": "2024-03",
            "date_basis": "publication", "type": "announcement", "status": "happened",
            "policies": ("early career framework",), "policy_ids": ("policy-early-career-framework",),
            "confidence": 0.8, "quote": "The framework was delayed.", "start_char": 0, "end_char": 26, "field": "text",
            "published": "2024-03-01T10:00:00+00:00", "title": "Delay", "url": f"{SITE}/2024/03/01/delay/",
        },
    ],
    "numbers": [
        {
            "number_id": "example-1.n90", "article_id": "example-1", "text": "17.5%", "value": 17.5, "unit": "percent",
            "tier": "core", "role": "level", "approximate": False, "measure": "vacancy rate", "period": "2023-09",
            "measure_id": "measure-vacancy-rate", "nation": "England", "source": "Department for Education",
            "source_kind": "official_statistics", "quote": "The vacancy rate was 17.5%.", "start_char": 90,
            "end_char": 95, "field": "text", "published": "2023-02-02T10:00:00+00:00",
            "url": f"{SITE}/2023/02/02/framework/",
        },
        {
            "number_id": "example-2.n40", "article_id": "example-2", "text": "16%", "value": 16.0, "unit": "percent",
            "tier": "core", "role": "level", "approximate": True, "measure": "vacancies", "period": "2024-09",
            "measure_id": "measure-vacancy-rate", "quote": "About 16% of posts in the early career framework stood"
            " vacant.", "start_char": 40, "end_char": 43, "field": "text", "published": "2024-03-01T10:00:00+00:00",
            "url": f"{SITE}/2024/03/01/delay/",
        },
    ],
    "series": [
        {"measure_id": "measure-vacancy-rate", "measure": "vacancy rate", "unit": "percent", "period": "2023-09",
         "value": 17.5, "n_articles": 1, "articles": ("example-1",), "conflict": False},
        {"measure_id": "measure-vacancy-rate", "measure": "vacancy rate", "unit": "percent", "period": "2024-09",
         "value": 16.0, "n_articles": 1, "articles": ("example-2",), "conflict": False},
    ],
    "mentions": [
        {"mention_id": f"example-{n}.p12", "article_id": f"example-{n}", "kind": "policy",
         "entity_id": "policy-early-career-framework", "name": "early career framework", "type": "standards",
         "text": "early career framework", "start_char": 12, "end_char": 34, "field": "text"}
        for n in (1, 2)
    ],
    "organisations": [
        {"organisation_id": "organisation-department-for-education", "name": "Department for Education",
         "acronym": "DfE", "type": "government", "aliases": ("the education department",), "n_articles": 1,
         "n_mentions": 1, "origin": "register"},
        {"organisation_id": "organisation-ofsted", "name": "Ofsted", "type": "regulator", "n_articles": 1,
         "n_mentions": 1, "origin": "register"},
    ],
    "policies": [
        {"policy_id": "policy-early-career-framework", "name": "early career framework", "acronym": "ECF",
         "type": "standards", "aliases": ("career scheme",), "n_articles": 2, "n_mentions": 2, "n_events": 2,
         "first_published": "2023-02-02T10:00:00+00:00", "last_published": "2024-03-01T10:00:00+00:00",
         "state": "proposed", "origin": "register"},
        {"policy_id": "policy-kinship-fund", "name": "kinship fund", "type": "fund", "n_articles": 1, "n_mentions": 1,
         "n_events": 1, "first_published": "2024-03-01T10:00:00+00:00",
         "last_published": "2024-03-01T10:00:00+00:00", "state": "planned", "origin": "text"},
    ],
    "topics": [
        {"topic_id": "topic-1", "label": "new social workers", "terms": ("framework",), "n_articles": 1},
        {"topic_id": "topic-2", "label": "kinship care", "terms": ("kinship",), "n_articles": 1},
    ],
    "articles": [
        {"article_id": "example-1", "url": f"{SITE}/2023/02/02/framework/", "title": "A framework for new social"
         " workers", "author": "Ada Marlowe", "published": "2023-02-02T10:00:00+00:00", "tags": ("workforce",),
         "comment_count": 0, "n_words": 20, "topic_id": "topic-1", "n_revisions": 0, "dumps": ("dump.txt",)},
        {"article_id": "example-2", "url": f"{SITE}/2024/03/01/delay/", "title": "Delay",
         "published": "2024-03-01T23:30:00+00:00", "n_words": 20, "topic_id": "topic-2", "n_revisions": 1,
         "dumps": ("dump.txt",)},
    ],
    "article_texts": [
        {"article_id": "example-1", "title": "A framework for new social workers", "text": "The department has proposed"
         " a framework for new social workers. The vacancy rate was 17.5%.", "blocks": "[]"},
        {"article_id": "example-2", "title": "Delay", "text": "The framework was delayed. About 16% of posts stood"
         " vacant.", "blocks": "[]"},
    ],
}  # fmt: skip


def full_rows(table: str, rows: list[dict[str, object]]) -> list[Row]:
    """Rows with every column of their table; those not given are empty."""
    empty = dict.fromkeys(BY_NAME[table].header) if table in BY_NAME else {}
    return [{**empty, **row} for row in rows]  # type: ignore[dict-item]


def write_example(folder: Path, made: str | None = None, **changed: list[dict[str, object]]) -> Path:
    """An archive of the example's rows, some tables replaced; the folder that it lies in."""
    folder.mkdir(parents=True, exist_ok=True)
    with Archive(folder / ARCHIVE_NAME) as archive, archive.transaction():
        contents = Contents(archive)
        for table, rows in (TABLES | changed).items():
            contents.replace_rows(table, full_rows(table, rows))
        if made:
            keep_run(archive.connection, made)
    return folder
