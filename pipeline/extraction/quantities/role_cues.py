"""The words that tell a rise or fall from a level, as patterns for ``roles.py``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.extraction.quantities.lexicon import load_lexicon

_L: Final = load_lexicon()
UP_VERB: Final = _L["change", "up_verbs"]
DOWN_VERB: Final = _L["change", "down_verbs"]
UP_NOUN: Final = _L["change", "up_nouns"]
DOWN_NOUN: Final = _L["change", "down_nouns"]
ADVERBS: Final = _L["change", "adverbs"]


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: Without any of these beside it a number is a level; spares the look for each kind of change.
ANY: Final = _compile(
    rf"\b(?:{UP_VERB}|{DOWN_VERB}|{UP_NOUN}|{DOWN_NOUN}|up|down|more|fewer|less|higher|lower|above|below|further|"
    r"older|longer|younger|shorter|smaller|bigger|larger|worse|better|later|earlier|add(?:s|ed|ing)?|lost|plus|put|"
    r"awards?|tak(?:e|es|en|ing)|took|wip(?:e|ed|ing)|stripp(?:ed|ing)|knock\w*|shav\w+|trim\w*|receiv\w+|g[eo]ts?|getting|given|awarded|offer\w*|deals?|settlements?|claim\w*|demand\w*|precepts?|increment|"
    r"split|slic\w+|proposal|accepted|rejected)\b"
)
UP_DOWN_BEFORE: Final = _compile(
    r"(?<![\w-])(?P<way>up|down)\s+(?:(?:by|just|over|under|about|around|almost|"
    r"nearly|more|less|than|some|only|a|an|further|another|roughly|approximately|"
    r"record)\s+)*$"
)
UP_DOWN_AFTER: Final = _compile(
    r"\s*(?P<way>up|down|higher|lower|more|fewer|less|above|below)\s+(?:on|than|from|compared)\b"
)
THAN_TIME: Final = _compile(
    r"[^.;]{0,60}?\b(?:than|on|from|compared\s+with|compared\s+to|above|below)\s+(?:in\s+|"
    r"at\s+|for\s+|during\s+|over\s+|between\s+|(?:was\s+|were\s+)?(?:received|recorded|reported|seen|made|raised|spent|given)\s+(?:in\s+|during\s+)?)?"
    r"(?:the\s+)?(?:\d{1,2}\s+(?=[a-z]))?(?:same\s+\w+\s+(?:(?:of|in)\s+)?(?:the\s+)?)?(?:last|previous|"
    r"past|prior|a\s+year|year|month|week|quarter|\d{4}|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|before|pre-|"
    r"when|its\s+peak|the\s+peak|at\s+the\s+(?:start|end|beginning|time)|"
    r"(?:[a-z]+|\d+)\s+(?:years?|months?|weeks?)\s+(?:ago|earlier|before|previously)|"
    r"(?:the\s+(?:(?:daily|weekly|monthly|quarterly|yearly|annual)\s+)?(?:number|figure|total|level|rate|amount|[£\d][\d,.]*\w*)|"
    r"the\s+(?:daily|weekly|monthly|quarterly|yearly|annual)\s+average|those|that)\b[^.;,]{0,60}?\b(?:a\s+year\s+(?:ago|earlier|before|previously)|the\s+previous|"
    r"the\s+year\s+(?:before|to|ending)|(?:in|for|of)\s+(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+)?"
    r"(?:19|20)\d\d|last\s+year)|now\b|today|at\s+present|this\s+(?:year|month|week|time)|there\s+(?:were|was)\s+(?:in|at|before|a)\b|(?:it|they|we)\s+\w+\s+(?:in|at|before)|the\s+(?:spring|summer|autumn|winter))\b"
)
VERB_BEFORE: Final = _compile(rf"\b(?:(?P<up>{UP_VERB})|(?P<down>{DOWN_VERB}))\b(?P<gap>(?:\s+(?:{ADVERBS}))*)\s+$")
NOUN_OF: Final = _compile(
    rf"\b(?:(?P<up>{UP_NOUN})|(?P<down>{DOWN_NOUN}))\b(?:\s+(?:in|of|to|for|"
    rf"on|among|from|over|since|during|at|across)\s+(?:(?!\b(?:would|have|has|"
    rf"had|been|but|was|were|which|who|that|and|while|to|when|where|now)\b)[^.;:()]){{0,70}}?)?[\s(–—,-]+(?:was\s+|"
    rf"being\s+|has\s+been\s+|were\s+|stood\s+|stands\s+|ran\s+)?\(?(?:of|by|was|is|(?:will|would|could)\s+be|totalling|averag(?:ing|ed)|"
    rf"equivalent\s+to|worth|at)\s+(?:(?:{ADVERBS})\s+)*$"
)
NOUN_AFTER: Final = _compile(
    rf"(?:[-\s]+(?!(?:of|to|from|by|with|and|or|in|on|at|for|the|was|is|were|are|"
    rf"than|who|that|which|had|has|have|said|says?|felt|feel|saw|did|do|thought|"
    rf"think|could|would|will|can|may|also|more|less|fewer|as|cited|but|while|"
    rf"because|if|not|wanted|reported|reporting|saying|seeing|experiencing|noting|citing|having|facing|describing|showing|recording|experienced|faced|believed|"
    rf"oppos(?:ed|ing)|support(?:ed|ing|s)?|back(?:ed|ing|s)?|favour(?:ed|ing)|agree(?:d|ing)?|disagree(?:d|ing)?|expect(?:ed|ing|s)?|"
    rf"predict(?:ed|ing|s)?|reject(?:ed|ing)?|wanting|approv(?:ed|ing))\b)[\w’'-]+){{0,4}}?[-\s]+(?:(?P<up>{UP_NOUN}|"
    rf"increment)|(?P<down>{DOWN_NOUN}))\b(?!\s+of\s+(?:the|all)\b)(?!\s+(?:by|"
    rf"to\s+[£\d]|from\s+(?:£|\d(?!\d{3}\b))))"
)
OF_CHANGE: Final = _compile(rf"\b(?:(?P<up>{UP_NOUN})|(?P<down>{DOWN_NOUN}))\s+of\s+(?:(?:{ADVERBS})\s+)*$")
MORE_OF: Final = _compile(r"\s+(?P<way>more|less|fewer)\s+(?!than\b|likely\b|of\b|often\b)[a-z]+(?!\s+than)\b")
FEWER: Final = _compile(r"\s+fewer\s+(?!than\s+(?:the|those|in)\b)[a-z]|\s+fewer\s*[.,;)]")
MORE_THAN: Final = _compile(r"\s+(?:more|fewer|less|higher|lower)\s+(?:[\w’'-]+\s+){0,6}?than\b")
PLUS_MINUS: Final = re.compile(r"(?:^|[\s(])(?P<sign>[+−-])$")
BARE_UP_DOWN: Final = _compile(
    r"\s+(?P<way>up|down|higher|lower)\s*(?:[.,;)]|$|year[-\s]on[-\s]year|since|over\s+(?:the|a|that|this)|in\s+(?:real|cash))"
)
OLDER: Final = _compile(
    r"\s+(?:(?P<up>older|longer|more|higher|later)|(?P<down>younger|shorter|fewer|"
    r"less|lower|earlier))\)?\s+(?:on\s+average,?\s+)?than\b"
)
#: "a £900 pay offer", "a pay offer of £900": what each would get more; a sum in millions is what it costs.
PAY_OFFER_AFTER: Final = _compile(r"[\s-]+(?:[\w-]+\s+){0,2}?pay\s+(?:offer|award|deal|settlement|claim)\b")
PAY_OFFER_BEFORE: Final = _compile(rf"\bpay\s+(?:offer|award|deal|settlement|claim)\s+of\s+(?:(?:{ADVERBS})\s+)*$")
#: "and by 6%": the verb stands before another number.
AND_BY: Final = _compile(rf"(?:\s+[\w’'-]+){{0,3}},?\s+\(?(?:and|but|or)\s+by\s+(?:(?:{ADVERBS})\s+)*")
#: "£900 for those on up to £30,000 and 3% for the rest".
AND_END: Final = _compile(rf"\s+and\s+(?:(?:{ADVERBS})\s+)*$")
#: "boosted by a £2m fund": a sum that is the thing itself.
FUND_AFTER: Final = _compile(
    r"\s+(?:[a-z’'-]+\s+){0,3}?(?:fund|grant|pot|package|programme|scheme|investment|injection|loan|donation|settlement)s?\b"
)
#: "£2m in cuts", "£2m of reductions".
IN_CUTS: Final = _compile(
    r"\s+(?:in|of)\s+(?:[a-z’'-]+\s+){0,2}?(?:(?P<down>cuts|cutbacks|reductions)|(?P<up>increases|rises))\b"
)
#: "staff would be £400 better off, and managers £300 more."
MORE_END: Final = _compile(r"\s+(?:(?P<up>more)|(?P<down>less))\s*[.,;)]")
#: "cuts of 9%, 7% and 5% respectively", "by 9%, and 7% in Fife".
LISTED: Final = _compile(r"\s*,\s*|\s*,?\s+and\s+")
RESPECTIVELY: Final = _compile(r"(?:[^.;:]|\.(?=\d)){0,50}\brespectively\b")
#: "from a fall of 2% in Fife to one of 7% in Kent".
ONE_OF: Final = _compile(rf"[^.;:%]{{0,80}}\bone\s+of\s+(?:(?:{ADVERBS})\s+)*")
UP_TO: Final = _compile(r"\bup\s+to\s+$")
#: "waits rose by 8%, costs by 9% and complaints by 4%": the verb said once.
NEXT_BY: Final = _compile(
    rf"(?!.*\b(?:{UP_VERB}|{DOWN_VERB}|{UP_NOUN}|{DOWN_NOUN}|followed|led|made|provided|accounted|run)\b)[^.;:]{{0,60}}?"
    rf"(?:,|,?\s+and|\s+but|,?\s+while)\s+[^.;:()%£]{{2,90}}?\sby\s+(?:(?:{ADVERBS})\s+)*"
)
#: "two weeks down on last year".
MOVED_AFTER: Final = _compile(r"\s+(?P<way>up|down)\s+(?:on|from|compared)\b")
ADDS: Final = _compile(rf"\b(?:add(?:s|ed|ing)?|put(?:s|ting)?)\s+(?:(?:{ADVERBS})\s+)*$")
LOST: Final = _compile(rf"\b(?:lost|losing|loses)\s+(?:(?:{ADVERBS})\s+)*$")
LOST_VALUE: Final = _compile(
    r"\s+of\s+(?:the\s+|its\s+|their\s+)?(?:real[-\s]terms?\s+)?(?:value|pay|"
    r"income|funding|budget|spending\s+power|purchasing\s+power|workforce|staff|"
    r"(?:[\w’-]+\s+){0,2}?(?:mainstream|places|beds|households|carers|homes|posts|jobs|nurses|workers|members|volunteers|hours))\b"
)
PLUS_POINTS: Final = _compile(rf"\b(?:{UP_NOUN})\s+of\s+[^.;,()]{{0,40}}\bplus\s+$")
AGAINST_LEVEL: Final = _compile(
    r"\s+(?P<way>above|below|higher\s+than|lower\s+than|higher|lower)\s+(?:than\s+)?(?:the\s+)?(?:figure|"
    r"level|rate|total|number|peak|pre-|(?:19|20)\d\d|last\s+year|previous|its|"
    r"their|that\s+(?:of|in|for|seen|recorded)|those\s+(?:of|in|for)|what\s+(?:it|they)\b|where\s+(?:it|they)\b)\b"
    r"(?![^.;,]{0,30}\b(?:average|target|limit|threshold|cap|counterparts?|neighbours?)\b)"
)
CUT_IN_HALF: Final = _compile(r"\b(?:cut|slash\w*|reduc\w+|slic\w+|split)\b[^.;]{0,40}\bin\s+$")
NOUN_APPOSED: Final = _compile(
    rf"\b(?:an?|the|its|their|this)\s+(?:[\w-]+\s+){{0,3}}(?:(?P<up>{UP_NOUN})|"
    rf"(?P<down>{DOWN_NOUN}))(?:\s+(?:in|of|to)\s+[^.;:(),]{{1,60}}?)?\s*[,(:–—]\s*(?:(?:{ADVERBS})\s+)*$"
)
CLOSED: Final = _compile(
    r"\s*(?:[,.;)–—]|$|was\b|were\b|is\b|(?:in|over)\s+(?:a|one|the|two|three)\s+(?:years?|months?|quarters?)\b)"
)
PAY: Final = _compile(r"\b(?:pay|inflation|wages?|salar(?:y|ies)|earnings|council\s+tax|fees?|precept)\b")
#: Those who take or turn down an award: "nurses accepted a deal of 4%".
PAID: Final = _compile(r"\b(?:unions?|nurses|doctors|teachers|workers|staff|employees|strik(?:e|es|ing))\b")
AWARD_BEFORE: Final = _compile(
    rf"\b(?:awards?|offers?|offered|deals?|settlements?|claims?|claimed|demand(?:ed)?|"
    rf"proposal|accepted|rejected)\s+(?:\w+\s+){{0,2}}?(?:of\s+|at\s+|for\s+|worth\s+)?(?:(?:{ADVERBS})\s+)*$"
)
AWARD_AFTER: Final = _compile(r"[\s-]+(?:[\w-]+\s+){0,3}?(?:awards?|offers?|deals?|settlements?|claims?|precepts?)\b")
RATE_OF: Final = _compile(
    rf"\b(?:(?P<up>{UP_VERB})|(?P<down>{DOWN_VERB}))\s+at\s+(?:(?:an?|the|annual|"
    rf"average|yearly|real-terms)\s+)*(?:rates?\s+of\s+)?(?:(?:{ADVERBS})\s+)*$"
)
THING_BETWEEN: Final = _compile(
    r"\b(?:(?P<up>rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|lift(?:s|ed|ing)?|"
    r"boost(?:s|ed|ing)?|put(?:ting)?\s+up)|(?P<down>cut(?:s|ting)?|reduc(?:e|"
    r"es|ed|ing)|slash(?:es|ed|ing)?))\s+(?:(?!(?:in|to|by|from|of|at|for|among|"
    r"on|with|and|or|as|than)\b)[a-z’'-]+\s+){1,3}$"
)
MONEY_NOUN: Final = _compile(rf"(?:{_L['change', 'money_nouns']})$")
TO_BEFORE: Final = _compile(
    r"(?:^|[\s,–—(])(?:to|at|from|of|with|for)\s+(?:(?:a|an|the|record|new|high|"
    r"low|about|around|just|over|under|almost|nearly|more|less|than|some|between|"
    r"only|its|their|current|total|as|many|much)\s+)*$"
)
OLD_BEFORE: Final = _compile(
    r"(?:\b(?:up|down|rising|falling|increase[ds]?|increasing|dropping|growing|"
    r"compared|rise|fall|drop|decrease[ds]?|decline[ds]?|dropped|fell|rose|grew|"
    r"cut|reduced|raised|reducing|cutting|change[ds]?|jump(?:ed)?|as\s+against|"
    r"against)\b[^.;()]{0,60}?\s|^|[\s,(–—])from\s+(?:(?:a|an|the|record|high|"
    r"low|of|about|around|just|over|under|almost|nearly|more|less|than|some|roughly|"
    r"approximately|around)\s+)*$"
)
COMPARED_BEFORE: Final = _compile(
    r"\b(?:compared\s+(?:with|to)|against|versus|rather\s+than|after|following)\s+(?:(?:a|"
    r"an|the|rise|increase|fall|drop|of|about|just|over|under|around|almost|nearly)\s+)*$"
)
BY_FURTHER: Final = _compile(r"\b(?:up|down|by)\s+(?:a\s+)?(?:further|another)\s+$")
#: "a fall from a peak of 7,410", "a rise on last year’s figure of 37%": the noun of a level right before the number.
LEVEL_OF: Final = _compile(
    rf"\b(?:in|giving|leaving|with|at|to)\s+an?\s+(?:[\w’'-]+\s+){{0,4}}?(?:rate|score|share|proportion|ratio)\s+of\s+(?:(?:{ADVERBS})\s+)*$|"
    rf"\bwith\s+an?\s+(?:\w+\s+)?total\s+of\s+(?:(?:{ADVERBS})\s+)*$|"
    rf"\b(?:from|on|to|at)\s+(?:[\w’'/-]+\s+){{0,4}}?(?:peak|high|low|total|base|figure|level|average|maximum|minimum)\s+of\s+(?:(?:{ADVERBS})\s+)*$"
)
#: "20% on the first quarter and 12% on the second": each against its own base.
NEXT_BASE: Final = _compile(
    r"\s+(?:on|from|compared\s+(?:with|to)|against|since)\s[^.;:%]{1,60}?\s+and\s+(?:(?:by|about|around|just|over|under|almost|nearly)\s+)*"
)
BASE_AFTER: Final = _compile(r"\s+(?:on|from|compared\s+(?:with|to)|against|since)\s")
#: "worth up to 6%": no end of a pair.
WORTH_UP_TO: Final = _compile(r"\b(?:worth|of|by)\s+(?:(?:about|around|just|anything)\s+)?up\s+to\s+$")
BARE_TO: Final = _compile(r"\bto\s+(?:\w+\s+)*$")
FURTHER_BEFORE: Final = _compile(r"\b(?:further|additional|extra|another|new|more)\s+$")
LIKELY_AFTER: Final = _compile(r"\s+(?:more|less|as)\s+likely\b|\s+likelier\b")
DOWN_WORDS: Final = ("down", "fewer", "less", "lower", "below")
PARENTHESIS: Final = _compile(
    r"[\s,]*(?:(?:FTE|full-time\s+equivalent|staff|posts|people|places|workers|"
    r"per\s?cent|fewer|more|less|social\s+workers|children|cases|percentage\s+points?|in\s+cash\s+terms|"
    r"or)\s+){0,3}[\s,]*[(–—]\s*(?:(?:or|just|over|about|around|almost|nearly|"
    r"more|less|than|under|by|i\.e\.|equivalent|to|some)\s+)*|\s*,?\s+or\s+(?:(?:about|"
    r"around|just|over|almost|nearly)\s+)*"
)
#: "an increase of 46 courses (17.5%)": the same in per cent.
COUNT_BRACKET: Final = _compile(
    r"\s+(?:[a-z’'-]+\s+){1,3}[(–—]\s*(?:(?:or|about|around|just|over|almost|nearly|by)\s+)*"
)
#: "(9.6 per cent or nearly one in ten)": the same share in words.
SHARE_AGAIN: Final = _compile(
    r"\s*(?:\(|,?\s+or\s+)\s*(?:(?:about|around|just|over|under|almost|nearly|more\s+than)\s+)*"
)
LIST_OF_PLACES: Final = _compile(
    r"\s+(?:in|for|among|at|across)\s(?:(?!\b(?:to|from|of|was|were|had|have|"
    r"has|is|are|said|while|compared)\b)[^.;:()]){1,50}?(?:,|,?\s+and|\s+[–—-])\s+(?:(?:by|"
    r"about|around|just|over|under|almost|nearly)\s+)*"
)
EQUAL_TO: Final = _compile(
    r"[^.;:()–]{0,50}?,?\s+(?:equivalent\s+to|equal\s+to|equating\s+to|amounting\s+to)\s+(?:(?:an?|"
    r"about|around|just|over|under|almost|nearly)\s+)*|[^.;:()–]{0,60},\s+or\s+(?:(?:an?|"
    r"about|around|just|over|under|almost|nearly)\s+)*"
)
TURNED: Final = _compile(
    r"\b(?:turned\s+(?:it|them|this)\s+down\b|(?:build|built|building)\s+up\b)|\b(?:turned|voted|backed|put|laid|handed|broken|stood|stepped|struck|signed|"
    r"set|taken|took|made|drawn|drew|picked)\s+(?:down|up)\b"
)
PHRASAL: Final = _compile(
    r"\b(?:mak(?:e|es|ing)|made|set|tak(?:e|es|ing|en)|took|sign\w*|end\w*|add\w*|"
    r"shut\w*|back\w*|catch\w*|pick\w*|follow\w*|turn\w*|draw\w*|drew|ma\w*|split\w*|"
    r"broken|break\w*|clos\w*|us(?:e|es|ed|ing))\s+$"
)
TIMES_BEFORE_PAST: Final = _compile(
    r"\s+(?:as\s+many|as\s+much|the\s+(?:number|figure|total|rate|ratio|share|proportion|level|amount|average)|"
    r"that|those|more)\b[^.;]{0,60}\b(?:last|previous|earlier|before|ago|(?:in|over|during|for)\s+(?:[a-z]+\s+)?(?:19|20)\d\d|"
    r"since)\b|\s+(?:(?:the|its|their)\s+[£\d]\S*|what)\s+[^.;]{0,50}?\b(?:last|previous|earlier|before|ago|since|in\s+\d{4})\b|"
    r"\s+as\s+(?:high|low|large|big|common|likely|long|great|expensive)\s+as\s+(?:it\s+was\s+|they\s+were\s+)?(?:in\s+(?:19|20)\d\d|a\s+(?:year|decade)\s+(?:ago|before|earlier)|before)\b|"
    r"\s+(?:that|those)\s+(?:(?:of|for|seen\s+in|recorded\s+in)\s+)(?:19|20)\d\d|\s+the\s+(?:(?:19|20)\d\d|previous|pre-\w+)\b|\s+(?:last|the\s+previous|the\s+prior)\s+year[’']s\b|\s+(?:the|its)\s+(?:\w+\s+)?(?:level|rate|figure|number|total|proportion|share|sum)\s+"
    r"(?:(?:of|in|seen\s+in)\s+(?:19|20)\d\d|a\s+year\s+(?:earlier|before|ago)|the\s+year\s+before)"
)
#: "£900 a year better off": what somebody has more or less than before.
OFF: Final = _compile(r"(?:\s+(?:a|per)\s+(?:year|month|week|hour))?\s+(?:(?P<up>better)|(?P<down>worse))\s+off\b")
SIZE: Final = _compile(
    r"\s+(?:(?P<up>bigger|larger|longer|greater|faster|dearer)|(?P<down>smaller|shorter|slower|cheaper|weaker|poorer))\s+(?=than\b)"
)
#: "The cut amounts to £16m", "the fall was steepest in Wales, at 6%": a noun of change and the verb that gives its size.
NOUN_LINKED: Final = _compile(
    rf"(?:\b(?:the|this|that|an?|its|their)|^)\s+(?:[\w-]+\s+){{0,2}}?(?:(?P<up>{UP_NOUN})|(?P<down>{DOWN_NOUN})),?\s+"
    rf"(?:(?:in|to|of)\s+(?:[\w’'-]+\s+){{1,4}}?)?(?:(?:which|that)\s+)?(?:(?:will|would|could|may|might)\s+)?(?:"
    rf"(?:amount(?:s|ed|ing)?|equat(?:es|ed|ing)|equivalent|equal|c[oa]mes?|add(?:s|ed)\s+up|work(?:s|ed|ing)\s+out)\s+(?:to|at)"
    rf"|(?:is|was|were|are)\s+(?:worth|(?:the\s+)?(?:larg|steep|sharp|bigg|great|high|small|low)est\b[^.;:()]{{0,60}}?,?\s+at"
    rf"|(?:larger|steeper|sharper|bigger|greater|smaller|slower|faster|gentler)\b[^.;:()]{{0,40}}?,?\s+at)"
    rf")\s+(?:(?:{ADVERBS})\s+)*(?:extra\s+)?$"
)
NOUN_RIGHT_AFTER: Final = _compile(
    rf"[\s-]+(?:(?:real[\s-]terms|cash[\s-]terms|year[\s-]on[\s-]year|annual|pay|funding|overall|net)\s+)*"
    rf"(?:(?P<up>{UP_NOUN})|(?P<down>{DOWN_NOUN}))\b(?!\s+(?:of|by)\b)"
)
BY_END: Final = _compile(rf"\bby\s+(?:the\s+(?:(?:full|legal|permitted|allowed|same)\s+)*)?(?:(?:{ADVERBS})\s+)*$")
BY_UP_TO: Final = _compile(r"\bby\s+(?:up\s+to|as\s+much\s+as|anything\s+up\s+to)\s+$")
UP_TO_END: Final = _compile(r"\bby\s+(?:up\s+to|anything\s+up\s+to)\s+$")
TAKEN: Final = _compile(
    rf"\b(?:t[oa]k(?:e|es|en|ing)|took|wip(?:e|ed|ing)|stripp(?:ed|ing)|knock(?:ed|ing)|shav(?:ed|ing)|slic(?:e|ed|ing)|"
    rf"cut(?:ting)?|slash(?:ed|ing)?|trimm(?:ed|ing))\s+(?:(?:{ADVERBS})\s+)*$"
)
OUT_OF: Final = _compile(r"\s+(?:(?:a|per)\s+year\s+)?(?:off|out\s+of)\b")
#: "rose in Leeds (8%) and Hull (9%)": each place's own change.
IN_PLACE: Final = _compile(
    rf"\b(?:(?P<up>{UP_VERB})|(?P<down>{DOWN_VERB}))\s+(?:\w+ly\s+|most\s+)?(?:in|at|for)\s+(?:the\s+)?"
    rf"(?-i:[A-Z])[\w’'-]+(?:\s+(?:of\s+|and\s+the\s+)?(?-i:[A-Z])[\w’'-]+){{0,3}}\s*\(\s*(?:by\s+)?$"
)
NEXT_PLACE: Final = _compile(
    r"\s*\)\s*(?:,|,?\s*and)\s+(?:followed\s+by\s+)?(?:in\s+)?(?:the\s+)?(?-i:[A-Z])[\w’'-]+(?:\s+(?:of\s+)?(?-i:[A-Z])[\w’'-]+){0,3}\s*\(\s*(?:by\s+)?"
)
#: "rises in referrals (8%) and assessments (9%)": each thing's own change, unless it is who told of a rise.
IN_THING: Final = _compile(
    rf"\b(?:(?P<up>{UP_NOUN})|(?P<down>{DOWN_NOUN}))[”’]?\s+(?:in|of|for|to|among)\s+[^.;:()%]{{2,80}}\(\s*(?:by\s+)?$"
)
#: "grew over this period (3%)", "fell by a similar amount (4%)": the size in a bracket behind the verb and its time.
VERB_ASIDE: Final = _compile(
    rf"\b(?:(?P<up>{UP_VERB})|(?P<down>{DOWN_VERB}))(?:\s+\w+ly)?(?:\s+(?:in\s+(?:real|cash)\s+terms|by\s+an?\s+\w+\s+"
    r"(?:level|amount|proportion|rate|margin|percentage)|(?:over|in|during|since)\s+(?:this|the|that|last|\d{4})[^.;:()%]{0,30}))*"
    r"\s*\(\s*(?:by\s+)?$"
)
#: "the largest cuts, averaging 12%", "… with an average of 12%".
AVERAGING: Final = _compile(
    rf"\b(?:(?P<up>{UP_NOUN})|(?P<down>{DOWN_NOUN}))\b[^.;:%()]{{0,100}}?,?\s+(?:averaging|(?:with|at)\s+an\s+average\s+of)\s+"
    rf"(?:(?:{ADVERBS})\s+)*$"
)
SURVEYED: Final = _compile(
    r"\b(?:report(?:ed|ing|s)?|said|says?|saying|respon\w+|survey\w*|most|majority|majorities|proportion|share|percentage|"
    r"experienc\w+|expect\w*|seeing|cited|citing|noted|described|wanted|support\w*|back(?:ed|ing)|polled)\b"
)
SAID: Final = _compile(r"\b(?:report(?:ed|ing)|said|says?|saying|respon\w+|survey\w*|most|majority|agreed|felt)\b")
NEXT_THING: Final = _compile(r"\s*\)\s*(?:,|,?\s*and)\s+[^.;:()%£]{2,60}\(\s*(?:by\s+)?")
#: "from A to B (6%)", "from A to B, or by 6%": what stands before, between and behind the pair.
PAIR_FROM: Final = _compile(rf"\bfrom\s+(?:(?:{ADVERBS})\s+)*$")
PAIR_LINK: Final = _compile(rf"[^.;:()]{{0,50}}?\bto\s+(?:(?:{ADVERBS})\s+)*")
PAIR_SHARE: Final = _compile(
    r"(?:\s+[\w’'-]+){0,3}?(?:\s*\(\s*(?:by\s+|or\s+)?|,?\s+or\s+(?:by\s+)?|\s*[–—]\s*(?:or\s+)?(?:by\s+)?)(?:(?:about|around|just|over|under|almost|"
    r"nearly|more|less|than|some)\s+)*"
)
#: "staff will get 3%", in a sentence about pay.
RECEIVES: Final = _compile(
    rf"\b(?:receiv(?:e|es|ed|ing)|gets?|getting|got|given|awarded|offered)\s+(?:(?:{ADVERBS})\s+)*$|"
    rf"\b(?:deal|offer|award|settlement)\b[^.;:]{{0,90}}?\bworth\s+(?:(?:{ADVERBS})\s+)*$"
)
PAY_DEAL: Final = _compile(
    r"\b(?:pay|wages?|salar(?:y|ies)|award\w*|settlement|agreement|deal|unions?|staff|workers|nurses|doctors|teachers|practitioners|employees|members)\b"
)
#: Behind a share that is received: it is of something else than pay.
OF_OTHER: Final = _compile(r"\s+(?:of|discount|refund|rebate|off|share|stake|score|majority|subsidy)\b")
#: "£900 for care staff, £1,200 for nurses": the next group and its figure.
FOR_GROUP: Final = _compile(r"\s+(?:for|in|at|to)\s")
NEXT_GROUP: Final = _compile(
    r"(?:\s+[\w’'-]+){0,3}?\s+(?:for|in|at|to)\s[^.;:()£%]{1,60}?(?:,|,?\s+and)\s+(?:(?:by|about|around|just|over|under|almost|nearly|up\s+to)\s+)*"
)
AGO: Final = _compile(r"\s+(?:ago|earlier|later|before|after|running|in\s+a\s+row|old|on)\b")

#: "310 – or 6% – fewer than", "18% (7,240) fewer", "84 fewer (2%) on": what parts a number from its comparison.
PARTING: Final = _compile(
    r"\s+[–—]\s+or\s+[^–—;]{1,40}\s+[–—](?=\s+(?:more|fewer|less|higher|lower|up|down)\b)|"
    r"\s+[–—](?=\s+(?:more|fewer|less|higher|lower)\b)|\s*\([^()]{1,30}\)(?=\s+(?:more|fewer|less|higher|lower)\b)|"
    r"(?:(?<=more)|(?<=less)|(?<=fewer)|(?<=higher)|(?<=lower))\s*\([^()]{1,40}\)(?=\s+(?:on|than|compared)\b)"
)

#: The words of a sentence, each looked up once for all sentences: many times cheaper than to search every sentence.
WORD: Final = re.compile(r"[A-Za-z]+")


@lru_cache(maxsize=8192)
def is_mark(word: str) -> bool:
    """Whether a word can make the number beside it a change.

    >>> is_mark("Rose"), is_mark("table")
    (True, False)
    """
    return ANY.fullmatch(word) is not None
