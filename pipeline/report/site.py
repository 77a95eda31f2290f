"""The pages of the report: each from its template and the library, all of them static files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from pipeline import edtf
from pipeline.lists import batched
from pipeline.report import Standing, wording
from pipeline.report.charts import HEIGHT, WIDTH, Chart, conflicts_at, figures_behind, make_charts
from pipeline.report.explorer import explorer_facts, year_script
from pipeline.report.items import (
    CHART,
    CONFLICT,
    EVENT,
    article_items,
    entity_link,
    event_items,
    event_page,
    named_item,
    number_row,
)
from pipeline.report.library import ARTICLES_LISTED, ARTICLES_TOGETHER, Library, Named, Rows
from pipeline.report.marking import Run, make_spans, mark_text
from pipeline.report.topics import TopicFacts
from pipeline.report.wording import Row, file_name, list_of, text_of
from pipeline.slugs import first_letter
from pipeline.tables import TABLES

_FOLDER: Final = Path(__file__).parent
ASSETS: Final = ("style.css", "explorer.js", "filter.js")
_NAMED_TOGETHER: Final = 12
#: A topic's page draws so many charts, of the measures with most values; the page of figures has all.
_CHARTS: Final = 6
#: The page of figures shows so many charts, those of most values, and so many conflicts, the newest; pages of letters
#: have all.
_FIGURES_SHOWN: Final = 100
#: A page of a policy or an organisation shows so many figures.
_FIGURES_LISTED: Final = 50

#: A template with what it is to show.
Render = Callable[..., str]
Pages = Iterator[tuple[str, str | None]]


class Page(NamedTuple):
    """A page by its name, with what makes it; one that can stay where nothing that it is about was touched says what.

    ``about`` is a kind of page of ``Standing.due`` and which of that kind. Other pages are made whatever was touched.
    """

    name: str
    make: Callable[[], str]
    about: tuple[str, str] | None = None


def make_site(
    library: Library,
    topics: Sequence[TopicFacts],
    standing: Standing,
) -> Pages:
    """Name and text of every file of the report; names use forward slashes.

    The text of a page that is not due is None.
    """
    render = _render_with(_environment(library))
    for page in _pages(library, topics, render, standing):
        yield page.name, page.make() if standing.is_page_due(page.name, page.about) else None


def _pages(library: Library, topics: Sequence[TopicFacts], render: Render, standing: Standing) -> Iterator[Page]:
    """All files, ``index.html`` first."""
    years = list(dict.fromkeys(month[:4] for month in library.months))
    yield Page("report/index.html", partial(_explorer, library, years, render))
    for name in ASSETS:
        yield Page(f"report/assets/{name}", partial((_FOLDER / name).read_text, encoding="utf-8"))
    yield from _events(library, years, render, standing)
    yield Page("report/topics.html", partial(render, "topics.html.j2", root="", here="topics"))
    for topic in topics:
        yield Page(f"report/topics/{file_name(topic.topic_id)}.html", partial(_topic_page, render, topic))
    for kind, plural in (("policy", "policies"), ("organisation", "organisations")):
        rows = library.tables[plural]
        whole = partial(render, "entities.html.j2", root="", here=plural, kind=kind, rows=rows)
        yield Page(f"report/{plural}.html", whole)
        for row in rows:
            entity_id = text_of(row[f"{kind}_id"])
            name = f"report/{plural}/{file_name(entity_id)}.html"
            yield Page(name, partial(_entity_page, library, render, row, kind, plural), ("entity", entity_id))
    yield from _figures(library, render, standing)
    yield from _articles(library, render, standing)
    yield Page("report/about.html", partial(_about_page, library, render))


def _events(library: Library, years: Sequence[str], render: Render, standing: Standing) -> Iterator[Page]:
    """The events of each year for the explorer, and those of each month in full."""
    for year in years:
        name = f"report/events/{year}.js"
        yield Page(name, partial(year_script, library, year, standing, name), ("year", year))
    for month in library.months:
        name = f"report/events/{month}.html"
        yield Page(name, partial(_month_page, library, month, render, standing, name), ("month", month))


def _articles(library: Library, render: Render, standing: Standing) -> Iterator[Page]:
    """The newest articles, those of each year, and each by itself."""
    years = library.source.years_of_articles()
    newest = library.source.article_ids_in("", ARTICLES_LISTED)
    n_left = library.n_articles - len(newest)
    yield Page("report/articles.html", partial(_article_list, library, newest, render, years=years, n_left=n_left))
    for year, _ in years:
        name = f"report/articles-{year}.html"
        ids = library.source.article_ids_in(year)
        yield Page(name, partial(_article_list, library, ids, render, year=year), ("articles", year))
        yield from _article_pages(library, ids, render, standing)


def _article_pages(library: Library, ids: Sequence[str], render: Render, standing: Standing) -> Iterator[Page]:
    """The pages of articles, those that can stay first; what the others show is asked for together."""
    pages = {
        i: Page(f"report/articles/{file_name(i)}.html", partial(_article_page, library, render, i), ("article", i))
        for i in ids
    }
    due = {i for i, page in pages.items() if standing.is_page_due(page.name, page.about)}
    yield from (page for i, page in pages.items() if i not in due)
    for batch in batched((i for i in ids if i in due), ARTICLES_TOGETHER):
        library.bring_found(batch)
        yield from (pages[i] for i in batch)


def _explorer(library: Library, years: Sequence[str], render: Render) -> str:
    return render("index.html.j2", root="", here="timeline", years=years, data=explorer_facts(library))


def _about_page(library: Library, render: Render) -> str:
    return render("about.html.j2", root="", here="about", **_about(library))


def _topic_page(render: Render, topic: TopicFacts) -> str:
    charts = make_charts(topic.figures)[:_CHARTS]
    return render("topic.html.j2", root="../", here="topics", topic=topic, charts=charts)


def _entity_page(library: Library, render: Render, row: Row, kind: str, plural: str) -> str:
    facts = _entity(library, row, kind)
    return render("entity.html.j2", root="../", here=plural, kind=kind, row=row, **facts)


def _month_page(library: Library, month: str, render: Render, standing: Standing, name: str) -> str:
    blocks = _event_blocks(library, month, render, standing, name)
    return render("events.html.j2", root="../", here="timeline", month=month, blocks=blocks)


def _article_page(library: Library, render: Render, article_id: str) -> str:
    facts = _article(library, article_id)
    return render("article.html.j2", root="../", here="articles", article=library.article[article_id], **facts)


def _article_list(
    library: Library,
    ids: Sequence[str],
    render: Render,
    years: Sequence[tuple[str, int]] = (),
    year: str = "",
    n_left: int = 0,
) -> str:
    """A page that lists articles: with the years that there are, or of one year, whatever others there are."""
    return render(
        "articles.html.j2", root="", here="articles", articles=library.article.of(ids),
        n_told=library.source.n_told(ids), years=years, year=year, n_left=n_left,
    )  # fmt: skip


class _Environment(Environment):
    """An environment in which ``row.name`` is a row's cell first: most of what templates ask for are cells."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The cell of a row, else what Jinja makes of it."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Compiled(BytecodeCache):
    """Templates compiled once a process, however many reports it writes; nothing is written for the next one."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """A template as it was compiled before; a template that has changed since doesn't count."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


def _environment(library: Library) -> Environment:
    """Templates that escape everything and fail on a name that doesn't exist."""
    environment = _Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # folding constants takes as long as all other compiling, and saves next to nothing
        bytecode_cache=_COMPILED,
        auto_reload=False,  # templates don't change while a report is written
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    environment.globals.update(
        library=library,
        wording=wording,
        edtf=edtf,
        event_page=event_page,
        event_item=event_items(library),
        article_item=article_items(),
        entity_link=partial(entity_link, library),
        named_item=partial(named_item, library),
        number_row=partial(number_row, library),
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
        first_letter=first_letter,
        join_names=wording.join,
    )
    return environment


def _render_with(environment: Environment) -> Render:
    """What renders a template by its name; of its values ``root`` leads from the page to the report's folder."""
    parts = {root: environment.get_template("parts.html.j2").make_module({"root": root}) for root in ("", "../")}

    def render(template: str, *, root: str, **values: Any) -> str:
        return environment.get_template(template).render(root=root, parts=parts[root], **values)

    return render


def _event_blocks(library: Library, month: str, render: Render, standing: Standing, name: str) -> list[Markup]:
    """What a month's page says of each event; of events that are not due, as the page that stands says it."""
    ids = library.source.event_ids_in(month)
    blocks = EVENT.standing(standing.text(name))
    due = [event_id for event_id in ids if event_id not in blocks or standing.is_due("event", event_id)]
    events, answers = library.events_with_links(due)
    tellings = library.tellings(due)
    for event_id, event in zip(due, events, strict=True):
        blocks[event_id] = render(
            "event.html.j2", root="../", event=event, tellings=tellings.get(event_id, ()),
            answers=answers.get(event_id, ()),
        )  # fmt: skip
    return [Markup(blocks[event_id]) for event_id in ids]


def _figures(library: Library, render: Render, standing: Standing) -> Iterator[Page]:
    """The charts of most values and the newest conflicts, and all of them by the letter that their measure begins with.

    Those that are not due are as the page that stands has them.
    """
    charts = make_charts(library.tables["series"])
    conflicts = sorted(library.tables["conflicts"], key=lambda each: text_of(each["period"]), reverse=True)
    by_letter: dict[str, tuple[list[Chart], Rows]] = defaultdict(lambda: ([], []))
    for chart in charts:
        by_letter[first_letter(chart.measure)][0].append(chart)
    for conflict in conflicts:
        by_letter[first_letter(text_of(conflict["measure"]))][1].append(conflict)
    in_order = sorted(by_letter.items(), key=lambda each: (each[0] == "0", each[0]))
    is_whole = max(len(charts), len(conflicts)) <= _FIGURES_SHOWN
    letters = [] if is_whole else [(letter, len(own[0]) + len(own[1])) for letter, own in in_order]
    newest = charts[:_FIGURES_SHOWN], conflicts[:_FIGURES_SHOWN]
    yield Page("report/figures.html", partial(_figures_page, newest, "", letters, render, standing))
    for letter, own in in_order:
        name = f"report/figures/{letter}.html"
        yield Page(name, partial(_figures_page, own, letter, [], render, standing), ("figures", letter))


def _figures_page(
    shown: tuple[list[Chart], Rows], letter: str, letters: list[tuple[str, int]], render: Render, standing: Standing
) -> str:
    """The page of a letter, or the one before those of letters."""
    name, root = (f"report/figures/{letter}.html", "../") if letter else ("report/figures.html", "")
    blocks = _figure_blocks(*shown, root, render, standing, name)
    return render("figures.html.j2", root=root, here="figures", letter=letter, letters=letters, **blocks)


def _figure_blocks(
    charts: Iterable[Chart], conflicts: Rows, root: str, render: Render, standing: Standing, name: str
) -> dict[str, list[Markup]]:
    """What a page says of each chart (``charts``) and each conflict (``disputes``)."""
    page = standing.text(name)
    drawn, told = CHART.standing(page), CONFLICT.standing(page)
    found: dict[str, list[Markup]] = {"charts": [], "disputes": []}
    for chart in charts:
        own = f"{file_name(chart.measure_id)}-{file_name(chart.unit)}"
        if own not in drawn or standing.is_due("figure", chart.measure_id):
            drawn[own] = render("chart.html.j2", root=root, chart=chart)
        found["charts"].append(Markup(drawn[own]))
    for conflict in conflicts:
        conflict_id = text_of(conflict["conflict_id"])
        own = file_name(conflict_id)
        if own not in told or standing.is_due("figure", conflict_id):
            told[own] = render("conflict.html.j2", root=root, conflict=conflict)
        found["disputes"].append(Markup(told[own]))
    return found


def _entity(library: Library, row: Row, kind: str) -> dict[str, Any]:
    """What the page of a policy or an organisation shows."""
    entity_id, name = text_of(row[f"{kind}_id"]), text_of(row["name"])
    ids = library.source.articles_naming(entity_id)
    newest = ids[:ARTICLES_LISTED]
    forms = (name, *list_of(row["aliases"]))
    return {
        "newest": library.newest_of(library.source.event_ids_of(entity_id)),
        "articles": library.article.of(newest),
        "n_left": len(ids) - len(newest),
        "numbers": library.source.numbers_about(newest, name, forms, _FIGURES_LISTED)[::-1],
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
        "paragraphs": _marked_text(library, article_id, tellings, numbers) if library.shows_full_text else [],
        "headings": library.source.headings(article_id) if library.shows_full_text else (),
        "events": library.events_of(tellings),
        "tellings": tellings,
        "numbers": [n for n in numbers if n["tier"] == "core"],
        "n_minor": sum(n["tier"] != "core" for n in numbers),
        "policies": library.mentions_in(article_id, "policy"),
        "organisations": library.mentions_in(article_id, "organisation"),
    }


def _marked_text(library: Library, article_id: str, tellings: Rows, numbers: Rows) -> list[tuple[Run, ...]]:
    """The text of an article with marks for all that was found in it."""
    mentions = library.mentions_of(article_id)
    details = make_spans("number", numbers)
    for kind in ("organisation", "policy"):
        details += make_spans(kind, [row for row in mentions if row["kind"] == kind])
    return mark_text(library.source.text(article_id), make_spans("event", tellings), details)


def _about(library: Library) -> dict[str, Any]:
    """Counts for the page on how the report was made."""
    bins = library.source.bytes_by_bin()
    counts = library.source.counts()
    flags = Counter(library.source.flags())
    return {
        "rows": [(table.name, table.one_row_is, counts[table.name]) for table in TABLES],
        "bins": sorted(bins.items(), key=lambda pair: (-pair[1], pair[0])),
        "n_bytes": sum(bins.values()),
        "dumps": library.source.dump_names(),
        "flags": sorted(flags.items()),
    }
