"""Reviewers' edits into ``topics.toml``: what its owner wrote there, comments too, stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import RegisterError, StoreError
from pipeline.topics.edits import parse_edits

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def set_line(path: Path, table: str, key: str, value: str | None) -> None:
    """Put a line into a table of the file, in the place of the one with that key; None takes it out."""

    def change(document: TOMLDocument) -> None:
        lines = document.setdefault(table, {})
        if value is not None:
            lines[key] = value
        elif key in lines:
            del lines[key]

    _change(path, change)


def set_listed(path: Path, table: str, name: str, value: str | Sequence[str], *, is_in: bool) -> None:
    """Put a value into a list of the file, or take it out."""
    wanted = value if isinstance(value, str) else list(value)

    def change(document: TOMLDocument) -> None:
        values = document.setdefault(table, {}).setdefault(name, [])
        if is_in and wanted not in values:
            values.append(wanted)
        elif not is_in and wanted in values:
            values.remove(wanted)

    _change(path, change)


def _change(path: Path, change: Callable[[TOMLDocument], None]) -> None:
    """Read the file, change it, check it, and put it in place whole.

    Raises ``RegisterError`` where the file is wrong or would be, ``StoreError`` where it can't be written.
    """
    import tomlkit  # noqa: PLC0415  (only who edits waits for it)
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.is_file() else tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path}: {error}", "mend the line") from error
    parse_edits(document.unwrap(), str(path))
    change(document)
    parse_edits(document.unwrap(), str(path))
    pending = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pending.write_text(tomlkit.dumps(document), encoding="utf-8")
        pending.replace(path)
    except OSError as error:
        raise StoreError(
            f"{path} can't be written: {error.strerror}", "check its permissions, or set CAREFEED_PROJECT"
        ) from error
