"""From tellings to events: what was decided, when, by whom, and what became of it. Knows records only.

wording     how alike two sentences are, names left out
cuewords    the cue words of cues.toml
clauses     the clause of a sentence that tells the event
facts       what merging and chaining look at
places      where a telling's event may be found
sameness    whether two tellings are of one event
merge       tellings of one event joined: one event, one row
confidence  how sure an event is, and why
headline    the language of headlines
stale       a line without what means nothing later on
subjects    names for "it" and "the rules"
governing   which verb governs a sentence, and an event's date in it
cutting     a line cut where a phrase ends and the rest is complete
dated       the line made of the clause that an event's date stands in
mainclause  the event's own clause, so that it can stand alone
drafts      other ways to tell an event, where its own clause makes no line
faults      what an editor would strike
plain       the plain line instead: what is done to which policy, by whom
titles      a line that says what happened
replacing   which policy takes the place of which
stages      the life of a policy in stages
steps       an event as linking looks at it
answers     whether a later event answers an earlier one
chains      what became of a promise: fulfilled, delayed, cancelled, superseded
states      due, overdue, done, dropped
policystates  how things stand with a policy
decisions   what reviewers decided, kept and applied
grouping    which tellings they want in one event
linking     which events they want linked
adding      events that were missed and that they added
mending     numbers and links to names as they corrected them
series      figures of one measure over time
conflicts   figures that can't both be right
"""
