"""Tests mirror the package; see CONTRIBUTING.md for the day's loop."""
