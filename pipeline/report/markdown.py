"""Topic reports in Markdown: the same as the topic pages, for people who read and diff text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.report.library import Library, Named
from pipeline.report.topics import TopicFacts, event_line
from pipeline.report.wording import (
    Row,
    count,
    day,
    figure,
    file_name,
    list_of,
    slug,
    standing_label,
    web_address,
)  # fmt: skip

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def topic_reports(library: Library, topics: Sequence[TopicFacts]) -> Iterator[tuple[str, str]]:
    """Name and text of the report of every topic, and of the unsorted articles, where there are any."""
    for topic in topics:
        yield f"topics/{report_name(topic)}", _report(library, topic)
    if library.n_unsorted:
        lines = ["# Unsorted articles", "", "These have too little in common with any topic.", ""]
        for article, nearest in library.unsorted:
            lines.append(_article(article) + (f" (nearest: {escape(nearest)})" if nearest else ""))
        lines += _older(library.n_unsorted - len(library.unsorted), "article")
        yield "topics/unsorted.md", "\n".join(lines) + "\n"


def escape(text: object) -> str:
    """Text that Markdown leaves as it is, on one line.

    >>> escape("<b> *x* [y](z)")
    '\\\\<b\\\\> \\\\*x\\\\* \\\\[y\\\\](z)'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def _link(text: object, url: object) -> str:
    address = web_address(str(url)).replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{escape(text)}](<{address.replace('<', '%3C').replace('>', '%3E')}>)" if address else escape(text)


def _report(library: Library, facts: TopicFacts) -> str:
    lines = [f"# {escape(facts.label)}", "", escape(" ".join(facts.sentences)), ""]
    if facts.terms:
        lines += [f"Terms: {escape(', '.join(facts.terms))}.", ""]
    lines += [f"## New since {day(library.new_since)}", "", *_new(facts), "", "## Timeline", ""]
    lines += [_event(event) for event in facts.events.events] or ["No events were found."]
    lines += _older(sum(facts.events.left.values()), "event")
    if facts.figures:
        lines += ["", "## Figures", "", "| measure | period | value | articles |", "| --- | --- | --- | --- |"]
        lines += [_series_row(row) for row in facts.figures]
    lines += ["", "## Policies", "", *_names(facts.policies), "", "## Organisations", "", *_names(facts.organisations)]
    lines += ["", "## Articles", ""]
    if facts.representative:
        lines += ["Most typical:", "", *(_article(article) for article in facts.representative), "", "All:", ""]
    lines += [_article(article) for article in facts.articles]
    lines += _older(facts.n_articles - len(facts.articles), "article")
    lines += ["", "## Quality", "", *_quality(library, facts)]
    return "\n".join(lines) + "\n"


def _older(n: int, what: str) -> list[str]:
    """A line that counts what isn't listed."""
    return (
        ["", f"And {count(n, f'older {what}')}, in `{'timeline' if what == 'event' else 'articles'}.csv`."] if n else []
    )


def _new(facts: TopicFacts) -> list[str]:
    """What the last weeks brought: articles, and events told for the first time."""
    if not facts.new_articles:
        return ["Nothing."]
    articles = [_article(article) for article in facts.new_articles]
    events = [_event(event) for event in facts.new_events]
    return [*articles, *(["", "Told for the first time:", "", *events] if events else [])]


def _event(event: Row) -> str:
    told = int(str(event["n_articles"]))
    where = f", told in {count(told, 'article')}" if told > 1 else ""
    return (
        f"- **{escape(event['date_label'])}** ({standing_label(event).lower()}): {escape(event_line(event))} "
        f"{_link('Source', event['url'])}{where}"
    )


def _series_row(row: Row) -> str:
    value = figure(row["value"], row["unit"]) + (" (articles disagree)" if row["conflict"] else "")
    return f"| {escape(row['measure'])} | {escape(row['period'])} | {escape(value)} | {len(list_of(row['articles']))} |"


def _names(names: list[Named]) -> list[str]:
    return [f"- {escape(each.name)} ({count(each.n, 'article')})" for each in names] or ["None is named."]


def _article(article: Row) -> str:
    return f"- {day(article['published'])}: {_link(article['title'], article['url'])}"


def _quality(library: Library, facts: TopicFacts) -> list[str]:
    share = round(100 * facts.n_articles / max(library.n_articles, 1))
    lines = [f"- size: {count(facts.n_articles, 'article')}, {share}% of all"]
    if facts.cohesion is not None:
        lines.append(f"- cohesion: {facts.cohesion:.2f} (mean similarity with the topic's centre, 0 to 1)")
    if facts.separation is not None:
        lines.append(
            f"- separation: {facts.separation:.2f} (by how much its articles are nearer to it than to the next)"
        )
    if facts.coherence is not None:
        lines.append(f"- coherence: {facts.coherence:.2f} (NPMI of the terms over all articles, −1 to 1)")
    return lines


def report_name(topic: TopicFacts) -> str:
    """Name of the file with a topic's report."""
    return "-".join(filter(None, (file_name(topic.topic_id), slug(topic.label)))) + ".md"
