"""What was found, for reading: pages that work from the disk, and a Markdown report of every topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zlib import crc32

from pipeline.progress import QUIET, Progress

if TYPE_CHECKING:
    from pipeline.report.source import Source


@dataclass(frozen=True, slots=True)
class Standing:
    """What can stay of the report that is there: by itself nothing can.

    ``names`` are the files in the output folder ``folder`` that are as they were written. ``due`` says what must be
    made anew all the same, by its kind: pages by what they are about (``month``, ``year`` of events, ``articles`` of a
    year, ``figures`` of a letter, ``entity``, ``article``), and what pages say of an ``event`` and of a ``figure``
    (a measure or a conflict).
    """

    folder: Path = Path()
    names: Set[str] = frozenset()
    due: Mapping[str, Set[str]] = field(default_factory=dict)

    def is_page_due(self, name: str, kind: str, about: str) -> bool:
        """Whether a page is to be written, by its name in the output folder."""
        return name not in self.names or about in self.due[kind]

    def is_due(self, kind: str, about: str) -> bool:
        """Whether what pages say of an event or a figure can't be used again."""
        return about in self.due[kind]

    def text(self, name: str) -> str:
        """A page that stands, as far as it can be used again; empty where there is none."""
        return (self.folder / name).read_text(encoding="utf-8") if name in self.names else ""

    @property
    def n_due(self) -> int | None:
        """About how many pages are to be written; None for all of them."""
        pages = ("month", "articles", "entity", "article")
        return sum(len(self.due[kind]) for kind in pages) if self.names else None


@dataclass(frozen=True, slots=True)
class Share:
    """The part of all pages that one process of several makes: by itself all."""

    number: int = 0
    of: int = 1

    def has(self, name: str) -> bool:
        """Whether a page is among them. Those that are made from the same large tables go together."""
        if name.startswith(_TOPICS):
            return self.number == 0
        if name.startswith(_FIGURES):
            return self.number == self.of - 1
        return crc32(name.encode()) % self.of == self.number


_TOPICS: Final = ("report/topics/", "topics/")
_FIGURES: Final = "report/figures"


def write_report(source: Source, folder: Path, standing: Standing = Standing(), progress: Progress = QUIET) -> set[str]:
    """``folder/report/…`` (open ``index.html``) and ``folder/topics/<topic_id>-<slug>.md``.

    Pages that are not due are left out, and their names come back. The same rows give the same bytes. The articles'
    text is their publisher's: only sentences quoted as evidence are written, each with its source, unless the source
    says that whole texts are to be shown. A step of ``progress`` is a page.
    """
    left = set()
    for name, text in make_pages(source, standing):
        if text is None:
            left.add(name)
        else:
            write_page(folder / name, text)
            progress.advance()
    return left


def make_pages(source: Source, standing: Standing, share: Share = Share()) -> Iterator[tuple[str, str | None]]:
    """Name and text of every page in the share, one by one; the text of a page that is not due is None."""
    from pipeline.report.library import Library  # noqa: PLC0415  (a query must not wait for the templates)
    from pipeline.report.markdown import topic_reports  # noqa: PLC0415
    from pipeline.report.site import make_site  # noqa: PLC0415
    from pipeline.report.topics import make_topic_facts  # noqa: PLC0415

    library = Library(source)
    topics = make_topic_facts(library) if share.has(_TOPICS[0]) else []
    yield from make_site(library, topics, standing, share)
    if share.has(_TOPICS[1]):
        yield from topic_reports(library, topics)


def write_page(path: Path, text: str) -> None:
    """Write a page, with the folder that it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
