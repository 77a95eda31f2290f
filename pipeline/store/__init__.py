"""The store: ``archive.sqlite`` is the one state of a corpus; the files beside it are exports of it."""
