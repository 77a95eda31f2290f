"""What was found, for reading: pages that work from the disk, and a Markdown report of every topic."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

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

    def is_page_due(self, name: str, about: tuple[str, str] | None) -> bool:
        """Whether a page is to be written: by its name in the output folder, and the kind and key of what it is about.

        One that is about nothing by itself (None) always is.
        """
        return about is None or name not in self.names or self.is_due(*about)

    def is_due(self, kind: str, about: str) -> bool:
        """Whether what pages say of an event or a figure can't be used again."""
        return about in self.due[kind]

    def text(self, name: str) -> str:
        """A page that stands, as far as it can be used again; empty where there is none."""
        return (self.folder / name).read_text(encoding="utf-8") if name in self.names else ""


def write_report(source: Source, folder: Path, standing: Standing = Standing(), progress: Progress = QUIET) -> set[str]:
    """``folder/report/…`` (open ``index.html``) and ``folder/topics/<topic_id>-<slug>.md``.

    Pages that are not due are left out, and their names come back. The same rows give the same bytes. The articles'
    text is their publisher's: only sentences quoted as evidence are written, each with its source, unless the source
    says that whole texts are to be shown. A step of ``progress`` is a page.
    """
    from pipeline.report.library import Library  # noqa: PLC0415  (a query must not wait for the templates)
    from pipeline.report.markdown import topic_reports  # noqa: PLC0415
    from pipeline.report.site import make_site  # noqa: PLC0415
    from pipeline.report.topics import make_topic_facts  # noqa: PLC0415

    library = Library(source)
    topics = make_topic_facts(library)
    left = set()
    for name, text in chain(make_site(library, topics, standing), topic_reports(library, topics)):
        if text is None:
            left.add(name)
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        progress.advance()
    return left
