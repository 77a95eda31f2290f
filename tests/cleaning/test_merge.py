"""Merging: one article for each id, whatever the order of the dumps."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.cleaning.merge import DumpFacts, merge_items
from pipeline.records import Block, CleanItem

DAY = datetime(2025, 3, 1, 12, tzinfo=UTC)
WHOLE = "The council agreed the plan. It will cost £2m. Carers welcomed it."


def item(
    dump: str, text: str = WHOLE, article_id: str = "x-1", position: int = 0, flags: tuple[str, ...] = ()
) -> CleanItem:
    """An item with a text of one block."""
    return CleanItem(
        dump_sha256=dump, position=position, article_id=article_id, url="https://x.org/a/", title="Plan agreed",
        published=DAY, summary=None, text=text, blocks=(Block("body", text, 0, len(text)),), comment_count=None,
        image_url=None, image_credit=None, author=None, tags=(), flags=flags, ranges=(),
    )  # fmt: skip


def facts(day: int, tag: str | None = None, name: str = "d") -> DumpFacts:
    """A dump that was built on a day of March."""
    return DumpFacts(f"{name}{day}.txt", DAY.replace(day=day), tag, None)


def test_same_text_is_a_duplicate() -> None:
    """The same id and text in two dumps are one article with both dumps and tags."""
    found = merge_items([item("a"), item("b")], {"a": facts(1, "care"), "b": facts(2, "adults")})
    assert [(x.article_id, x.dumps, x.tags, x.n_revisions) for x in found.articles] == [
        ("x-1", ("d1.txt", "d2.txt"), ("adults", "care"), 0)
    ]
    assert found.outcomes == {("b", 0): "article", ("a", 0): "duplicate"}


def test_newest_text_is_current() -> None:
    """Another text is a revision: the newest dump's is current, and the difference is kept by sentence."""
    newer = WHOLE.replace("£2m", "£3m")
    found = merge_items([item("a"), item("b", newer)], {"a": facts(1), "b": facts(2)})
    assert found.articles[0].text == newer
    assert found.outcomes[("a", 0)] == "revision"
    assert [(c.before, c.after) for c in found.revisions[0].changes] == [("It will cost £2m.", "It will cost £3m.")]


def test_cut_copy_never_replaces_a_whole_one() -> None:
    """A shorter copy that was cut stays a revision, though its dump is newer."""
    found = merge_items([item("a"), item("b", WHOLE[:40], flags=("truncated",))], {"a": facts(1), "b": facts(2)})
    assert found.articles[0].text == WHOLE
    assert found.outcomes == {("a", 0): "article", ("b", 0): "revision"}


def test_same_text_other_id_is_linked() -> None:
    """Two ids with nearly the same text are two articles, linked and not merged."""
    text = " ".join(f"word{n} stands here" for n in range(30))
    found = merge_items([item("a", text), item("a", f"{text} More.", "x-2", 1)], {"a": facts(1)})
    assert [(x.article_id, x.flags) for x in found.articles] == [
        ("x-1", ("near_duplicate",)),
        ("x-2", ("near_duplicate",)),
    ]
    assert found.near_duplicates == (("x-1", "x-2"),)


def test_order_does_not_matter() -> None:
    """Any order of the items gives the same result."""
    items = [
        item("a"),
        item("b", WHOLE + " More."),
        item("c", WHOLE[:30], flags=("truncated",)),
        item("c", WHOLE, "x-2", 1),
    ]
    dumps = {"a": facts(1), "b": facts(3), "c": facts(5)}
    first = merge_items(items, dumps)
    assert all(merge_items(order, dumps) == first for order in itertools.permutations(items))


def test_hash_decides_between_equals() -> None:
    """Without build dates and with the same newest item the hash decides, so that the result is the same again."""
    dumps = {"a": DumpFacts("a", None, None, DAY), "b": DumpFacts("b", None, None, DAY)}
    found = merge_items([item("a", "One. Two."), item("b", "One. Three.")], dumps)
    assert found.articles[0].text == "One. Three."


def test_two_titles_are_a_revision() -> None:
    """One address with two titles is a revision, even when the text is the same."""
    other = replace(item("b"), title="Plan agreed at last")
    found = merge_items([item("a"), other], {"a": facts(1), "b": facts(2)})
    assert found.articles[0].title == "Plan agreed at last"
    assert found.outcomes[("a", 0)] == "revision"
