"""Line charts as numbers."""

from __future__ import annotations

import pytest

from pipeline.report.charts import HEIGHT, WIDTH, make_charts
from pipeline.tables import Cell
from tests.report.example import row


def series(*values: tuple[str, float]) -> list[dict[str, Cell]]:
    """One measure's rows from periods and values."""
    return [
        row("series", measure_id="m", measure="places", unit="count", period=p, value=v, articles=()) for p, v in values
    ]


def test_later_is_further_right_and_more_is_higher() -> None:
    """Time runs to the right, values go up."""
    (chart,) = make_charts(series(("2023", 10.0), ("2021", 30.0), ("2022", 20.0)))
    assert [point.row["period"] for point in chart.points] == ["2021", "2022", "2023"]
    assert sorted(point.x for point in chart.points) == [point.x for point in chart.points]
    assert sorted(point.y for point in chart.points) == [point.y for point in chart.points]


@pytest.mark.parametrize("values", [(0.0, 0.0), (5.0, 5.0), (-3.0, 4.0), (1e9, 2e9), (0.001, 0.002), (99.0, 100.0)])
def test_points_stay_inside(values: tuple[float, float]) -> None:
    """Whatever the values, every point and mark is inside of the picture."""
    (chart,) = make_charts(series(("2023", values[0]), ("2024", values[1])))
    assert all(0 < point.x < WIDTH and 0 < point.y < HEIGHT for point in chart.points)
    assert all(0 < tick.at < HEIGHT for tick in chart.y_ticks)


def test_one_time_is_no_chart() -> None:
    """A measure with one period, or none that can be read, isn't drawn."""
    assert make_charts(series(("2023", 1.0))) == []
    assert make_charts(series(("2023", 1.0), ("someday", 2.0))) == []


def test_units_are_not_mixed() -> None:
    """A measure in two units makes two lines, or none."""
    rows = series(("2023", 1.0), ("2024", 2.0))
    rows[1]["unit"] = "GBP"
    assert make_charts(rows) == []


def test_the_summary_says_it_in_words() -> None:
    """Those who can't see the chart are told its ends."""
    (chart,) = make_charts(series(("2023", 1200.0), ("2024-04/2025-03", 1500.0)))
    assert chart.summary == "places: from 1,200 (2023) to 1,500 (financial year 2024-25)"


def test_labels_stay_apart() -> None:
    """Equal values of neighbouring months aren't written into each other; those with room are."""
    (chart,) = make_charts(series(("2020-01", 20.0), ("2020-02", 20.0), ("2021-06", 19.0), ("2023-01", 17.0)))
    assert [point.label for point in chart.points] == ["20", "", "19", "17"]


def test_many_points_have_no_labels() -> None:
    """A line of more points than there is room for is read off the axis."""
    (chart,) = make_charts(series(*((str(year), float(year)) for year in range(2010, 2020))))
    assert {point.label for point in chart.points} == {""}
