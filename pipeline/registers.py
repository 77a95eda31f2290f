"""The registers: organisations and policies that we know, from the data files under ``models/``.

Placeholder while the entities stage is being written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Registers:
    organisations: tuple = ()
    policies: tuple = ()
    fingerprint: str = ""


def load_registers(models: Path, project: Path | None = None) -> Registers:
    return Registers()
