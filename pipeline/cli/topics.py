"""Commands about topics: list, show, unsorted; grow, refit, split; rename, merge, pin, hide, together, apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.app import Models, Out, app
from pipeline.cli.asking import opened
from pipeline.cli.pager import show as show_lines
from pipeline.cli.plain import TableLine, emphasise, table_lines, terminal_width, wrap
from pipeline.cli.screen import Bars, complain_softly, out, safe
from pipeline.errors import QueryError
from pipeline.harmless import one_line
from pipeline.settings import find_models, find_project

if TYPE_CHECKING:
    from pipeline.topics.changing import TopicChange

topics = typer.Typer(
    help="List topics, and change them: the model stays as it is unless one of these commands changes it.",
    epilog="Example: **carefeed topics list**",
    no_args_is_help=True,
)
app.add_typer(topics, name="topics")

Topic = Annotated[str, typer.Argument(help="A topic's identifier or label.", metavar="TOPIC")]
Undo = Annotated[bool, typer.Option("--undo", help="Take the edit back.")]
Articles = Annotated[list[str], typer.Argument(help="Articles, by identifier.", metavar="ARTICLE…")]


# --------------------------------------------------------------------------- looking


@topics.command("list", epilog="Example: **carefeed topics list**")
def list_topics(out_folder: Out = Path("outputs")) -> None:
    """List the topics, largest first, with how well each holds together."""
    with opened(out_folder) as connection:
        rows = connection.execute(
            "SELECT topic_id, label, n_articles, substr(last_published, 1, 10), cohesion, separation"
            " FROM topics ORDER BY n_articles DESC, topic_id"
        ).fetchall()
        (unsorted_,) = connection.execute("SELECT count(*) FROM articles WHERE topic_id IS NULL").fetchone()
    lines = (
        TableLine((str(n), one_line(label), topic_id, newest, f"{cohesion:.2f}", f"{separation:.2f}"))
        for topic_id, label, n, newest, cohesion, separation in rows
    )
    headings = ("articles", "topic", "identifier", "newest", "cohesion", "separation")
    show_lines(table_lines(headings, lines, terminal_width()))
    if unsorted_:
        complain_softly(f"{unsorted_} more in no topic: carefeed topics unsorted")
    if not rows:
        complain_softly("There are no topics.")


@topics.command("show", epilog='Example: **carefeed topics show "Kinship care"**')
def show_topic(topic: Topic, out_folder: Out = Path("outputs")) -> None:
    """Show a topic: its words, its articles, the most typical first."""
    with opened(out_folder) as connection:
        topic_id = _resolve(connection, topic)
        row = connection.execute("SELECT * FROM topics WHERE topic_id = ?", (topic_id,)).fetchone()
        articles = connection.execute(
            "SELECT substr(published, 1, 10), title, article_id, topic_similarity FROM articles WHERE topic_id = ?"
            " ORDER BY topic_similarity DESC, article_id",
            (topic_id,),
        ).fetchall()
    if row is None:
        raise QueryError(f"topic {topic_id} has no articles", "it is hidden or merged: see models/project/topics.toml")
    show_lines(_topic_lines(row, articles))


def _topic_lines(row: sqlite3.Row, articles: Sequence[sqlite3.Row]) -> Iterator[str]:
    width = terminal_width()
    yield emphasise(one_line(row["label"]))
    facts = {
        "identifier": row["topic_id"],
        "words": row["terms"],
        "articles": f"{row['n_articles']}, {row['first_published'][:10]} to {row['last_published'][:10]}",
        "cohesion": f"{row['cohesion']:.2f} (mean similarity of its articles with its centre, 0 to 1)",
        "separation": f"{row['separation']:.2f} (by how much they are nearer to it than to the next topic)",
    }
    for label, fact in facts.items():
        first, *more = wrap(one_line(fact or ""), max(width - 12, 20))
        yield f"{label:<12}{first}"
        yield from (" " * 12 + line for line in more)
    yield ""
    lines = (TableLine((day, one_line(title), key, f"{similarity:.2f}")) for day, title, key, similarity in articles)
    yield from table_lines(("published", "title", "article", "similarity"), lines, width)


@topics.command("unsorted", epilog="Example: **carefeed topics unsorted**")
def list_unsorted(out_folder: Out = Path("outputs")) -> None:
    """List the articles that are in no topic, with the nearest topic of each."""
    with opened(out_folder) as connection:
        rows = connection.execute(
            "SELECT substr(published, 1, 10), title, article_id, coalesce(label, nearest_topic_id, ''),"
            " topic_similarity FROM articles LEFT JOIN topics ON topics.topic_id = nearest_topic_id"
            " WHERE articles.topic_id IS NULL ORDER BY published DESC, article_id"
        ).fetchall()
    lines = (
        TableLine((day, one_line(title), key, one_line(label), f"{similarity or 0:.2f}"))
        for day, title, key, label, similarity in rows
    )
    if rows:
        show_lines(
            table_lines(("published", "title", "article", "nearest topic", "similarity"), lines, terminal_width())
        )
    else:
        complain_softly("Every article is in a topic.")


# --------------------------------------------------------------------------- changing the model


@topics.command(epilog="Example: **carefeed topics grow**")
def grow(out_folder: Out = Path("outputs"), models: Models = None) -> None:
    """Make new topics of unsorted articles that go together. The topics that are there stay."""
    _change(out_folder, models, "grow")


@topics.command(epilog="Example: **carefeed topics refit**")
def refit(out_folder: Out = Path("outputs"), models: Models = None) -> None:
    """Fit the model anew to all articles. Topics that stay the same keep their identifiers."""
    _change(out_folder, models, "refit")


@topics.command(epilog='Example: **carefeed topics split "Children’s homes" --into 3**')
def split(
    topic: Topic,
    into: Annotated[int, typer.Option(help="Into how many.", min=2)] = 2,
    out_folder: Out = Path("outputs"),
    models: Models = None,
) -> None:
    """Split a topic into several; the largest part keeps the identifier."""
    with opened(out_folder) as connection:
        topic_id = _resolve(connection, topic)
    _change(out_folder, models, "split", topic_id, into)


def _change(out_folder: Path, models: Path | None, how: str, topic_id: str = "", into: int = 2) -> None:
    from pipeline import runner  # noqa: PLC0415  (only a change needs the stages)

    with Bars() as bars:
        changes = runner.change_topics(out_folder, models or find_models(), how, topic_id, into, bars)
    if not changes:
        complain_softly("Nothing has changed: there are no articles that could make a topic of their own.")
    for change in changes:
        out.print(safe(_change_line(change)), markup=False)


def _change_line(change: TopicChange) -> str:
    before, after = change.before, change.after
    if after is None:
        assert before is not None
        return f"gone: {before.label} ({before.topic_id}), had {change.n_before} articles"
    if before is None:
        return f"new: {after.label} ({after.topic_id}), {change.n_after} articles"
    name = after.label if before.label == after.label else f"{before.label} → {after.label}"
    return f"kept: {name} ({after.topic_id}), {change.n_before} → {change.n_after} articles"


# --------------------------------------------------------------------------- editing


@topics.command(epilog='Example: **carefeed topics rename topic-1a2b3c4d "Kinship care"**')
def rename(
    topic: Topic,
    label: Annotated[str, typer.Argument(help="Its new name.")] = "",
    undo: Undo = False,
    out_folder: Out = Path("outputs"),
    models: Models = None,
) -> None:
    """Give a topic another name, for good."""
    if bool(label) == undo:
        raise QueryError("a name or --undo is needed", 'write: carefeed topics rename TOPIC "New name"')
    _edit(out_folder, models, "names", topic, None if undo else label)


@topics.command(epilog="Example: **carefeed topics merge topic-5e6f7a8b topic-1a2b3c4d**")
def merge(
    topic: Topic,
    target: Annotated[str, typer.Argument(metavar="INTO", help="The topic that it goes into.")] = "",
    undo: Undo = False,
    out_folder: Out = Path("outputs"),
    models: Models = None,
) -> None:
    """Put one topic into another, for good."""
    if bool(target) == undo:
        raise QueryError("a topic to go into, or --undo, is needed", "write: carefeed topics merge TOPIC INTO")
    with opened(out_folder) as connection:
        into = None if undo else _resolve(connection, target)
        if into == _resolve(connection, topic):
            raise QueryError("a topic can't go into itself", "name another to go into")
    _edit(out_folder, models, "merges", topic, into)


@topics.command(epilog="Example: **carefeed topics pin communitycare-12345 topic-1a2b3c4d**")
def pin(
    article: Annotated[str, typer.Argument(help="An article's identifier.", metavar="ARTICLE")],
    topic: Annotated[str, typer.Argument(help="The topic that it belongs to, or none.", metavar="TOPIC")] = "",
    undo: Undo = False,
    out_folder: Out = Path("outputs"),
    models: Models = None,
) -> None:
    """Put an article into a topic, or into none, for good."""
    from pipeline.topics.writing import set_line  # noqa: PLC0415

    if bool(topic) == undo:
        raise QueryError("a topic, none or --undo is needed", "write: carefeed topics pin ARTICLE TOPIC")
    with opened(out_folder) as connection:
        _check_articles(connection, [article])
        target = None if undo else "" if topic == "none" else _resolve(connection, topic)
    set_line(_edits_file(models), "pins", article, target)
    _refresh(out_folder, models)


@topics.command(epilog="Example: **carefeed topics hide topic-1a2b3c4d**")
def hide(topic: Topic, undo: Undo = False, out_folder: Out = Path("outputs"), models: Models = None) -> None:
    """Take a topic away; its articles are unsorted then."""
    from pipeline.topics.writing import set_listed  # noqa: PLC0415

    with opened(out_folder) as connection:
        topic_id = _resolve(connection, topic)
    set_listed(_edits_file(models), "hidden", "topics", topic_id, is_in=not undo)
    _refresh(out_folder, models)


@topics.command(epilog="Example: **carefeed topics together communitycare-12345 communitycare-12399**")
def together(articles: Articles, undo: Undo = False, out_folder: Out = Path("outputs"), models: Models = None) -> None:
    """Keep articles in one topic, whichever it is."""
    _group(out_folder, models, "together", articles, is_in=not undo)


@topics.command(epilog="Example: **carefeed topics apart communitycare-12345 communitycare-12399**")
def apart(articles: Articles, undo: Undo = False, out_folder: Out = Path("outputs"), models: Models = None) -> None:
    """Keep articles in different topics."""
    _group(out_folder, models, "apart", articles, is_in=not undo)


def _edit(out_folder: Path, models: Path | None, table: str, topic: str, value: str | None) -> None:
    from pipeline.topics.writing import set_line  # noqa: PLC0415

    with opened(out_folder) as connection:
        topic_id = _resolve(connection, topic)
    set_line(_edits_file(models), table, topic_id, value)
    _refresh(out_folder, models)


def _group(out_folder: Path, models: Path | None, name: str, articles: Sequence[str], *, is_in: bool) -> None:
    from pipeline.topics.writing import set_listed  # noqa: PLC0415

    if len(set(articles)) < 2:
        raise QueryError("two articles or more are needed", f"write: carefeed topics {name} ARTICLE ARTICLE")
    with opened(out_folder) as connection:
        _check_articles(connection, articles)
    set_listed(_edits_file(models), "articles", name, articles, is_in=is_in)
    _refresh(out_folder, models)


def _edits_file(models: Path | None) -> Path:
    from pipeline.topics.edits import FILE_NAME  # noqa: PLC0415

    return find_project(models or find_models()) / FILE_NAME


def _refresh(out_folder: Path, models: Path | None) -> None:
    """Bring the files up to date, and say what the edits left unsaid."""
    from pipeline import runner  # noqa: PLC0415

    with Bars() as bars:
        notes = runner.refresh(out_folder, models or find_models(), bars)
    out.print(f"Done; kept in {safe(_edits_file(models))} for every later run.", markup=False)
    for note in notes:
        complain_softly(note)


def _resolve(connection: sqlite3.Connection, topic: str) -> str:
    """The identifier of a topic given by identifier or label; one that is hidden or merged has its identifier only."""
    from pipeline.query.names import resolve  # noqa: PLC0415

    if topic.startswith("topic-"):
        return topic
    found = resolve(connection, "topic", topic)
    if len(found) > 1:
        raise QueryError(
            f"several topics are called {topic!r}", f"name one: {', '.join(each.entity_id for each in found)}"
        )
    return found[0].entity_id


def _check_articles(connection: sqlite3.Connection, articles: Sequence[str]) -> None:
    for article in articles:
        if connection.execute("SELECT 1 FROM articles WHERE article_id = ?", (article,)).fetchone() is None:
            raise QueryError(f"there is no article {article!r}", "carefeed articles lists them")
