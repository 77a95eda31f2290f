"""Properties of reading and cleaning that hold for any dump."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cleaning.cleaner import clean_dump
from pipeline.cleaning.ledger import check_ledger, ledger_rows
from pipeline.cleaning.marks import load_marks
from pipeline.feeds.reader import read_dump
from pipeline.records import CleanDump
from pipeline.settings import Limits, find_models
from tests.feeds.blogs import LANGUAGES, SPAM, inject, make_blog
from tests.feeds.wordpress import flatten, make_rss

MARKS, LIMITS = load_marks(find_models()), Limits()
QUICK = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def clean(data: bytes) -> CleanDump:
    """A dump read and cleaned."""
    return clean_dump(read_dump(data, "dump", LIMITS), MARKS, LIMITS)


@st.composite
def dumps(draw: st.DrawFn) -> bytes:
    """Flattened or raw feeds, with or without spam."""
    language = draw(st.sampled_from(list(LANGUAGES)))
    blog = make_blog(
        language, draw(st.integers(0, 9)) * 10, draw(st.integers(1, 5)), draw(st.booleans()), True, draw(st.booleans())
    )
    spam = draw(st.sampled_from(["", *SPAM.values()]))
    dirty = inject(blog, lambda i, title: f"{spam} {title}".strip())
    rss = make_rss(dirty)
    return (flatten(rss) if draw(st.booleans()) else rss).encode()


@QUICK
@given(dumps(), st.integers(0, 10_000))
def test_ledger_covers_every_cut(data: bytes, cut: int) -> None:
    """However a dump is cut, its ranges cover it without gap or overlap."""
    piece = data[: cut % (len(data) + 1)]
    found = clean(piece)
    for outcome in ("article", "duplicate", "revision"):
        check_ledger(ledger_rows(found, {i.position: outcome for i in found.items}), len(piece))


@QUICK
@given(st.binary(max_size=3_000))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are read or rejected, and accounted for."""
    found = clean(data)
    check_ledger(ledger_rows(found, {i.position: "article" for i in found.items}), len(data))


@QUICK
@given(dumps())
def test_blocks_give_the_text(data: bytes) -> None:
    """Every kept block's offsets give its text; dropped blocks have none."""
    for item in clean(data).items:
        for block in item.blocks:
            if block.start_char is None:
                assert block.end_char is None
            else:
                assert item.text[block.start_char : block.end_char] == block.text


@QUICK
@given(dumps())
def test_joining_lines_loses_no_item(data: bytes) -> None:
    """A dump whose lines are joined has the same items."""
    joined = b" ".join(data.split(b"\n"))
    assert [i.article_id for i in clean(joined).items] == [i.article_id for i in clean(data).items]


@QUICK
@given(dumps())
def test_cleaning_clean_titles_changes_nothing(data: bytes) -> None:
    """A dump with clean titles gives the same titles again."""
    found = clean(data)
    text = data.decode()
    for spam in SPAM.values():
        text = text.replace(f"{spam} ", "")
    assert [i.title for i in clean(text.encode()).items] == [i.title for i in found.items]
