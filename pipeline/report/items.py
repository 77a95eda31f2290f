"""What lists and pages are put together from: items that are made once for all lists, blocks taken from what stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from pipeline import edtf
from pipeline.report.library import Library, Named
from pipeline.report.wording import (
    LINK_WORDS,
    Row,
    count,
    day,
    figure,
    file_name,
    list_of,
    number_of,
    place,
    standing,
    standing_label,
    text_of,
)

#: So many items of lists are held at a time.
_ITEMS_HELD: Final = 20_000


class Block:
    """What begins and ends a block of a page, and where its name stands; whatever is quoted in it is escaped."""

    def __init__(self, begin: str, name: str, end: str) -> None:
        self._begin, self._end = begin, end
        self._name = re.compile(name)

    def standing(self, page: str) -> dict[str, str]:
        """The blocks of a page by name."""
        found = {}
        for block in page.split(self._end):
            _, begin, body = block.rpartition(self._begin)
            name = self._name.search(body)
            if begin and name:
                found[name[1]] = begin + body + self._end
        return found


EVENT: Final = Block('<article class="event ', r' data-event="([^"]*)">', "</article>\n")
CHART: Final = Block('<figure class="chart" id="', r'^([^"]*)">', "</figure>\n")
CONFLICT: Final = Block('<article class="event overdue" id="', r'^([^"]*)">', "</article>\n")


def event_page(event: Row) -> str:
    """Where an event is shown in full: the page of the month that it begins in, and its place there."""
    return f"events/{text_of(event['date_earliest'])[:7]}.html#{file_name(text_of(event['event_id']))}"


def event_items(library: Library) -> Callable[[str, Row], Markup]:
    """An event as lists show it, made once for all lists of pages in one folder."""

    @lru_cache(maxsize=_ITEMS_HELD)
    def made(root: str, event_id: str) -> Markup:
        return Markup("".join(_event_item(library, root, library.event[event_id])))

    return lambda root, event: made(root, text_of(event["event_id"]))


def _event_item(library: Library, root: str, event: Row) -> Iterable[str]:
    key = standing(event)
    yield f'<li class="{key}">\n<span class="when">{escape(text_of(event["date_label"]))}</span>\n'
    yield f'<span class="what"><a href="{root}{event_page(event)}">{escape(event["title"])}</a>'
    yield f' <span class="badge {key}">{standing_label(event)}</span>'
    n_articles = int(number_of(event["n_articles"]))
    if n_articles > 1:
        yield f' <span class="told">{count(n_articles, "article")}</span>'
    yield "\n"
    for pair in list_of(event["related"]):
        kind, _, target = pair.partition(":")
        if target in library.event:
            other = library.event[target]
            words = LINK_WORDS[kind][0] if kind in LINK_WORDS else escape(kind)
            yield f'<span class="chained">{words}: <a href="{root}{event_page(other)}">{escape(other["title"])}</a>'
            yield f" ({escape(text_of(other['date_label']))})</span>\n"
    yield "</span>\n</li>\n"


def entity_link(library: Library, root: str, kind: str, entity_id: str, name: str) -> Markup:
    """A policy or an organisation with the link to its page, if it has one."""
    folder, known = ("policies", library.policy) if kind == "policy" else ("organisations", library.organisation)
    if entity_id not in known:
        return escape(name)
    return Markup(f'<a href="{root}{folder}/{file_name(entity_id)}.html">{escape(name)}</a>')


def named_item(library: Library, root: str, kind: str, named: Named, counted: str) -> Markup:
    """A policy or an organisation in a list, with the number of articles or mentions (``counted``)."""
    about = f' data-link="{kind}:{escape(named.name)}"' if counted == "mention" else ""
    link = entity_link(library, root, kind, named.entity_id, named.name)
    return Markup(f'<li{about}>{link} <span class="n">{count(named.n, counted)}</span></li>\n')


def number_row(library: Library, root: str, number: Row, with_article: bool) -> Markup:
    """A row of a table of numbers; ``with_article``: with the link to where it stands, else as the place itself."""
    return Markup("".join(_number_row(library, root, number, with_article)))


def _number_row(library: Library, root: str, number: Row, with_article: bool) -> Iterable[str]:
    number_id, unit = text_of(number["number_id"]), number["unit"]
    own = "" if with_article else f' id="{escape(place(number_id))}" data-number="{escape(number_id)}"'
    about = "about " if number["approximate"] else ""
    yield f'<tr{own}>\n<td class="value">{about}{escape(figure(number["value"], unit))}'
    if number["value_high"] is not None:
        yield f" to {escape(figure(number['value_high'], unit))}"
    if number["direction"]:
        yield f' <span class="direction">{escape(text_of(number["direction"]))}</span>'
    period = text_of(number["period"])
    yield f"</td>\n<td>{escape(text_of(number['measure']))}</td>\n"
    yield f'<td class="period">{escape(edtf.label(period)) if period else ""}</td>\n'
    yield f'<td class="quote"><q>{escape(text_of(number["quote"]))}</q>'
    article_id = text_of(number["article_id"])
    if with_article and article_id in library.article:
        article = library.article[article_id]
        address = f"{root}articles/{file_name(article_id)}.html#{escape(place(number_id))}"
        title = escape(text_of(article["title"]))
        yield f' <cite><a href="{address}">{title}</a>, {day(article["published"])}</cite>'
    yield "</td>\n</tr>\n"


def article_items() -> Callable[[str, Row], Markup]:
    """An article as lists show it, made once for all lists of pages in one folder."""

    @lru_cache(maxsize=_ITEMS_HELD)
    def made(root: str, article_id: str, published: str, title: str) -> Markup:
        return Markup(
            f'<li><span class="when">{day(published)}</span> <span class="what">'
            f'<a href="{root}articles/{file_name(article_id)}.html">{escape(title)}</a></span></li>\n'
        )

    def item(root: str, article: Row) -> Markup:
        return made(root, *(text_of(article[name]) for name in ("article_id", "published", "title")))

    return item
