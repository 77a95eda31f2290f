"""The commands that list topics and change them: what they print, what they keep, and what a later run makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app, load_commands
from pipeline.errors import CarefeedError
from pipeline.runner import run
from pipeline.settings import find_models
from tests.runs import SETTINGS, Made, copy_run, make_run
from tests.runs import read_rows as rows


@pytest.fixture(scope="module")
def first(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A run over one dump of our corpus, whose articles make several topics."""
    return make_run([corpus / "dumps" / "kinship-and-fostering.txt"], tmp_path_factory.mktemp("first"))


@pytest.fixture
def out(first: Made, project: Path, tmp_path: Path) -> Path:
    """A copy of that run's output folder; its project folder is that of the test."""
    return copy_run(first, tmp_path / "outputs", project)


@pytest.fixture
def second(corpus: Path) -> Path:
    """A further dump, with an article that the first has too."""
    return corpus / "dumps" / "social-work-workforce.txt"


def topics(out: Path, *arguments: str) -> Result:
    """``carefeed topics …`` on a run."""
    load_commands("topics")
    return CliRunner().invoke(app, ["topics", *arguments, "--out", str(out)], catch_exceptions=False)


def test_lists_the_topics_and_shows_one(out: Path) -> None:
    """Every topic is in the list; one is shown with its articles."""
    known = rows(out, "topics")
    listed = topics(out, "list").stdout
    assert all(topic["topic_id"] in listed for topic in known)
    shown = topics(out, "show", known[0]["label"]).stdout
    own = [article["article_id"] for article in rows(out, "articles") if article["topic_id"] == known[0]["topic_id"]]
    assert all(article_id in shown for article_id in own)


def test_names_and_topics_stay_when_new_articles_come(out: Path, second: Path, project: Path) -> None:
    """The model is frozen, so a further dump moves nothing; a name is kept; a line that fits nothing is said."""
    topic = rows(out, "topics")[0]
    before = {article["article_id"]: article["topic_id"] for article in rows(out, "articles")}
    assert topics(out, "rename", topic["topic_id"], "Looked-after children").exit_code == 0
    with (project / "topics.toml").open("a") as edits:
        edits.write('topic-none = "Nothing"\n')
    summary = run([second], out, find_models(), SETTINGS)
    after = {article["article_id"]: article["topic_id"] for article in rows(out, "articles")}
    assert len(after) > len(before)
    assert {article_id: after[article_id] for article_id in before} == before
    assert "Looked-after children" in {each["label"] for each in rows(out, "topics")}
    assert any("topic-none: there is no such topic" in note for note in summary.notes)
    assert "topic-none" in (out / "run.json").read_text()


def test_a_name_can_be_taken_back(out: Path) -> None:
    """Then the topic has its own again."""
    topic = rows(out, "topics")[0]
    topics(out, "rename", topic["topic_id"], "Looked-after children")
    topics(out, "rename", topic["topic_id"], "--undo")
    assert rows(out, "topics")[0] == topic


def test_edits_are_applied_at_once(out: Path) -> None:
    """Pinning, hiding, merging and keeping apart show in the tables as soon as the command is done."""
    articles = rows(out, "articles")
    one, other = (topic["topic_id"] for topic in rows(out, "topics")[:2])
    moved = next(article["article_id"] for article in articles if article["topic_id"] == one)
    topics(out, "pin", moved, other)
    assert {a["article_id"]: a["topic_id"] for a in rows(out, "articles")}[moved] == other
    topics(out, "hide", other)
    assert other not in {topic["topic_id"] for topic in rows(out, "topics")}
    assert moved in topics(out, "unsorted").stdout
    topics(out, "hide", other, "--undo")
    topics(out, "merge", one, other)
    assert one not in {topic["topic_id"] for topic in rows(out, "topics")}


def test_growing_and_refitting_say_what_has_changed(out: Path, second: Path) -> None:
    """Topics that go on keep their identifier; what is new or gone is said."""
    run([second], out, find_models(), SETTINGS)
    before = {topic["topic_id"] for topic in rows(out, "topics")}
    assert topics(out, "grow").exit_code == 0
    grown = {topic["topic_id"] for topic in rows(out, "topics")}
    assert before <= grown
    said = topics(out, "refit").stdout
    after = {topic["topic_id"] for topic in rows(out, "topics")}
    assert all(f"({topic_id})" in said for topic_id in grown | after)


# arguments, what is said
REFUSED = [
    (["show", "Gambling"], "no topic here"),
    (["rename", "topic-1", ""], "a name or --undo"),
    (["pin", "communitycare-1", "none"], "there is no article"),
    (["together", "communitycare-1", "communitycare-2"], "there is no article"),
    (["split", "topic-none"], "no topic"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_a_wrong_edit_is_refused(arguments: list[str], said: str, out: Path) -> None:
    """Nothing is kept of an edit that names what isn't there."""
    with pytest.raises(CarefeedError, match=said):
        topics(out, *arguments)


def test_a_project_folder_that_cannot_be_written_stops_no_run(corpus: Path, project: Path, tmp_path: Path) -> None:
    """The topics are there, and a note says that they may change."""
    project.mkdir()
    (project / "topics").write_text("a file in the folder's place")
    dump = corpus / "dumps" / "kinship-and-fostering.txt"
    summary = run([dump], tmp_path / "outputs", find_models(), SETTINGS)
    assert rows(tmp_path / "outputs", "topics")
    assert any("topics may change" in note for note in summary.notes)
