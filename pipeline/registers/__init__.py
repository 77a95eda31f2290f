"""The registers: organisations and policies that we know, from the data files under ``models/``.

``entry`` is one line of a register, ``loading`` reads and checks the files (ours first, a project's own on top), and
``suggest`` makes lines to adopt out of what an archive has learnt from its articles.
"""

from __future__ import annotations

from pipeline.registers.entry import RegisterEntry, entity_id, fold
from pipeline.registers.loading import Registers, load_registers

__all__ = ["RegisterEntry", "Registers", "entity_id", "fold", "load_registers"]
