"""The timeline of an archive, in whatever steps it came about, is that of all tellings at once."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import rows
from pipeline.chronicle import Chronicle
from pipeline.records import Telling
from pipeline.store.archive import Archive
from pipeline.store.contents import Contents
from pipeline.timeline.grouping import Grouping
from pipeline.timeline.merge import build_timeline
from tests.timeline.tellings import gold_tellings, make_telling, make_tellings, read_cases
from tests.timeline.test_joining import made_up


def chained(chance: random.Random) -> list[Telling]:
    """Tellings of the cases of chains, in articles of their own, with some that say the same in one sentence."""
    found = []
    for case in chance.sample(read_cases("chains.jsonl"), 12):
        found += make_tellings(case)
    return list({each.evidence_id: each for each in found}.values())


def some_articles(tellings: list[Telling], chance: random.Random) -> list[Telling]:
    """Those of every third article or so."""
    ids = sorted({each.article_id for each in tellings})
    some = set(chance.sample(ids, len(ids) // 3))
    return [each for each in tellings if each.article_id in some]


def bring(
    archive: Archive, articles: dict[str, list[Telling]], all_: list[Telling], grouping: Grouping, many: int = 0
) -> set[str]:
    """Put articles in and bring the timeline's rows up to date: the events whose rows have changed.

    With 0 for ``many`` tellings are joined to what stands, with 1000 all are grouped anew.
    """
    contents = Contents(archive)
    with archive.transaction():
        chronicle = Chronicle(archive, "code", many=many)
        for article_id, tellings in articles.items():
            chronicle.put_article(article_id, tellings)
        newest = max((each.published for each in all_), default=None)
        change = chronicle.bring_up_to_date(grouping, newest.date().isoformat() if newest else "")
        events = list(change.events)
        contents.put_rows("timeline", change.gone, rows.timeline_rows(events, {}))
    return {event.event_id for event in events}


def kept(archive: Archive) -> list[tuple[object, ...]]:
    """The rows of the timeline, in their order."""
    return list(archive.connection.execute("SELECT * FROM timeline ORDER BY date_earliest, date_latest, event_id"))


def wanted(tellings: list[Telling], grouping: Grouping, tmp_path: Path) -> list[tuple[object, ...]]:
    """The rows that all tellings at once give."""
    with Archive(tmp_path / "whole.sqlite") as archive:
        with archive.transaction():
            events = build_timeline(tellings, grouping=grouping)
            Contents(archive).replace_rows("timeline", rows.timeline_rows(events, {}))
        return kept(archive)


@pytest.mark.parametrize("seed", range(8))
def test_a_timeline_is_the_same_in_whatever_steps_it_came_about(seed: int, tmp_path: Path) -> None:
    """Articles come in random order, change and go; reviewers join and split: rows are those of a build of all."""
    chance = random.Random(seed)
    kinds = [lambda: some_articles(gold_tellings(), chance), lambda: chained(chance), lambda: made_up(chance, 120)]
    tellings = kinds[seed % 3]()
    articles: dict[str, list[Telling]] = defaultdict(list)
    for each in tellings:
        articles[each.article_id].append(each)
    names = chance.sample(sorted(articles), len(articles))
    there: dict[str, list[Telling]] = {}
    with Archive(tmp_path / "steps.sqlite") as archive:
        for _ in range(4):
            some = names[: chance.randrange(1, len(names) // 2 + 2)]
            names = names[len(some) :]
            step = {name: articles[name] for name in some}
            for name in chance.sample(sorted(there), min(2, len(there))):
                step[name] = chance.choice([[], there[name][:1]])
            there |= step
            all_ = [each for own in there.values() for each in own]
            ids = [each.evidence_id for each in all_]
            grouping = Grouping()
            if len(ids) > 3 and chance.random() < 0.5:
                one, two, three = chance.sample(ids, 3)
                grouping = Grouping(frozenset([three]), ((one, two),))
            bring(archive, step, all_, grouping, many=chance.choice([0, 1000]))
            assert kept(archive) == wanted(all_, grouping, tmp_path)


def test_other_code_makes_everything_anew(tmp_path: Path) -> None:
    """Rows that older code left are gone, whether or not it kept anything beside them."""
    tellings = gold_tellings()[:40]
    articles: dict[str, list[Telling]] = defaultdict(list)
    for each in tellings:
        articles[each.article_id].append(each)
    with Archive(tmp_path / "a.sqlite") as archive:
        with archive.transaction():
            events = build_timeline([each for each in tellings if each.mention.type != "funding"])
            stray = [replace(event, event_id=f"event-{n}") for n, event in enumerate(events)]
            Contents(archive).replace_rows("timeline", rows.timeline_rows(stray, {}))
        bring(archive, articles, tellings, Grouping())
        assert kept(archive) == wanted(tellings, Grouping(), tmp_path)
        archive.set_fact("timeline made by", "older code")
        bring(archive, articles, tellings, Grouping())
        assert kept(archive) == wanted(tellings, Grouping(), tmp_path)


def test_what_is_not_touched_is_not_made_again(tmp_path: Path) -> None:
    """Nothing new changes nothing; one article less and back again gives the rows of before."""
    tellings = gold_tellings()
    articles: dict[str, list[Telling]] = defaultdict(list)
    for each in tellings:
        articles[each.article_id].append(each)
    with Archive(tmp_path / "a.sqlite") as archive:
        bring(archive, articles, tellings, Grouping())
        before = kept(archive)
        assert bring(archive, articles, tellings, Grouping()) == set()
        name = sorted(articles)[3]
        less = [each for each in tellings if each.article_id != name]
        changed = bring(archive, {name: []}, less, Grouping())
        assert len(changed) < len(before) / 4
        assert kept(archive) != before
        bring(archive, {name: articles[name]}, tellings, Grouping())
        assert kept(archive) == before


def test_a_pledge_goes_stale_when_a_much_later_article_comes(tmp_path: Path) -> None:
    """What nobody touched has another state where the day that states are made for is past its time."""
    fields = {"policies": ["{P1}"], "type": "implementation", "status": "planned", "start": 0}
    pledge = make_telling(0, {**fields, "told": "2020-01-10", "article": "a", "quote": "The {P1} will be set up soon."})
    other = make_telling(
        1, {**fields, "policies": ["{P2}"], "told": "2023-05-02", "article": "b", "quote": "The {P2} will begin soon."}
    )
    with Archive(tmp_path / "a.sqlite") as archive:
        bring(archive, {pledge.article_id: [pledge]}, [pledge], Grouping())
        assert archive.connection.execute("SELECT state FROM timeline").fetchall() == [("due",)]
        bring(archive, {other.article_id: [other]}, [pledge, other], Grouping())
        assert kept(archive) == wanted([pledge, other], Grouping(), tmp_path)
        bring(archive, {other.article_id: []}, [pledge], Grouping())
        assert archive.connection.execute("SELECT state FROM timeline").fetchall() == [("due",)]
