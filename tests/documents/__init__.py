"""What the documents say of the code and of its figures, made from both: ``make docs``.

marks       the places in a document that are made, between two comments
facts       tables of columns, commands, limits, reasons: cheap, and tested word by word
imports     who imports whom, drawn
measures    scores, confusions, failures, coverage: from a run, tested for their form and the gold's hash
picture     the timeline of the README, as SVG
"""
