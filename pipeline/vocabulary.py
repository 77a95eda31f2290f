"""The closed vocabularies of the records: every word that a field may hold, in the order of the manuals."""

from __future__ import annotations

from typing import Final

BLOCK_KINDS: Final = ("body", "heading", "list_item", "caption", "boilerplate")
KEPT_KINDS: Final = ("body", "heading", "list_item")
UNITS: Final = (
    "count", "GBP", "percent", "percentage_point", "multiplier",
    "year", "month", "week", "day", "hour", "minute", "other",
)  # fmt: skip
TIERS: Final = ("core", "minor")
ROLES: Final = ("level", "change")
DIRECTIONS: Final = ("up", "down")
NATIONS: Final = ("England", "Wales", "Scotland", "Northern Ireland", "UK")
SOURCE_KINDS: Final = ("official_statistics", "survey", "poll", "research", "claim", "decision")
ORGANISATION_TYPES: Final = (
    "government", "parliament", "regulator", "local_authority", "nhs", "police_justice", "charity",
    "professional_body", "union", "company", "research", "political_party", "media", "working_group",
    "international", "other",
)  # fmt: skip
POLICY_TYPES: Final = (
    "act", "bill", "regulations", "guidance", "standards", "strategy", "programme", "fund", "rules", "review",
    "fiscal_event", "dataset", "body",
)  # fmt: skip
EVENT_TYPES: Final = (
    "announcement", "proposal", "consultation", "publication", "legislation", "implementation", "funding",
    "ending", "rejection", "appointment", "deadline", "meeting",
)  # fmt: skip
STATUSES: Final = ("happened", "ongoing", "planned", "proposed", "conditional", "cancelled")
DATE_BASES: Final = ("explicit", "relative", "publication", "context")
PRECISIONS: Final = ("day", "month", "season", "year", "financial_year", "interval")
STATES: Final = ("due", "overdue", "done", "dropped", "superseded")
LINK_KINDS: Final = ("confirms", "delays", "supersedes", "cancels", "fulfils", "follows")
FLAGS: Final = (
    "truncated", "no_body", "encoding_repaired", "updated_after_publication", "dated_after_publication",
    "near_duplicate", "promotion_is_the_story",
)  # fmt: skip
BINS: Final = ("article", "duplicate", "revision", "boilerplate", "spam", "frame", "rejected")

#: Why something could not be used. Closed: every reason is explained in the manual (README, "Rejections").
REASONS: Final = {
    "not_a_dump": "the file holds no item of any kind that carefeed reads",
    "empty": "the file is empty or holds blanks only",
    "too_large": "the file, what it unpacks to, or an item in it is over a limit in the settings",
    "bad_archive": "the archive is damaged or nested too deeply",
    "bad_encoding": "the bytes are in no encoding that carefeed can tell",
    "comment_feed": "the file is a feed of readers' comments, not of articles",
    "search_feed": "the file is a search feed whose items are spam only",
    "no_id": "the item has neither a post number nor a web address",
    "no_date": "the item's publication date is missing or can't be read",
    "no_title": "nothing is left of the title once spam is taken away",
    "items_missing": "the XML holds more items than could be read",
    "bad_xml": "the XML is broken beyond what could be repaired",
    "forbidden_xml": "the XML declares entities or nests too deeply",
    "extraction_failed": "the article could not be analysed",
}
