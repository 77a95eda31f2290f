"""The door for notebooks and scripts: what a run wrote, as DataFrames.

The filters are those of the commands (see ``pipeline.query.filters.Filter``), given by name; several names come as a
list. Types are pandas' own: strings, ``Int64``, ``float64``, ``boolean``, days as ``datetime64``, moments as
``datetime64`` in UTC, lists as Python lists. Unknown is ``<NA>``, ``NaN`` or ``NaT``, never 0.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from pipeline.query import rows
from pipeline.query.changes import COLUMNS, find_changes, list_runs, resolve_run, snapshot
from pipeline.query.filters import make_filter
from pipeline.query.opening import open_archive as open_connection
from pipeline.query.search import HIT_END, HIT_START
from pipeline.query.sql import DEFAULT_ROWS, DEFAULT_SECONDS, run_sql
from pipeline.tables import BY_NAME, LIST_SEPARATOR, Column

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: Final = {"integer": "Int64", "number": "float64", "boolean": "boolean"}


def open_archive(out: str | Path = "outputs") -> OpenArchive:
    """The archive of an output folder, for reading. Raises ``StoreError`` where there is none.

    >>> archive = open_archive(example_folder)
    >>> archive
    <carefeed archive: 3 events, 2 articles>
    """
    return OpenArchive(open_connection(Path(out)))


class OpenArchive:
    """An open archive; close it, or use it in a ``with`` statement.

    Every method gives a DataFrame with the columns of the CSV file of the same name, and raises ``QueryError`` for a
    name that nothing goes by, saying what was perhaps meant.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> OpenArchive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        n_events, n_articles = (
            self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("timeline", "articles")
        )
        return f"<carefeed archive: {n_events} events, {n_articles} articles>"

    def close(self) -> None:
        """Close the archive."""
        self._connection.close()

    def timeline(self, **filters: Any) -> pd.DataFrame:
        """Events, in order of their date.

        ``policy, organisation, topic, person, type, status, state, nation, start, end, published, min_amount,
        max_amount, min_confidence, text, event, article, sort, limit``:

        >>> archive.timeline(policy="ECF", start="2024")[["date", "title"]].values.tolist()
        [['2024-03-01', 'Framework delayed']]
        >>> archive.timeline(type=["funding", "ending"], min_amount="1m")["amount"].tolist()
        [2500000.0]
        >>> archive.timeline(text="delays").snippet.tolist()
        ['Framework delayed']
        """
        return self._frame("timeline", filters)

    def evidence(self, **filters: Any) -> pd.DataFrame:
        """Tellings of events, in order of publication; filters as in ``timeline``.

        >>> archive.evidence(event="event-2")["quote"].tolist()
        ['The framework was delayed.']
        """
        return self._frame("evidence", filters)

    def numbers(self, **filters: Any) -> pd.DataFrame:
        """Figures, in order of publication.

        ``measure, policy, organisation, topic, unit, role, direction, tier, source_kind, nation, start, end,
        published, min_value, max_value, text, article, sort, limit``:

        >>> archive.numbers(measure="vacancies", unit="percent")[["value", "period"]].values.tolist()
        [[17.5, '2023-09'], [16.0, '2024-09']]
        """
        return self._frame("numbers", filters)

    def series(self, **filters: Any) -> pd.DataFrame:
        """Measures over time: ``measure, unit, start, end, min_value, max_value, sort, limit``.

        >>> archive.series(measure="vacancy", start="2024").value.tolist()
        [16.0]
        """
        return self._frame("series", filters)

    def articles(self, **filters: Any) -> pd.DataFrame:
        """Articles, in order of publication, without their texts.

        ``policy, organisation, topic, type, status, nation, start, end, text, article, sort, limit``:

        >>> archive.articles(policy="early career framework").published.dt.year.tolist()
        [2023, 2024]
        """
        return self._frame("articles", filters)

    def table(self, name: str, **options: Any) -> pd.DataFrame:
        """Any table by its name: ``policies``, ``organisations``, ``topics``, ``conflicts`` …

        >>> archive.table("policies").name.tolist()
        ['early career framework', 'kinship fund']
        """
        return self._frame(name, options)

    def count_by(self, table: str, by: str | Sequence[str], **filters: Any) -> pd.DataFrame:
        """Rows counted by columns, by ``year`` or ``month``, or by each name of a list.

        >>> archive.count_by("timeline", "year").values.tolist()
        [['2023', 1], ['2024', 2]]
        """
        names = [by] if isinstance(by, str) else list(by)
        groups = rows.count_by(self._connection, table, make_filter(table, filters), names)
        return make_frame(groups, [*(Column(name, "string", "") for name in names), Column("n", "integer", "")])

    def changes(self, since: int | str | None = None) -> pd.DataFrame:
        """What is new since an earlier run: by its number or date; the run before where none is given."""
        earlier = resolve_run(self._connection, None if since is None else str(since))
        latest = list_runs(self._connection)[-1][0]
        found = find_changes(snapshot(self._connection, earlier), snapshot(self._connection, latest))
        return make_frame(
            [{column.name: getattr(change, column.name) for column in COLUMNS} for change in found], COLUMNS
        )

    def sql(self, query: str, seconds: float = DEFAULT_SECONDS, limit: int = DEFAULT_ROWS) -> pd.DataFrame:
        """The answer to one SELECT, within limits of time and rows.

        >>> archive.sql("SELECT type, count(*) AS n FROM timeline GROUP BY type ORDER BY type").n.sum()
        np.int64(3)
        """
        import pandas as pd  # noqa: PLC0415

        answer = run_sql(self._connection, query, seconds, limit)
        return pd.DataFrame.from_records(answer.rows, columns=list(answer.columns))

    def _frame(self, table: str, options: Mapping[str, Any]) -> pd.DataFrame:
        if table not in BY_NAME:
            raise KeyError(f"there is no table {table!r}; there are {', '.join(BY_NAME)}")
        wanted = make_filter(table, options)
        columns = list(BY_NAME[table].columns)
        if wanted.text:
            columns.append(Column("snippet", "string", "the stretch where the words stand"))
        return make_frame(rows.select(self._connection, table, wanted), columns)


def make_frame(found: Iterable[Mapping[str, object]], columns: Sequence[Column]) -> pd.DataFrame:
    """A DataFrame of rows with the columns' types, also where there is no row."""
    import pandas as pd  # noqa: PLC0415  (only who wants a DataFrame waits for it)

    cells = list(found)
    return pd.DataFrame({column.name: _series([row[column.name] for row in cells], column) for column in columns})


def _series(values: list[object], column: Column) -> pd.Series[Any]:
    import pandas as pd  # noqa: PLC0415

    if column.type in ("date", "datetime"):
        return pd.to_datetime(pd.Series(values, dtype="object"), format="ISO8601", utc=column.type == "datetime")
    if column.type == "list":
        lists = [str(value).split(LIST_SEPARATOR) if value else [] for value in values]
        return pd.Series(lists, dtype="object")
    if column.type in _DTYPES:
        return pd.Series(values, dtype=_DTYPES[column.type])
    plain = [value.replace(HIT_START, "").replace(HIT_END, "") if isinstance(value, str) else value for value in values]
    return pd.Series(plain, dtype="string")
