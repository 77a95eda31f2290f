"""From tellings to events: what was decided, when, by whom, and what became of it. Knows records only.

wording     how alike two sentences are
merge       tellings of one event joined: one event, one row
titles      a line that says what happened
chains      what became of a promise: fulfilled, delayed, cancelled, superseded
states      due, overdue, done, dropped; and the state of a policy
series      figures of one measure over time
conflicts   figures that can't both be right
"""
