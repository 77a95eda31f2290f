"""Rows in the forms that other programs read. Knows tables only; what is asked for is decided elsewhere.

lines       CSV, JSON, JSON Lines, Markdown
calendar    iCalendar: deadlines, consultations and planned dates
timelinejs  a Knight Lab timeline
citations   a reference for an event or an article: text, CSL-JSON, BibTeX
workbook    an Excel workbook
parquet     Parquet files
database    a copy of the archive for Datasette, with its metadata
"""
