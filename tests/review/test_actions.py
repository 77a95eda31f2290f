"""What a reviewer asks for becomes decisions, and can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.evaluation.gold import load_gold
from pipeline.review import desk as desks
from pipeline.review.actions import Refused, Reviewer
from pipeline.review.gold import write_gold
from pipeline.review.sentences import sentences_of
from pipeline.reviewing import load_decisions, lost_decisions, withdraw
from pipeline.runner import refresh
from pipeline.settings import find_models
from tests.runs import read_rows as read


def first(reviewer: Reviewer, place: int = 0) -> str:
    """An event of the queue."""
    return str(desks.queue(reviewer.desk, reviewer.standing(), place + 1)[place]["event_id"])


def test_the_queue_has_the_least_certain_first(reviewer: Reviewer) -> None:
    """What was decided on is in it no longer."""
    cards = desks.queue(reviewer.desk, reviewer.standing(), 20)
    assert [card["confidence"] for card in cards] == sorted(card["confidence"] for card in cards)
    reviewer.do("decide", {"event": cards[0]["event_id"], "verdict": "accept"})
    assert first(reviewer) == cards[1]["event_id"]


def test_a_correction_is_shown_at_once_and_in_the_files_once_applied(reviewer: Reviewer, out: Path) -> None:
    """With who, when and why; the event keeps its identifier."""
    event = first(reviewer)
    corrections = {"date": "1999-12-31", "policies": "ECF; care act 2014", "title": "Called as I like", "amount": "-"}
    reviewer.do("decide", {"event": event, "verdict": "correct", "corrections": corrections, "note": "because"})
    (decision,) = desks.event_card(reviewer.desk, reviewer.standing(), event)["decisions"]
    assert (decision["verdict"], decision["reviewer"], decision["note"]) == ("correct", "ann", "because")
    refresh(out, find_models())
    (row,) = [row for row in read(out, "timeline") if row["event_id"] == event]
    assert (row["date"], row["title"], row["amount"]) == ("1999-12-31", "Called as I like", "")
    assert row["policies"] == "early career framework; Care Act 2014"
    assert "corrected by a reviewer" in row["reasons"]


def test_a_second_correction_keeps_the_first(reviewer: Reviewer) -> None:
    """Only what is corrected anew is changed."""
    event = first(reviewer)
    for corrections in ({"date": "2001"}, {"status": "planned"}):
        reviewer.do("decide", {"event": event, "verdict": "correct", "corrections": corrections})
    (decision,) = desks.event_card(reviewer.desk, reviewer.standing(), event)["decisions"]
    assert decision["corrections"] == {"date": "2001", "status": "planned"}


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ({"verdict": "maybe"}, "none of accept"),
        ({"verdict": "correct"}, "nothing was changed"),
        ({"verdict": "correct", "corrections": {"date": "2025-13"}}, "no EDTF date"),
        ({"verdict": "correct", "corrections": {"colour": "red"}}, "can't be corrected"),
        ({"verdict": "correct", "corrections": {"policies": "early carer framework"}}, "mean early career framework?"),
        ({"verdict": "correct", "corrections": {"organisations": "Ofsed"}}, "did you mean Ofsted"),
        ({"verdict": "correct", "corrections": {"title": "x" * 3000}}, "characters at most"),
        ({"verdict": "correct", "corrections": ["date"]}, "must be an object"),
        ({"verdict": ["accept"]}, "must be a text"),
        ({"verdict": "accept", "event": "event-gone"}, "load the page again"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_kept(
    reviewer: Reviewer, project: Path, request_: dict[str, object], reason: str
) -> None:
    """The reviewer is told why."""
    with pytest.raises(Refused, match=reason.replace("?", r"\?")):
        reviewer.do("decide", {"event": first(reviewer), **request_})
    assert load_decisions(project) == ()


def test_undo_goes_back_step_by_step(reviewer: Reviewer, project: Path) -> None:
    """What stood before stands again, by lines that are added."""
    event = first(reviewer)
    reviewer.do("decide", {"event": event, "verdict": "accept"})
    reviewer.do("decide", {"event": event, "verdict": "reject"})
    reviewer.do("undo", {})
    assert [each.verdict for each in reviewer.standing().by_key.values()] == ["accept"]
    reviewer.do("undo", {})
    assert not reviewer.standing().by_key
    assert len(load_decisions(project)) == 4
    with pytest.raises(Refused, match="nothing to undo"):
        reviewer.do("undo", {})


def test_a_decision_taken_back_leaves_the_files_as_they_were(reviewer: Reviewer, out: Path, project: Path) -> None:
    """Rejected, applied, withdrawn by the decision's key, applied: the same bytes."""
    before = (out / "timeline.csv").read_bytes()
    reviewer.do("decide", {"event": first(reviewer), "verdict": "reject"})
    refresh(out, find_models())
    assert (out / "timeline.csv").read_bytes() != before
    (key,) = reviewer.standing().by_key
    assert [each.verdict for each in withdraw(key[:8], out, project, "2999-01-01")] == ["reject"]
    refresh(out, find_models())
    assert (out / "timeline.csv").read_bytes() == before


def test_merged_events_are_one_and_split_again_two(reviewer: Reviewer, out: Path) -> None:
    """The tellings stand together; split off, the telling is an event of its own."""
    one, other = first(reviewer, 0), first(reviewer, 5)
    n_tellings = {event: len(reviewer.desk.tellings_of(event)) for event in (one, other)}
    reviewer.do("merge", {"event": one, "into": other})
    refresh(out, find_models())
    merged = [event for event in (one, other) if event in reviewer.desk.events]
    assert len(merged) == 1
    assert len(reviewer.desk.tellings_of(merged[0])) == sum(n_tellings.values())
    parted = reviewer.desk.tellings_of(merged[0])[0].evidence_id
    reviewer.do("split", {"event": merged[0], "telling": parted})
    refresh(out, find_models())
    (home,) = [event for event, found in reviewer.desk.evidence.items() if parted in {r["evidence_id"] for r in found}]
    assert len(reviewer.desk.evidence[home]) == 1


def test_a_link_is_added_and_taken_away(reviewer: Reviewer, out: Path, project: Path) -> None:
    """In the files once applied, shown on both events' cards before; taken away, the files are as they were."""
    before = (out / "timeline.csv").read_bytes()
    later, earlier = first(reviewer, 0), first(reviewer, 5)
    title = str(reviewer.desk.events[earlier]["title"])
    assert earlier in {each["event_id"] for each in desks.search(reviewer.desk, title.upper(), 30)}
    reviewer.do("chain", {"event": later, "other": earlier, "kind": "follows", "note": "so it says"})
    for event in (later, earlier):
        (link,) = [
            each
            for each in desks.event_card(reviewer.desk, reviewer.standing(), event)["chain"]
            if (each["later"], each["earlier"]) == (later, earlier)
        ]
        assert (link["kind"], link["decision"]["note"]) == ("follows", "so it says")
    refresh(out, find_models())
    (row,) = [row for row in read(out, "timeline") if row["event_id"] == later]
    assert f"follows:{earlier}" in row["related"].split("; ")
    with pytest.raises(Refused, match="this event already"):
        reviewer.do("chain", {"event": earlier, "other": later, "kind": "delays"})
    reviewer.do("chain", {"event": later, "other": earlier, "kind": ""})
    refresh(out, find_models())
    assert (out / "timeline.csv").read_bytes() == before
    assert lost_decisions(out, project) == ()


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ({"kind": "marries"}, "none of confirms"),
        ({"other": "event-gone"}, "no event"),
        ({"other": None}, "must be a text"),
    ],
)
def test_a_link_that_cannot_be_is_refused(
    reviewer: Reviewer, project: Path, request_: dict[str, object], reason: str
) -> None:
    """With a sentence for the reviewer; one to the event itself too."""
    event, other = first(reviewer, 0), first(reviewer, 1)
    with pytest.raises(Refused, match=reason):
        reviewer.do("chain", {"event": event, "other": other, "kind": "follows", **request_})
    with pytest.raises(Refused, match="to itself"):
        reviewer.do("chain", {"event": event, "other": event, "kind": "follows"})
    assert load_decisions(project) == ()


def test_a_missed_event_is_added_to_its_sentence(reviewer: Reviewer, out: Path, project: Path, tmp_path: Path) -> None:
    """In timeline, evidence and gold, reviewed, and out of the queue; corrected and rejected like any other."""
    article = next(iter(reviewer.desk.articles))
    sentences = sentences_of(out, article)
    assert [each.text for each in sentences if each.field == "title"] == [reviewer.desk.articles[article]["title"]]
    sentence = next(each for each in sentences if not each.n_events and each.field == "text")
    cells = {**{name: cell for name, cell in sentence.cells.items() if cell}, "date": "1999-12-31", "type": "meeting"}
    request = {"article": article, "field": "text", "start": str(sentence.start_char)}
    with pytest.raises(Refused, match="needs a status"):
        reviewer.do("missed", {**request, "corrections": cells})
    with pytest.raises(Refused, match="no EDTF date"):
        reviewer.do("missed", {**request, "corrections": {**cells, "status": "planned", "date": "1999-13"}})
    with pytest.raises(Refused, match="no such sentence"):
        reviewer.do("missed", {**request, "start": "999999"})
    reviewer.do("missed", {**request, "corrections": {**cells, "status": "planned", "organisations": "ofsted"}})
    with pytest.raises(Refused, match="tells that already"):
        reviewer.do("missed", {**request, "corrections": {**cells, "status": "planned"}})
    refresh(out, find_models())
    (row,) = [row for row in read(out, "timeline") if row["date"] == "1999-12-31"]
    assert (row["quote"], row["organisations"], row["confidence"]) == (sentence.text, "Ofsted", "1")
    assert "added by a reviewer" in row["reasons"]
    (telling,) = [each for each in read(out, "evidence") if each["event_id"] == row["event_id"]]
    assert int(telling["start_char"]) == sentence.start_char
    (decision,) = desks.event_card(reviewer.desk, reviewer.standing(), row["event_id"])["decisions"]
    assert (decision["about"], decision["reviewer"]) == ("missed", "ann")
    assert row["event_id"] not in {e["event_id"] for e in desks.queue(reviewer.desk, reviewer.standing(), 9999)}
    reviewer.do("article", {"article": article})
    write_gold(out, find_models(), project, tmp_path / "gold")
    record = load_gold(tmp_path / "gold")[article]
    assert [each["date"] for each in record["events"] if each["quote"] == sentence.text] == ["1999-12-31"]
    reviewer.do("decide", {"event": row["event_id"], "verdict": "reject"})
    refresh(out, find_models())
    assert "1999-12-31" not in {row["date"] for row in read(out, "timeline")}


def test_a_corrected_number_stays_corrected(reviewer: Reviewer, out: Path) -> None:
    """Value and period are as the reviewer said; one that is no figure is gone."""
    numbers = [row for row in read(out, "numbers") if row["tier"] == "core" and row["field"] == "text"]
    mended, gone = numbers[0]["number_id"], numbers[1]["number_id"]
    corrections = {"value": "1,234.5", "period": "2020", "direction": "-"}
    reviewer.do("number", {"number": mended, "verdict": "correct", "corrections": corrections})
    reviewer.do("number", {"number": gone, "verdict": "reject"})
    with pytest.raises(Refused, match="no number"):
        reviewer.do("number", {"number": mended, "verdict": "correct", "corrections": {"value": "many"}})
    refresh(out, find_models())
    after = {row["number_id"]: row for row in read(out, "numbers")}
    assert (after[mended]["value"], after[mended]["period"], after[mended]["direction"]) == ("1234.5", "2020", "")
    assert gone not in after


def test_a_link_leads_where_the_reviewer_says(reviewer: Reviewer, out: Path) -> None:
    """In that article every mention of the name has the other one."""
    row = next(row for row in read(out, "mentions") if row["kind"] == "organisation" and row["name"] != "Ofsted")
    link = {"article": row["article_id"], "kind": "organisation", "name": row["name"]}
    with pytest.raises(Refused, match="did you mean"):
        reviewer.do("link", {**link, "verdict": "correct", "to": "Ofsed"})
    reviewer.do("link", {**link, "verdict": "correct", "to": "ofsted"})
    refresh(out, find_models())
    (after,) = [each for each in read(out, "mentions") if each["mention_id"] == row["mention_id"]]
    assert (after["name"], after["entity_id"]) == ("Ofsted", "organisation-ofsted")


def test_topics_are_named_and_the_name_taken_back(reviewer: Reviewer, out: Path, project: Path) -> None:
    """The name stands in topics.toml like one given on the command line."""
    topic = next(iter(reviewer.desk.topics))
    reviewer.do("name-topic", {"topic": topic, "label": "My own"})
    refresh(out, find_models())
    assert [row["label"] for row in read(out, "topics") if row["topic_id"] == topic] == ["My own"]
    reviewer.do("undo", {})
    assert "My own" not in (project / "topics.toml").read_text(encoding="utf-8")


def test_articles_that_were_read_through_become_gold(
    reviewer: Reviewer, out: Path, project: Path, tmp_path: Path
) -> None:
    """With the decisions on them, and in the form that evaluate reads; others are not written."""
    event = next(e for e, row in reviewer.desk.events.items() if row["n_articles"] == 1)
    article = reviewer.desk.tellings_of(event)[0].article_id
    reviewer.do("decide", {"event": event, "verdict": "correct", "corrections": {"date": "1999-12-31"}})
    assert write_gold(out, find_models(), project, tmp_path / "gold") == []
    reviewer.do("article", {"article": article})
    (path,) = write_gold(out, find_models(), project, tmp_path / "gold")
    record = load_gold(tmp_path / "gold")[article]
    assert path.name == f"{article}.json"
    assert "1999-12-31" in {each["date"] for each in record["events"]}
    text = {block["i"]: block["text"] for block in record["blocks"]} | {-1: record["title"]}
    assert all(each["text"] in text[each["block"]] for each in record["numbers"])
    assert json.loads(path.read_text(encoding="utf-8")) == record
