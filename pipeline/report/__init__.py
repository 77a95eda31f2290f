"""What was found, for reading: pages that work from the disk, and a Markdown report of every topic."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.report.source import Source


#: Whether a page is to be written, by its name in the output folder, its kind and what it is about.
IsDue = Callable[[str, str, str], bool]


def always_due(name: str, kind: str, about: str) -> bool:
    """Every page is."""
    return True


def write_report(source: Source, folder: Path, is_due: IsDue = always_due) -> set[str]:
    """``folder/report/…`` (open ``index.html``) and ``folder/topics/<topic_id>-<slug>.md``.

    Pages that are not due are left out, and their names come back. The same rows give the same bytes. The articles'
    text is their publisher's: only sentences quoted as evidence are written, each with its source, unless the source
    says that whole texts are to be shown.
    """
    from pipeline.report.library import Library  # noqa: PLC0415  (a query must not wait for the templates)
    from pipeline.report.markdown import topic_reports  # noqa: PLC0415
    from pipeline.report.site import make_site  # noqa: PLC0415
    from pipeline.report.topics import topic_facts  # noqa: PLC0415

    library = Library(source)
    topics = [topic_facts(library, topic) for topic in library.topics]
    site = ((f"report/{name}", text) for name, text in make_site(library, topics, is_due))
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
