"""Tests mirror the package; see CONTRIBUTING in the README for the day's loop."""
