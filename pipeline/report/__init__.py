"""What was found, for reading: pages that work from the disk, and a Markdown report of every topic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.report.source import Source


@dataclass(frozen=True, slots=True)
class Standing:
    """What can stay of the report that is there: by itself nothing can.

    ``is_due`` says whether a page is to be written, by its name in the output folder, its kind (``month``, ``year`` of
    events, ``articles`` of a year, ``figures`` of a letter, ``entity`` or ``article``) and what it is about. ``text``
    gives a page that stands, as far as it can be used again; ``is_event_due`` says of which events it can't,
    ``is_figure_due`` of which measures and conflicts.
    """

    is_due: Callable[[str, str, str], bool] = lambda name, kind, about: True
    text: Callable[[str], str | None] = lambda name: None
    is_event_due: Callable[[str], bool] = lambda event_id: True
    is_figure_due: Callable[[str], bool] = lambda identifier: True


def write_report(source: Source, folder: Path, standing: Standing = Standing()) -> set[str]:
    """``folder/report/…`` (open ``index.html``) and ``folder/topics/<topic_id>-<slug>.md``.

    Pages that are not due are left out, and their names come back. The same rows give the same bytes. The articles'
    text is their publisher's: only sentences quoted as evidence are written, each with its source, unless the source
    says that whole texts are to be shown.
    """
    from pipeline.report.library import Library  # noqa: PLC0415  (a query must not wait for the templates)
    from pipeline.report.markdown import topic_reports  # noqa: PLC0415
    from pipeline.report.site import make_site  # noqa: PLC0415
    from pipeline.report.topics import make_topic_facts  # noqa: PLC0415

    library = Library(source)
    topics = make_topic_facts(library)
    site = ((f"report/{name}", text) for name, text in make_site(library, topics, standing))
    reports = ((f"topics/{name}", text) for name, text in topic_reports(library, topics))
    left = set()
    for name, text in chain(site, reports):
        if text is None:
            left.add(name)
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return left
