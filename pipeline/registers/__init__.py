"""The registers: organisations and policies that we know, from the data files under ``models/``.

    entry      one line of a register, as a record; how its forms are folded and its identifier made
    loading    the files read and checked, ours first and a project's own on top
    suggest    what an archive has learnt from its articles, as lines to adopt
"""

from __future__ import annotations

from pipeline.registers.entry import RegisterEntry, entity_id, fold
from pipeline.registers.loading import Registers, load_registers

__all__ = ["RegisterEntry", "Registers", "entity_id", "fold", "load_registers"]
