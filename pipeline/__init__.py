"""carefeed: from dumps of a news feed to a timeline of policy events.

``open_archive`` asks what a run wrote, in a notebook or a script::

    from pipeline import open_archive

    archive = open_archive("outputs")
    archive.timeline(policy="early career framework", start="2023")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.library import OpenArchive, open_archive

__all__ = ["OpenArchive", "open_archive"]


def __getattr__(name: str) -> object:
    """The library, imported when it is first asked for: whoever imports a stage shouldn't wait for it."""
    if name in __all__:
        from pipeline import library  # noqa: PLC0415

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
