"""Line charts as plain numbers for an SVG: where points, lines and labels go. No drawing library is needed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipeline import edtf
from pipeline.report.library import Library, Rows
from pipeline.report.wording import Row, figure, list_of, month, number_of, text_of

WIDTH: Final = 640
HEIGHT: Final = 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 24, 26, 44
_Y_TICKS: Final = 4
#: Points are labelled with their values where there are so many or fewer.
_LABELLED: Final = 6
#: Width of a letter and height of a line of labels, at the larger size that small screens have.
_LETTER, _LINE = 12, 20


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series: its place, its label and where that stands (clear of the line), its row of the table.

    ``label`` is empty where it would run into the one before.
    """

    x: float
    y: float
    label: str
    anchor: str
    label_y: float
    row: dict[str, object]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure over time. ``path`` is an SVG path through the points; ``rows`` are in order of time."""

    measure: str
    measure_id: str
    unit: str
    points: tuple[Point, ...]
    path: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]

    @property
    def summary(self) -> str:
        """The chart in a sentence, for those who can't see it."""
        first, last = self.points[0].row, self.points[-1].row
        return (
            f"{self.measure}: from {figure(first['value'], self.unit)} ({edtf.label(str(first['period']))}) "  # type: ignore[arg-type]
            f"to {figure(last['value'], self.unit)} ({edtf.label(str(last['period']))})"  # type: ignore[arg-type]
        )


def make_charts(series: Rows) -> list[Chart]:
    """One chart for every measure and unit with values for two times or more, those with most values first."""
    groups: dict[tuple[str, str], list[tuple[float, dict[str, object]]]] = defaultdict(list)
    for row in series:
        span = edtf.parse(text_of(row["period"]))
        if span and row["value"] is not None:
            middle = (span[0].toordinal() + span[1].toordinal()) / 2
            groups[text_of(row["measure_id"]), text_of(row["unit"])].append((middle, dict(row)))
    charts = []
    for (measure_id, unit), found in sorted(groups.items()):
        found.sort(key=lambda pair: (pair[0], str(pair[1]["period"])))
        if len({middle for middle, _ in found}) >= 2:
            charts.append(_make_chart(measure_id, unit, found))
    return sorted(charts, key=lambda chart: (-len(chart.points), chart.measure, chart.unit))


def _make_chart(measure_id: str, unit: str, found: list[tuple[float, dict[str, object]]]) -> Chart:
    times = [middle for middle, _ in found]
    values = [number_of(row["value"]) for _, row in found]  # type: ignore[arg-type]
    steps = _steps(min(*values, 0.0) if min(values) < 0 or min(values) < max(values) / 2 else min(values), max(values))

    def across(time: float) -> float:
        return round(_LEFT + (time - times[0]) / (times[-1] - times[0]) * (WIDTH - _LEFT - _RIGHT), 1)

    def up(value: float) -> float:
        share = (value - steps[0]) / (steps[-1] - steps[0])
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)

    heights = [up(value) for value in values]
    label_heights = [height + (18 if _is_low(heights, i) else -11) for i, height in enumerate(heights)]
    anchors = ["start", *["middle"] * (len(found) - 2), "end"]
    labels = [figure(value, unit) if len(found) <= _LABELLED else "" for value in values]
    boxes = [
        _box(across(time), label, anchor, height)
        for time, label, anchor, height in zip(times, labels, anchors, label_heights, strict=True)
    ]
    points = tuple(
        Point(across(time), heights[i], labels[i] if shown else "", anchors[i], label_heights[i], row)
        for i, ((time, row), shown) in enumerate(zip(found, _apart(boxes), strict=True))
    )
    path = "M" + " L".join(f"{point.x} {point.y}" for point in points)
    return Chart(
        measure=text_of(found[0][1]["measure"]),  # type: ignore[arg-type]
        measure_id=measure_id,
        unit=unit,
        points=points,
        path=path,
        x_ticks=tuple(Tick(across(time), label) for time, label in _years(times[0], times[-1])),
        y_ticks=tuple(Tick(up(step), figure(step, unit)) for step in steps),
    )


def _is_low(heights: list[float], i: int) -> bool:
    """Whether the line leaves a point upwards only, so that its label belongs below (heights grow downwards)."""
    beside = heights[max(i - 1, 0) : i] + heights[i + 1 : i + 2]
    return all(height < heights[i] for height in beside)


def _box(x: float, label: str, anchor: str, y: float) -> tuple[float, float, float]:
    """Where a label begins and ends, and its height."""
    width = len(label) * _LETTER
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, left + width, y


def _apart(boxes: list[tuple[float, float, float]]) -> list[bool]:
    """Which labels are shown: the last and the first, and of the others those that run into none before them.

    >>> _apart([(84, 120, 30), (90, 126, 30), (300, 336, 80), (580, 616, 90)])
    [True, False, True, True]
    """
    shown: list[int] = []
    for i in (len(boxes) - 1, *range(len(boxes) - 1)):
        left, right, y = boxes[i]
        if all(right < boxes[k][0] or boxes[k][1] < left or abs(y - boxes[k][2]) >= _LINE for k in shown):
            shown.append(i)
    return [i in shown for i in range(len(boxes))]


def _steps(low: float, high: float) -> list[float]:
    """Round numbers that cover the values, at least two.

    >>> _steps(0, 33_119)
    [0.0, 10000.0, 20000.0, 30000.0, 40000.0]
    """
    spread = (high - low) or abs(high) or 1.0
    rough = spread / _Y_TICKS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(scale * factor for factor in (1, 2, 2.5, 5, 10) if scale * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(step * i, 10) for i in range(first, max(last, first + 1) + 1)]


def _years(first: float, last: float) -> Iterable[tuple[float, str]]:
    """Where the years between two days begin; the two ends' years, where none begins between them."""
    begin, end = date.fromordinal(int(first)).year, date.fromordinal(int(last)).year
    inside = [(float(date(year, 1, 1).toordinal()), str(year)) for year in range(begin + 1, end + 1)]
    if not inside:
        return [(day, _month(day)) for day in (first, last)]
    if len(inside) == 1:
        return [*([(first, str(begin))] if inside[0][0] - first > (last - first) / 5 else []), *inside]
    every = max(1, -(-len(inside) // 8))
    return inside[::every]


def _month(day: float) -> str:
    """A day's month in short: ``Mar 2025``."""
    name, _, year = month(date.fromordinal(int(day)).isoformat()).partition(" ")
    return f"{name[:3]} {year}"


def figures_behind(library: Library, row: Row) -> Rows:
    """The numbers that give a measure its value at a time, one for each sentence, the newest article's first.

    Where none is exactly of that time, those of the same value are taken.
    """
    measure_id, unit = text_of(row["measure_id"]), text_of(row["unit"])
    library.article.bring(list_of(row["articles"]))
    found = [
        number
        for article_id in sorted(list_of(row["articles"]), key=lambda each: _published(library, each), reverse=True)
        for number in library.figures_of(article_id, measure_id, unit)
    ]
    found.sort(key=lambda number: number["value"] != row["value"])
    exact = [number for number in found if number["period"] == row["period"]]
    chosen = exact or [number for number in found if number["value"] == row["value"]]
    return list({(text_of(n["article_id"]), text_of(n["quote"])): n for n in reversed(chosen)}.values())[::-1]


def _published(library: Library, article_id: str) -> str:
    return text_of(library.article[article_id]["published"]) if article_id in library.article else ""


def conflicts_at(library: Library, row: Row) -> Rows:
    """The conflicts of a measure at a time: of values, or of whether it rose or fell."""
    return library.conflicts_of.get((row["measure"], row["period"]), [])
