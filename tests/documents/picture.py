"""The README's picture and its three rows: what became of a few policies of our corpus."""

from __future__ import annotations

import csv
from datetime import date
from html import escape
from pathlib import Path

from tests.documents.marks import table

#: The stories that are shown, and the one whose rows stand below the picture.
_POLICIES = ("cap on care costs", "Early Practice Fund", "safe caseload standard", "kinship financial allowance pilot")
_STORY = "safe caseload standard"
_SURE = 0.9
_N_ROWS = 3
_WIDTH, _LEFT, _RIGHT, _TOP, _LANE = 880, 20, 20, 64, 84
_LABEL_GAP, _CHAR = 8, 6.4
_COLOURS = {"done": "#2a7f62", "due": "#2b6cb0", "overdue": "#b7791f", "dropped": "#b83280", "superseded": "#718096"}
_NO_STATE = "#4a5568"
_ENDS = ("date_earliest", "date_latest")
Row = dict[str, str]


def draw_timeline(out: Path) -> tuple[str, str]:
    """The picture as SVG, and the rows as a table in Markdown."""
    with (out / "timeline.csv").open(newline="", encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if float(row["confidence"]) >= _SURE]
    lanes = {name: [row for row in rows if name in row["policies"].split("; ")] for name in _POLICIES}
    story = lanes[_STORY][:_N_ROWS]
    cells = [(row["date_label"], row["status"], row["state"], row["title"], row["quote"]) for row in story]
    return _svg(lanes), table(("date", "status when told", "what became of it", "event", "its sentence"), cells)


def _svg(lanes: dict[str, list[Row]]) -> str:
    days = [date.fromisoformat(row[name]) for rows in lanes.values() for row in rows for name in _ENDS]
    first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
    per_day = (_WIDTH - _LEFT - _RIGHT) / (last - first).days
    height = _TOP + _LANE * len(lanes) + 12

    def across(day: date) -> float:
        return round(_LEFT + (day - first).days * per_day, 1)

    marks = [_legend()]
    for year in range(first.year, last.year + 1):
        x = across(date(year, 1, 1))
        marks.append(f'<line x1="{x}" x2="{x}" y1="{_TOP - 12}" y2="{height}" stroke="#e2e8f0"/>')
        if year < last.year:
            marks.append(f'<text x="{x + 4}" y="{_TOP - 4}" fill="#718096">{year}</text>')
    for i, (name, rows) in enumerate(lanes.items()):
        y = _TOP + i * _LANE + 20
        marks.append(f'<text x="{_LEFT}" y="{y}" font-weight="bold" fill="#1a202c">{escape(name)}</text>')
        marks.append(f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y + 18}" y2="{y + 18}" stroke="#cbd5e0"/>')
        marks += _lane([(across(_day(row, 0)), across(_day(row, 1)), row) for row in rows], y + 18)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        'font-family="sans-serif" font-size="12" role="img" aria-label="What became of four policies, by date">'
    )
    return "\n".join([head, '<rect width="100%" height="100%" fill="#ffffff"/>', *marks, "</svg>\n"])


def _day(row: Row, end: int) -> date:
    return date.fromisoformat(row[_ENDS[end]])


def _legend() -> str:
    x, marks = float(_LEFT), []
    for state, colour in _COLOURS.items():
        marks.append(f'<circle cx="{x + 5}" cy="16" r="5" fill="{colour}"/>')
        marks.append(f'<text x="{x + 15}" y="20" fill="#1a202c">{state}</text>')
        x += 36 + _CHAR * len(state)
    return "\n".join(marks)


def _lane(events: list[tuple[float, float, Row]], y: int) -> list[str]:
    """A dot or bar for every event, with its type on one of two lines below where there is room."""
    marks, free = [], [0.0, 0.0]
    for start, end, row in sorted(events, key=lambda event: (event[0], event[1])):
        colour = _COLOURS.get(row["state"], _NO_STATE)
        width = max(end - start, 10)
        tip = escape(f"{row['date_label']}: {row['title']}")
        marks.append(
            f'<rect x="{start}" y="{y - 5}" width="{width:.1f}" height="10" rx="5" fill="{colour}" fill-opacity="0.85">'
            f"<title>{tip}</title></rect>"
        )
        label = row["type"]
        line = next((i for i, at in enumerate(free) if at <= start), None)
        if line is not None and start + _CHAR * len(label) <= _WIDTH:
            marks.append(f'<text x="{start}" y="{y + 19 + 14 * line}" fill="{colour}">{label}</text>')
            free[line] = start + _CHAR * len(label) + _LABEL_GAP
    return marks
