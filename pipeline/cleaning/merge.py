"""Items of all dumps to articles: which text is current, what is a duplicate, what a revision.

Pure and order-independent: the same items give the same result however they are ordered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pipeline.cleaning.addresses import canonical_url
from pipeline.cleaning.differences import Change, compare
from pipeline.cleaning.similar import near_pairs
from pipeline.lists import unique
from pipeline.records import Article, CleanItem


@dataclass(frozen=True, slots=True)
class DumpFacts:
    """What merging needs to know of a dump. ``newest`` is its newest item's moment."""

    name: str
    built: datetime | None
    tag: str | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Revision:
    """An older or shorter text of an article, kept: where it stands, and what the current text changes in it."""

    article_id: str
    dump: str
    dump_sha256: str
    position: int
    title: str
    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class MergeResult:
    """Articles and revisions in a fixed order, and what became of each item.

    ``outcomes`` maps ``(dump sha256, position)`` to ``article``, ``duplicate`` or ``revision``. ``near_duplicates`` are
    pairs of article ids.
    """

    articles: tuple[Article, ...]
    revisions: tuple[Revision, ...]
    outcomes: dict[tuple[str, int], str]
    near_duplicates: tuple[tuple[str, str], ...]


def merge_items(items: Iterable[CleanItem], dumps: Mapping[str, DumpFacts]) -> MergeResult:
    """One article for each id. ``dumps`` has the facts of every dump by its hash."""
    by_article: dict[str, list[CleanItem]] = defaultdict(list)
    for item in items:
        by_article[item.article_id].append(item)
    articles: list[Article] = []
    revisions: list[Revision] = []
    outcomes: dict[tuple[str, int], str] = {}
    for article_id in sorted(by_article):
        article, older, ends = merge_article(by_article[article_id], dumps)
        articles.append(article)
        revisions.extend(older)
        outcomes.update(ends)
    near = near_pairs({a.article_id: a.text for a in articles})
    linked = {article_id for pair in near for article_id in pair}
    flagged = [
        replace(a, flags=tuple(sorted({*a.flags, "near_duplicate"}))) if a.article_id in linked else a for a in articles
    ]
    return MergeResult(tuple(flagged), tuple(revisions), outcomes, near)


def _age(item: CleanItem, dumps: Mapping[str, DumpFacts]) -> tuple[datetime, str, int]:
    """How new an item's telling is: its dump's build date, else the dump's newest item, else the hash decides."""
    facts = dumps[item.dump_sha256]
    moment = facts.built or facts.newest or datetime.min.replace(tzinfo=UTC)
    return moment, item.dump_sha256, -item.position


def _is_cut_of(short: CleanItem, whole: CleanItem) -> bool:
    """One text is only a shorter, cut copy of the other."""
    if len(short.text) >= len(whole.text):
        return False
    stem = short.text.rstrip("… .[]")
    if not stem:
        return True
    is_marked = "truncated" in short.flags and "truncated" not in whole.flags
    return whole.text.startswith(stem) or (is_marked and _begins_alike(stem, whole.text))


def _begins_alike(short: str, whole: str) -> bool:
    """Nine tenths of the shorter text's words are the longer one's first words, in order."""
    a, b = short.split(), whole.split()
    same = sum(x == y for x, y in zip(a, b, strict=False))
    return bool(a) and same >= 0.9 * len(a)


def _current(items: list[CleanItem], dumps: Mapping[str, DumpFacts]) -> CleanItem:
    """The newest telling, unless it is only a cut copy of an older whole one."""
    ranked = sorted(items, key=lambda i: _age(i, dumps), reverse=True)
    best = ranked[0]
    for other in ranked[1:]:
        if _is_cut_of(best, other):
            best = other
    return best


def merge_article(
    items: list[CleanItem], dumps: Mapping[str, DumpFacts]
) -> tuple[Article, list[Revision], dict[tuple[str, int], str]]:
    """One article from all its items: its current telling, the other versions, and what became of each item.

    Whether another article tells nearly the same is not known here (``similar``).
    """
    current = _current(items, dumps)
    ranked = sorted(items, key=lambda i: _age(i, dumps), reverse=True)
    outcomes: dict[tuple[str, int], str] = {(current.dump_sha256, current.position): "article"}
    revisions: list[Revision] = []
    seen = {(current.title, current.text)}
    for item in ranked:
        key = item.dump_sha256, item.position
        if item is current:
            continue
        if (item.title, item.text) in seen:
            outcomes[key] = "duplicate"
            continue
        seen.add((item.title, item.text))
        outcomes[key] = "revision"
        before, after = f"{item.title}\n{item.text}", f"{current.title}\n{current.text}"
        name = dumps[item.dump_sha256].name
        revisions.append(
            Revision(item.article_id, name, *key, title=item.title, text=item.text, changes=compare(before, after))
        )
    own_tags = unique(tag for item in ranked for tag in item.tags)
    dump_tags = {dumps[i.dump_sha256].tag for i in items} - {None}
    flags = set(current.flags)
    if any("encoding_repaired" in i.flags for i in items if i is current):
        flags.add("encoding_repaired")
    article = Article(
        article_id=current.article_id,
        url=_best_url(current, ranked),
        title=current.title,
        author=current.author or next((i.author for i in ranked if i.author), None),
        published=current.published,
        tags=tuple(sorted({*own_tags, *(t for t in dump_tags if t)})),
        comment_count=next((i.comment_count for i in ranked if i.comment_count is not None), None),
        image_url=current.image_url or next((i.image_url for i in ranked if i.image_url), None),
        image_credit=current.image_credit or next((i.image_credit for i in ranked if i.image_credit), None),
        summary=current.summary or next((i.summary for i in ranked if i.summary), None),
        text=current.text,
        blocks=current.blocks,
        n_revisions=len(revisions),
        dumps=tuple(sorted({dumps[i.dump_sha256].name for i in items})),
        flags=tuple(sorted(flags)),
    )
    return article, sorted(revisions, key=lambda r: (r.dump, r.dump_sha256, r.position)), outcomes


def _best_url(current: CleanItem, ranked: list[CleanItem]) -> str:
    """The current telling's address; a short ``?p=`` one gives way to a telling one of another dump."""
    for item in [current, *ranked]:
        canonical = canonical_url(item.url)
        if canonical and "?p=" not in canonical:
            return item.url
    return current.url
