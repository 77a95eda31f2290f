"""How sure a candidate is: a logistic sum over its features, with the weights of ``weights.toml``."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.errors import RegisterError

_FILE: Final = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True)
class Weights:
    """``threshold``: a candidate at this confidence or above is an event."""

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def confidence(self, features: Mapping[str, float]) -> float:
        """0 to 1.

        >>> Weights(0.0, 0.5, {"dated": 2.0}).confidence({"dated": 1.0, "unheard of": 1.0})
        0.8807970779778823
        """
        get = self.weights.get
        total = self.bias + sum(get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-total))


@cache
def load_weights(path: Path = _FILE) -> Weights:
    """The weights as fitted; raises ``RegisterError`` where the file is not what ``fitting`` writes."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    try:
        weights = {str(name): float(value) for name, value in raw["weights"].items()}
        return Weights(float(raw["bias"]), float(raw["threshold"]), weights)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RegisterError(f"{path}: {error!r} is missing or no number", "fit the weights again") from error
