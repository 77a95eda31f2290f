"""What can stop a run: one small tree.

    CarefeedError            carries a ``hint``: what to do about it
    ├── SettingsError        an option or a settings value that can't be used (exit code 2)
    ├── DumpError            an input that can't be opened at all
    ├── RegisterError        a wrong line in a data file under ``models/``
    ├── ModelError           a spaCy pipeline or topic model that can't be loaded
    ├── StoreError           the output folder or ``archive.sqlite`` can't be used
    └── QueryError           a question that can't be answered as it was put (exit code 2)

An *entry* that can't be used is a ``records.Rejection`` value, never an exception. Only the command line turns these
into exit codes.
"""

from __future__ import annotations


class CarefeedError(Exception):
    """Base of all: ``str(error)`` says what happened and where, ``error.hint`` what to do."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SettingsError(CarefeedError):
    """An option or a settings value that can't be used."""

    exit_code = 2


class DumpError(CarefeedError):
    """An input that can't be opened at all."""


class RegisterError(CarefeedError):
    """A wrong line in a data file: the message names file, line and reason."""


class ModelError(CarefeedError):
    """A spaCy pipeline or a topic model that can't be loaded."""


class StoreError(CarefeedError):
    """The output folder or the archive in it can't be used."""


class QueryError(CarefeedError):
    """A question that can't be answered as it was put."""

    exit_code = 2
