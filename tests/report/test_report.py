"""The report as files: complete, safe, the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html

from pipeline.report import Standing, library, write_report
from pipeline.report.explorer import CLOSING, EVENT_CELLS, OPENING
from pipeline.report.library import EVENTS_LISTED, Library
from pipeline.store.lookups import FULL_TEXT
from tests.report.example import HOSTILE, SECRET, filled, make_event, make_tables, make_telling


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report of the made-up archive."""
    out = tmp_path_factory.mktemp("report")
    with filled(make_tables(), tmp_path_factory.mktemp("archive")) as contents:
        write_report(contents, out)
    return out


def pages(folder: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    """Every page with its tree."""
    for path in sorted(folder.rglob("*.html")):
        yield path, html.fromstring(path.read_text(encoding="utf-8"))


def test_every_link_leads_somewhere(folder: Path) -> None:
    """Every link within the report has its page, and its place on the page."""
    ids = {path.resolve(): {e.get("id") for e in tree.iter() if e.get("id")} for path, tree in pages(folder)}
    for path, tree in pages(folder):
        for link in tree.xpath("//a/@href | //link/@href | //script/@src"):
            if link.startswith(("https://", "data:")):
                continue
            target, place = urldefrag(unquote(link))
            file = (path.parent / target).resolve() if target else path.resolve()
            assert file.is_file(), (path.name, link)
            assert not place or place in ids[file], (path.name, link)


def test_the_explorers_links_lead_somewhere(folder: Path) -> None:
    """The pages that the explorer links to by script are there as well."""
    for event in explorer(folder):
        cells = dict(zip(EVENT_CELLS, event, strict=True))
        page = folder / "report" / "events" / f"{cells['date_earliest'][:7]}.html"
        assert f'id="{cells["event_id"]}"' in page.read_text(encoding="utf-8")


def test_nothing_comes_from_elsewhere(folder: Path) -> None:
    """Every page forbids whatever isn't its own, and holds no script, style or handler in its text."""
    for path, tree in pages(folder):
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not tree.xpath("//style | //*[@style] | //iframe | //img | //@*[starts-with(name(), 'on')]"), path
        assert all(not src.startswith(("http", "//")) for src in tree.xpath("//script/@src | //link/@href")), path
        assert tree.xpath("//script[not(@src) and not(@type='application/json')]") == [], path


def test_only_web_addresses_are_links(folder: Path) -> None:
    """An address that isn't http or https is no link anywhere."""
    for path, tree in pages(folder):
        assert not [link for link in tree.xpath("//a/@href") if "javascript:" in link.lower()], path


def test_hostile_titles_stay_text(folder: Path) -> None:
    """A title with markup is shown as it is written."""
    page = html.fromstring((folder / "report" / "articles" / "example-2.html").read_text(encoding="utf-8"))
    assert page.xpath("string(//h1)") == HOSTILE
    event = html.fromstring((folder / "report" / "events" / "2024-02.html").read_text(encoding="utf-8"))
    assert event.xpath("string(//h2[1])") == HOSTILE


def test_hostile_titles_stay_text_in_markdown(folder: Path) -> None:
    """Markdown reports neither link nor mark up what a title says."""
    (report,) = (folder / "topics").glob("topic-aa-*.md")
    text = report.read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(?!https://)", text)
    assert not re.search(r"(?<!\\)\]\((?!<https://)", text)


def test_the_articles_text_is_not_written(folder: Path) -> None:
    """Only quoted sentences are shown: the text belongs to its publisher."""
    assert [path for path in folder.rglob("*") if path.is_file() and SECRET in path.read_text(encoding="utf-8")] == []


def test_the_same_tables_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Written twice, every file is the same."""
    with filled(make_tables(), tmp_path) as contents:
        write_report(contents, tmp_path / "again")
    assert bytes_of(tmp_path / "again") == bytes_of(folder)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file's bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_found_is_said(tmp_path: Path) -> None:
    """Empty tables give a report that says so."""
    with filled({}, tmp_path) as contents:
        write_report(contents, tmp_path)
    assert "There are no topics yet" in (tmp_path / "report" / "topics.html").read_text(encoding="utf-8")


def test_every_page_can_be_read_aloud(folder: Path) -> None:
    """Language, title, one first heading, no heading skipped, labels for fields, captions for charts, unique ids."""
    for path, tree in pages(folder):
        assert tree.get("lang") == "en-GB", path
        assert tree.xpath("string(//title)").strip(), path
        levels = [int(e.tag[1]) for e in tree.xpath("//main//h1 | //main//h2 | //main//h3 | //main//h4")]
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), (path, levels)
        for field in tree.xpath("//input[@id] | //select"):
            assert tree.xpath(f"//label[@for='{field.get('id')}']"), (path, field.get("id"))
        assert all(svg.get("aria-label") for svg in tree.xpath("//svg")), path
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path


def explorer(folder: Path) -> list[list[object]]:
    """The events of the timeline explorer, of the years that its page takes in."""
    page = html.fromstring((folder / "report" / "index.html").read_text(encoding="utf-8"))
    scripts = [src for src in page.xpath("//script/@src") if src.startswith("events/")]
    texts = ((folder / "report" / src).read_text(encoding="utf-8") for src in scripts)
    return [event for text in texts for event in json.loads(text[len(OPENING) - 2 : 1 - len(CLOSING) + 1])]


def test_the_explorer_reads_cells_in_their_order() -> None:
    """The script names the cells of an event in the order in which they are written."""
    script = (Path(__file__).parents[2] / "pipeline" / "report" / "explorer.js").read_text(encoding="utf-8")
    block = re.search(r"const CELLS = \[(.*?)\]", script, re.DOTALL)
    assert block is not None
    assert len(re.findall(r'"(\w+)"', block[1])) == len(EVENT_CELLS)


def test_planned_and_overdue_are_told_apart(folder: Path) -> None:
    """What is due, what is overdue and what happened have badges with words of their own."""
    labels = {dict(zip(EVENT_CELLS, event, strict=True))["label"] for event in explorer(folder)}
    assert {"Planned", "Overdue", "Happened", "Ongoing"} <= labels


def test_what_came_of_a_proposal_is_open(tmp_path: Path) -> None:
    """What was proposed or promised, and has no state any more, is not counted as still to come."""
    tables = make_tables()
    tables["timeline"] += [
        make_event(20 + i, status=status, state=None, title=f"Old {status}")
        for i, status in enumerate(("planned", "proposed", "conditional"))
    ]
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    events = [dict(zip(EVENT_CELLS, event, strict=True)) for event in explorer(tmp_path)]
    told = {event["title"]: (event["standing"], event["label"]) for event in events}
    assert told["Old planned"] == ("open", "Open")
    assert told["Old proposed"] == ("open", "Proposed")
    assert told["Old conditional"] == ("open", "Conditional")
    assert [event["title"] for event in events if event["standing"] == "due"] == ["Duty to start"]
    topic = html.fromstring((tmp_path / "report" / "topics" / "topic-aa.html").read_text(encoding="utf-8"))
    assert "1 thing is still to come" in topic.xpath("string(//p[@class='lead'])")


def test_a_date_is_given_in_words(tmp_path: Path) -> None:
    """A season is named on its event's page: what a table writes for it means nothing to a reader."""
    tables = make_tables()
    tables["timeline"][0] |= {"date": "2024-21", "date_label": "spring 2024"}
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    pages_ = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("events/*.html")]
    assert any("<dd>spring 2024 <span" in page for page in pages_)
    assert not any("2024-21" in page for page in pages_)


def test_each_side_of_a_conflict_has_its_article(tmp_path: Path) -> None:
    """A value is named once however many give it, and below every sentence stands where it comes from."""
    tables = make_tables()
    tables["conflicts"][0] |= {"values": ("14%", "14%", "15%"), "quotes": ("One says 14%.", "One says 15%.")}
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    page = html.fromstring((tmp_path / "report" / "figures.html").read_text(encoding="utf-8"))
    (conflict,) = page.xpath("//article[@id='c-1']")
    assert conflict.xpath("string(h3)").startswith("Vacancy rate")
    assert conflict.xpath("string(p)") == "Two values: 14% against 15%."
    sides = [(li.xpath("string(blockquote)"), li.xpath("string(.//a/@href)")) for li in conflict.xpath(".//li")]
    assert sides == [("One says 14%.", "articles/example-1.html"), ("One says 15%.", "articles/example-2.html")]


def test_figures_are_found_by_letter_where_there_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first page leaves out stands on the page of its letter; what begins with none comes last."""
    monkeypatch.setattr("pipeline.report.site._FIGURES_SHOWN", 0)
    tables = make_tables()
    tables["conflicts"].append({**tables["conflicts"][0], "conflict_id": "c-2", "measure": "16-year-olds in care"})
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    first = html.fromstring((tmp_path / "report" / "figures.html").read_text(encoding="utf-8"))
    links = first.xpath("//main//a[starts-with(@href, 'figures/')]")
    assert [link.text for link in links] == ["V", "others"]
    assert not first.xpath("//article|//figure")
    by_letter = html.fromstring((tmp_path / "report" / links[0].get("href")).read_text(encoding="utf-8"))
    assert by_letter.xpath("//article[@id='c-1']") and by_letter.xpath("//figure[@class='chart']")
    others = html.fromstring((tmp_path / "report" / links[1].get("href")).read_text(encoding="utf-8"))
    assert others.xpath("//article/@id") == ["c-2"]
    links = [link.partition("#")[0] for link in others.xpath("//article//a/@href")]
    assert links and all((tmp_path / "report" / "figures" / link).resolve().is_file() for link in links)


def test_an_event_shows_every_telling(folder: Path) -> None:
    """An event told by two articles has both, and what it answers."""
    page = html.fromstring((folder / "report" / "events" / "2024-04.html").read_text(encoding="utf-8"))
    (event,) = page.xpath("//article[@id='event-000003']")
    assert len(event.xpath(".//blockquote")) == 2
    assert "Delays" in event.text_content()


def test_five_thousand_events_fit(tmp_path: Path) -> None:
    """The explorer for 5,000 events is no larger than 3 MB."""
    tables = make_tables()
    title = "The department said that it would set out guidance for every council on the new duty of…"
    names = tuple(f"policy of the number {i}" for i in range(2))
    tables["timeline"] = [
        make_event(i, title=title, policies=names, policy_ids=names, organisations=names, organisation_ids=names)
        for i in range(5000)
    ]
    tables["evidence"] = [make_telling(event) for event in tables["timeline"][:1]]
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    assert (tmp_path / "report" / "index.html").stat().st_size <= 3_000_000


def test_the_topics_report_says_what_it_is_about(folder: Path) -> None:
    """A topic's page and its Markdown open with the same three sentences made from evidence."""
    (report,) = (folder / "topics").glob("topic-aa-*.md")
    page = html.fromstring((folder / "report" / "topics" / "topic-aa.html").read_text(encoding="utf-8"))
    lead = page.xpath("string(//p[@class='lead'])")
    assert lead.startswith("2 articles came out in March 2024, most often naming care duty")
    assert "1 thing is still to come and 1 plan overdue; next is, for financial year 2025-26: Duty to start." in lead
    assert lead.split(".")[0] in report.read_text(encoding="utf-8")


def test_what_came_about_by_its_day_is_told_as_planned(tmp_path: Path) -> None:
    """A plan whose day has passed keeps the title of a plan: the sentence about it says that it is one."""
    tables = make_tables()
    tables["timeline"].append(
        make_event(11, title="Consultation to close", status="planned", state="done", policies=("care duty",))
    )
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    topic = html.fromstring((tmp_path / "report" / "topics" / "topic-aa.html").read_text(encoding="utf-8"))
    lead = topic.xpath("string(//p[@class='lead'])")
    assert "The latest thing to have happened as planned (2024-12-12): Consultation to close." in lead


def test_unsorted_articles_are_listed(folder: Path) -> None:
    """An article without a topic is on the topics page and in a report of its own."""
    assert "Nothing of note" in (folder / "report" / "topics.html").read_text(encoding="utf-8")
    assert "Nothing of note" in (folder / "topics" / "unsorted.md").read_text(encoding="utf-8")


def test_whole_texts_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    """Then every telling has its place in the text, and every link still leads somewhere."""
    tables = make_tables()
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path / "quotes")
        contents.archive.set_fact(FULL_TEXT, "yes")
        write_report(contents, tmp_path / "whole")
    (quotes, whole) = (
        (tmp_path / name / "report" / "articles" / "example-1.html").read_text(encoding="utf-8")
        for name in ("quotes", "whole")
    )
    assert SECRET not in quotes
    assert SECRET in whole
    assert "<h3>" not in whole
    test_every_link_leads_somewhere(tmp_path / "whole")


def test_a_heading_of_the_text_is_one(tmp_path: Path) -> None:
    """And what stands below it is a paragraph."""
    blocks = '[{"kind": "heading", "text": "What comes next", "start_char": 0, "end_char": 15}]'
    with filled(make_tables(), tmp_path) as contents:
        query = "UPDATE article_texts SET blocks = ?, text = replace(text, 'The board', 'What comes next' || char(10))"
        contents.archive.connection.execute(query, (blocks,))
        contents.archive.set_fact(FULL_TEXT, "yes")
        write_report(contents, tmp_path)
    page = html.parse(tmp_path / "report" / "articles" / "example-1.html")
    (heading,) = page.xpath("//div[@class='text']/h3")
    assert heading.text_content().startswith("What comes")
    assert page.xpath("//div[@class='text']/p")


def test_a_reviewed_event_says_so(tmp_path: Path) -> None:
    """On its page, beside its date."""
    tables = make_tables()
    tables["timeline"][0]["reasons"] = ("accepted by a reviewer",)
    with filled(tables, tmp_path) as contents:
        write_report(contents, tmp_path)
    assert sum(page.read_text(encoding="utf-8").count("Reviewed") for page in tmp_path.rglob("events/*.html")) == 1


def made_folder(path: Path) -> Path:
    """A new folder."""
    path.mkdir()
    return path


def test_a_months_page_keeps_what_it_says_of_events_that_are_not_due(tmp_path: Path) -> None:
    """Only the event that is due is made anew; one that stands nowhere is, too."""
    tables = make_tables()
    (first,) = (event for event in tables["timeline"] if str(event["date_earliest"]).startswith("2024-02"))
    with filled(tables, made_folder(tmp_path / "before")) as contents:
        write_report(contents, tmp_path / "old")
    tables["timeline"].append({**first, "event_id": "event-more", "title": "One more", "superseded_ids": ()})
    first["title"] = "Another title"
    page = Path("report/events/2024-02.html")
    for due, title in (("nothing", HOSTILE), (str(first["event_id"]), "Another title")):
        kinds = ("article", "articles", "entity", "year", "figures", "figure")
        wanted = {"month": {"2024-02"}, "event": {due}, **{key: set[str]() for key in kinds}}
        standing = Standing(tmp_path / "old", {page.as_posix()}, wanted)
        with filled(tables, made_folder(tmp_path / due)) as contents:
            write_report(contents, tmp_path / "new" / due, standing)
        tree = html.fromstring((tmp_path / "new" / due / page).read_text(encoding="utf-8"))
        assert {title, "One more"} <= {h2.text_content() for h2 in tree.xpath("//h2")}


def test_a_long_list_has_the_newest(tmp_path: Path) -> None:
    """The last ones are listed, and the others counted by year."""
    n_old = EVENTS_LISTED // 2
    events = [make_event(n, date_earliest="2023-05-01" if n < n_old else "2024-05-01") for n in range(2 * n_old + 10)]
    with filled(make_tables() | {"timeline": events}, tmp_path) as contents:
        placed = [(str(event["event_id"]), str(event["date_earliest"])) for event in events]
        newest = Library(contents).newest_of(placed)
    assert [event["event_id"] for event in newest.events] == [event["event_id"] for event in events[10:]]
    assert newest.left == {"2023": 10}


class Counting:
    """Progress that counts steps."""

    def __init__(self) -> None:
        self.steps = 0

    def start(self, stage: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, steps: int = 1) -> None:
        """Count."""
        self.steps += steps


def test_pages_that_are_not_due_are_left_and_named(folder: Path, tmp_path: Path) -> None:
    """What is written is what stands, with the same bytes; a step of progress is a page."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    kinds = ("month", "year", "articles", "figures", "article", "event", "figure")
    standing = Standing(folder, frozenset(files), {"entity": {"nobody"}, **{kind: frozenset() for kind in kinds}})
    counting = Counting()
    with filled(make_tables(), tmp_path) as contents:
        left = write_report(contents, tmp_path / "again", standing, counting)
    again = {p.relative_to(tmp_path / "again").as_posix() for p in (tmp_path / "again").rglob("*") if p.is_file()}
    assert left == files.keys() - again >= {name for name in files if "/articles/" in name or "/events/" in name}
    assert all((tmp_path / "again" / name).read_bytes() == files[name] for name in again)
    assert counting.steps == len(again)


def test_what_is_held_makes_room(tmp_path: Path) -> None:
    """However few rows and items are held at a time, the pages are the same."""
    written = []
    for held in (20_000, 1):
        with (
            pytest.MonkeyPatch.context() as patch,
            filled(make_tables(), made_folder(tmp_path / str(held))) as contents,
        ):
            for name in ("_ROWS_HELD", "_LISTS_HELD", "ARTICLES_TOGETHER"):
                patch.setattr(library, name, held)
            out = tmp_path / str(held) / "out"
            write_report(contents, out)
        written.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    assert written[0] == written[1]
