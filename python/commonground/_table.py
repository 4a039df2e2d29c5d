"""Tables of a result, for data frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from . import _engine

if TYPE_CHECKING:
    import pandas


class Table:
    """A table: named columns of words, whole numbers and numbers.

    Whatever speaks Arrow's PyCapsule interface reads it as it is: ``polars.DataFrame(table)``, ``pyarrow.table(table)``,
    ``duckdb.sql("select * from table")`` by way of pyarrow. :meth:`to_pandas` makes a DataFrame without any of them.
    """

    __slots__ = ("_own",)

    def __init__(self, own: _engine.Table) -> None:
        self._own = own

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in their order."""
        return self._own.columns

    def __len__(self) -> int:
        return len(self._own)

    def __getitem__(self, column: str) -> Any:
        """A column as a numpy array of shape ``(rows,)``: float64 with NaN where a number is missing, int64, or objects for words."""
        import numpy

        values, words = self._own.column(column)
        return values if words is None else numpy.array(words, dtype=object)[values]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a DataFrame of pandas; a number that there is not is NaN."""
        import pandas

        return pandas.DataFrame({column: self[column] for column in self.columns})

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._own.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"
