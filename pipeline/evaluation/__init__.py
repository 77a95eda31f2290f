"""How good the output is, against articles annotated by hand.

gold        annotated articles, read and checked
outputs     the tables of a run, by article
compare     when two texts, values, dates or names are the same
scorers     items, blocks, numbers, organisations and policies, mentions, events, offsets
"""
