"""The review in a browser: the pages of the report, served on this machine alone, with what it takes to correct them.

access    who may ask: the token, the cookie, the host, the origin
sheets    the spreadsheet of a review, CSV or workbook
naming    names as reviewers type them, found as the registers and the archive have them
desk      what there is to decide on, and what was decided
sentences the sentences of an article, for adding what was missed
actions   a reviewer's requests turned into decisions, and taken back
gold      articles that were read through, as annotated articles
server    the small server over all of it
"""
