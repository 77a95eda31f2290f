"""The pages of the report: each from its template and the library, all of them static files."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline import edtf
from pipeline.report import Standing, wording
from pipeline.report.charts import HEIGHT, WIDTH, conflicts_at, figures_behind, make_charts
from pipeline.report.explorer import explorer_data
from pipeline.report.library import Library, Named, Rows, newest_of_each_year
from pipeline.report.marking import Run, make_spans, mark_text
from pipeline.report.topics import TopicFacts
from pipeline.report.wording import Row, file_name, list_of, text_of
from pipeline.tables import TABLES

_FOLDER: Final = Path(__file__).parent
ASSETS: Final = ("style.css", "explorer.js", "filter.js")
_NAMED_TOGETHER: Final = 12
#: A topic's page draws so many charts, of the measures with most values; the page of figures has all.
_CHARTS: Final = 12
#: A page of a policy or an organisation is made from so many articles, the newest that name it.
_ARTICLES_LISTED: Final = 200
#: What a page of a month says of an event; whatever is quoted in it is escaped.
_BLOCK_BEGIN: Final = '<article class="event '
_BLOCK_END: Final = "</article>\n"
_BLOCK_ID: Final = re.compile(r' data-event="(?P<id>[^"]*)">')


def make_site(
    library: Library,
    topics: Sequence[TopicFacts],
    standing: Standing,
) -> Iterator[tuple[str, str | None]]:
    """Name and text of every file of the report, ``index.html`` first; names use forward slashes.

    The text of a page that is not due is None.
    """
    render, is_due = partial(_render, _environment(library)), standing.is_due
    yield "index.html", render("index.html.j2", root="", here="timeline", data=explorer_data(library))
    for name in ASSETS:
        yield f"assets/{name}", (_FOLDER / name).read_text(encoding="utf-8")
    for month, events in _months(library.events).items():
        name = f"events/{month}.html"
        if not is_due(f"report/{name}", "month", month):
            yield name, None
            continue
        blocks = _event_blocks(library, events, render, standing, f"report/{name}")
        yield name, render("events.html.j2", root="../", here="timeline", month=month, blocks=blocks)
    yield "topics.html", render("topics.html.j2", root="", here="topics")
    for topic in topics:
        page = render(
            "topic.html.j2", root="../", here="topics", topic=topic, charts=make_charts(topic.figures)[:_CHARTS]
        )
        yield f"topics/{file_name(topic.topic_id)}.html", page
    for kind, plural in (("policy", "policies"), ("organisation", "organisations")):
        rows = library.tables[plural]
        yield f"{plural}.html", render("entities.html.j2", root="", here=plural, kind=kind, rows=rows)
        for row in rows:
            entity_id = text_of(row[f"{kind}_id"])
            name = f"{plural}/{file_name(entity_id)}.html"
            if not is_due(f"report/{name}", "entity", entity_id):
                yield name, None
                continue
            facts = _entity(library, row, kind)
            page = render("entity.html.j2", root="../", here=plural, kind=kind, row=row, **facts)
            yield name, page
    charts = make_charts(library.tables["series"])
    yield "figures.html", render("figures.html.j2", root="", here="figures", charts=charts)
    yield "articles.html", render("articles.html.j2", root="", here="articles")
    for article in library.articles:
        article_id = text_of(article["article_id"])
        name = f"articles/{file_name(article_id)}.html"
        if not is_due(f"report/{name}", "article", article_id):
            yield name, None
            continue
        facts = _article(library, article_id)
        page = render("article.html.j2", root="../", here="articles", article=article, **facts)
        yield name, page
    yield "about.html", render("about.html.j2", root="", here="about", **_about(library))


def _environment(library: Library) -> Environment:
    """Templates that escape everything and fail on a name that doesn't exist."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    environment.globals.update(
        library=library,
        wording=wording,
        edtf=edtf,
        event_page=event_page,
        newest_of_each_year=newest_of_each_year,
        event_item=_event_items(environment),
        chart_width=WIDTH,
        chart_height=HEIGHT,
    )
    environment.globals.update(
        figures_behind=partial(figures_behind, library), conflicts_at=partial(conflicts_at, library)
    )
    environment.filters.update(
        place=wording.place,
        day=wording.day,
        month=wording.month,
        address=wording.web_address,
        file_name=file_name,
        join_names=wording.join,
    )
    return environment


def _event_items(environment: Environment) -> Callable[[str, Row], Markup]:
    """An event as lists show it, made once for all lists of pages in one folder."""
    made: dict[tuple[str, str], Markup] = {}

    def item(root: str, event: Row) -> Markup:
        key = root, text_of(event["event_id"])
        if key not in made:
            made[key] = Markup(_render(environment, "event_item.html.j2", root=root, event=event))
        return made[key]

    return item


def _render(environment: Environment, template: str, **values: Any) -> str:
    return environment.get_template(template).render(**values)


def event_page(event: Row) -> str:
    """Where an event is shown in full: the page of the month that it begins in, and its place there."""
    return f"events/{text_of(event['date_earliest'])[:7]}.html#{file_name(text_of(event['event_id']))}"


def _months(events: Rows) -> dict[str, Rows]:
    """Events by the month that they begin in, ``2025-03``."""
    found: dict[str, Rows] = defaultdict(list)
    for event in events:
        found[text_of(event["date_earliest"])[:7]].append(event)
    return dict(sorted(found.items()))


def _event_blocks(
    library: Library, events: Rows, render: Callable[..., str], standing: Standing, name: str
) -> list[Markup]:
    """What a month's page says of each event; of events that are not due, as the page that stands says it."""
    kept = dict[str, str]()
    for block in (standing.text(name) or "").split(_BLOCK_END):
        _, begin, body = block.rpartition(_BLOCK_BEGIN)
        found = _BLOCK_ID.search(body)
        if begin and found and not standing.is_event_due(found["id"]):
            kept[found["id"]] = begin + body + _BLOCK_END
    ids = [text_of(event["event_id"]) for event in events]
    tellings = library.tellings([event_id for event_id in ids if event_id not in kept])
    for event, event_id in zip(events, ids, strict=True):
        if event_id not in kept:
            kept[event_id] = render("event.html.j2", root="../", event=event, tellings=tellings.get(event_id, ()))
    return [Markup(kept[event_id]) for event_id in ids]


def _entity(library: Library, row: Row, kind: str) -> dict[str, Any]:
    """What the page of a policy or an organisation shows."""
    entity_id, name = text_of(row[f"{kind}_id"]), text_of(row["name"])
    ids = library.source.articles_naming(entity_id)
    events = (library.events_of_policy if kind == "policy" else library.events_of_organisation).get(entity_id, [])
    forms = (name, *list_of(row["aliases"]))
    newest = ids[:_ARTICLES_LISTED]
    return {
        "newest": newest_of_each_year(events),
        "articles": [library.article[i] for i in newest],
        "n_left": len(ids) - len(newest),
        "numbers": library.source.numbers_about(newest, name, forms)[::-1],
        "policies": _others(library.named_in(newest, "policy"), entity_id),
        "organisations": _others(library.named_in(newest, "organisation"), entity_id),
    }


def _others(named: list[Named], entity_id: str) -> list[Named]:
    """The first of the entities, without the one in question."""
    return [each for each in named if each.entity_id != entity_id][:_NAMED_TOGETHER]


def _article(library: Library, article_id: str) -> dict[str, Any]:
    """What the page of an article shows."""
    numbers = library.numbers_of_article(article_id)
    tellings = library.tellings_of_article(article_id)
    return {
        "paragraphs": _marked_text(library, article_id, tellings, numbers) if library.source.shows_full_text() else [],
        "headings": library.source.headings(article_id) if library.source.shows_full_text() else (),
        "events": library.events_in([article_id]),
        "tellings": tellings,
        "numbers": [n for n in numbers if n["tier"] == "core"],
        "n_minor": sum(n["tier"] != "core" for n in numbers),
        "policies": library.mentions_in(article_id, "policy"),
        "organisations": library.mentions_in(article_id, "organisation"),
    }


def _marked_text(library: Library, article_id: str, tellings: Rows, numbers: Rows) -> list[tuple[Run, ...]]:
    """The text of an article with marks for all that was found in it."""
    mentions = library.source.rows_of("mentions", "article_id", article_id)
    details = make_spans("number", numbers)
    for kind in ("organisation", "policy"):
        details += make_spans(kind, [row for row in mentions if row["kind"] == kind])
    return mark_text(library.source.text(article_id), make_spans("event", tellings), details)


def _about(library: Library) -> dict[str, Any]:
    """Counts for the page on how the report was made."""
    bins = library.source.bytes_by_bin()
    counts = library.source.counts()
    flags = Counter(flag for article in library.articles for flag in list_of(article["flags"]))
    return {
        "rows": [(table.name, table.one_row_is, counts[table.name]) for table in TABLES],
        "bins": sorted(bins.items(), key=lambda pair: (-pair[1], pair[0])),
        "n_bytes": sum(bins.values()),
        "dumps": library.source.dump_names(),
        "flags": sorted(flags.items()),
    }
