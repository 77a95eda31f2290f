"""A topic as its reports show it: three sentences made from evidence, and figures of quality."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from pipeline.report.library import ARTICLES_LISTED, EVENTS_LISTED, Library, Named, Newest, Rows
from pipeline.report.wording import (
    Row,
    count,
    day,
    is_dated,
    join,
    list_of,
    month,
    number_of,
    standing,
    standing_label,
    text_of,
)
from pipeline.tables import BY_NAME, Cell

#: Names in the first sentence: at most so many, each in at least this share of the articles.
_NAMED_IN_LEAD: Final = 3
_SHARE_IN_LEAD: Final = 0.4
_TERMS_JUDGED: Final = 10


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """Everything that a topic's report says. Figures of quality are None where they can't be told.

    ``articles`` are the newest of ``n_articles``: names and figures are theirs. ``new_articles`` and ``new_events`` are
    those of the last weeks before the newest article of all.
    """

    topic_id: str
    label: str
    terms: tuple[str, ...]
    sentences: tuple[str, ...]
    n_articles: int
    articles: Rows
    representative: Rows
    events: Newest
    policies: list[Named]
    organisations: list[Named]
    figures: Rows
    new_articles: Rows
    new_events: Rows
    cohesion: float | None
    separation: float | None
    coherence: float | None


def make_topic_facts(library: Library) -> list[TopicFacts]:
    """The facts of every topic, in the order of the library's topics."""
    pending = library.source.pending()
    new_events = defaultdict(list)
    for event in library.event.of(library.source.told_since(library.new_since)):
        if text_of(event["first_published"])[:10] >= library.new_since:
            new_events[text_of(event["topic_id"])].append(event)
    library.bring_targets([event for events in new_events.values() for event in events])
    return [
        _topic_facts(library, topic, pending.get(topic_id, []), new_events[topic_id])
        for topic_id, topic in ((text_of(topic["topic_id"]), topic) for topic in library.topics)
    ]


def _topic_facts(library: Library, topic: Row, pending: Rows, new_events: Rows) -> TopicFacts:
    topic_id = text_of(topic["topic_id"])
    ids = library.source.article_ids_of_topic(topic_id, ARTICLES_LISTED)
    articles = library.article.of(ids)
    policies = library.named_in(ids, "policy")
    organisations = library.named_in(ids, "organisation")
    new_since = library.new_since
    return TopicFacts(
        topic_id=topic_id,
        label=text_of(topic["label"]),
        terms=list_of(topic["terms"]),
        sentences=_sentences(library, topic, len(ids), [*policies, *organisations], pending),
        n_articles=int(number_of(topic["n_articles"])),
        articles=articles,
        representative=library.article.of(list_of(topic["representative_articles"])),
        events=library.newest_of(library.source.event_ids_of_topic(topic_id)),
        policies=policies,
        organisations=organisations,
        figures=_figures(library, ids),
        new_articles=[article for article in articles if text_of(article["published"])[:10] >= new_since],
        new_events=new_events[-EVENTS_LISTED:],
        cohesion=_figure(topic["cohesion"]),
        separation=_figure(topic["separation"]),
        coherence=_npmi(
            [library.source.articles_with(term) for term in list_of(topic["terms"])[:_TERMS_JUDGED]],
            library.n_articles,
        ),
    )


def _figures(library: Library, article_ids: Sequence[str]) -> Rows:
    """The series that any of the articles has a figure of, in their order."""
    found = {id(row): row for i in article_ids for row in library.series_of_article.get(i, ())}
    return sorted(found.values(), key=lambda row: tuple(text_of(row[name]) for name in BY_NAME["series"].order))


def _figure(cell: Cell) -> float | None:
    return None if cell is None else number_of(cell)


def _sentences(library: Library, topic: Row, n_listed: int, named: Sequence[Named], pending: Rows) -> tuple[str, ...]:
    """What the topic is about: who and what its articles name, what happened last, and what is to come after that.

    ``named`` are those of the newest articles, ``pending`` what may still come: of it counts what is due or overdue.
    """
    if not n_listed:
        return ()
    today = library.newest[:10]
    first, last = month(topic["first_published"]), month(topic["last_published"])
    when = f"in {first}" if first == last else f"between {first} and {last}"
    least = max(min(2, n_listed), _SHARE_IN_LEAD * n_listed)
    names = [each.name for each in named if each.n >= least][:_NAMED_IN_LEAD]
    about = f", most often naming {join(names)}" if names else ""
    n_articles = int(number_of(topic["n_articles"]))
    sentences = [f"{count(n_articles, 'article')} came out {when}{about}."]
    past = library.source.latest_happened(text_of(topic["topic_id"]))
    if past:
        latest = library.event[past]
        as_planned = {"Happened as planned": " as planned", "Date passed": ", if it did as planned,"}
        how = as_planned.get(standing_label(latest), "")
        sentences.append(f"The latest thing to have happened{how} ({latest['date_label']}): {event_line(latest)}")
    coming = [event for event in pending if standing(event) == "due"]
    late = [event for event in pending if standing(event) == "overdue"]
    if coming:
        dated = _telling([e for e in coming if is_dated(e) and text_of(e["date_latest"]) >= today])
        next_ = min(dated or coming, key=lambda e: (text_of(e["date_latest"]), text_of(e["event_id"])))
        following = library.event[text_of(next_["event_id"])]
        which = f"next is, for {following['date_label']}" if dated else f"without a date, of {following['date_label']}"
        overdue = f" and {count(len(late), 'plan')} overdue" if late else ""
        sentences.append(
            f"{count(len(coming), 'thing is', 'things are')} still to come{overdue}; {which}: {event_line(following)}"
        )
    elif late:
        newest = max(_telling(late), key=lambda e: (text_of(e["date_latest"]), text_of(e["event_id"])))
        newest = library.event[text_of(newest["event_id"])]
        sentences.append(
            f"Nothing further is announced, but {count(len(late), 'plan is', 'plans are')} overdue, the last since "
            f"{newest['date_label']}: {event_line(newest)}"
        )
    else:
        sentences.append(f"Nothing is announced for the time after {day(topic['last_published'])}.")
    return tuple(sentences)


def _telling(events: Rows) -> Rows:
    """Those of the events that name a policy; all of them, where none does."""
    return [event for event in events if event["policies"]] or events


def event_line(event: Row) -> str:
    """An event's title as the end of a sentence."""
    title = text_of(event["title"])
    return title if title.endswith(("…", ".", "?", "!")) else f"{title}."


def _npmi(holders: Sequence[Set[int]], n_articles: int) -> float | None:
    """Mean normalised pointwise mutual information of terms over articles, −1 to 1; None where it can't be told.

    ``holders`` are the articles that have each term. Terms that stand together in articles more often than by chance
    make a coherent topic (Bouma 2009).
    """
    scores = []
    for a, b in combinations([found for found in holders if found], 2):
        both = len(a & b)
        if both == 0:
            scores.append(-1.0)
        elif both == n_articles:
            scores.append(1.0)
        else:
            joint = both / n_articles
            scores.append(math.log(joint / (len(a) / n_articles * len(b) / n_articles)) / -math.log(joint))
    return sum(scores) / len(scores) if scores else None
