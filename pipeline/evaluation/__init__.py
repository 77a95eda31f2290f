"""How good the output is, against articles annotated by hand.

gold        annotated articles and the tables of a run, read and checked
compare     when two texts, values, dates or names are the same
verdicts    what is said of one entry or row, and the figures that many add up to
articles    scores of items, blocks and offsets
numbers     the score of numbers
entities    scores of organisations, policies and mentions
events      the score of events
scorers     all of them
slices      figures by type, unit, article, year, topic …; what was taken for what; the worst errors
intervals   bootstrap intervals
"""
