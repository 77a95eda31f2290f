"""Lines that say what can be seen in a picture: persons, things and places by name, and where they stand.

A cross-heading speaks of many or of something that can't be seen ("Children in hospital", "A place at the table"); a
picture's text names one thing, or two, and a place for it ("Teacher in a classroom", "A coat over a chair").
"""

from __future__ import annotations

import re
from itertools import pairwise


def _words(text: str) -> frozenset[str]:
    """The words of a list that parts them by blanks."""
    return frozenset(text.split())


_PERSONS = _words(
    """
    adolescent adult advocate apprentice assessor assistant baby boy boss businessman businesswoman carer child
    client clinician coach colleague commuter counsellor couple customer daughter doctor driver father figure
    gardener gentleman girl grandchild grandfather grandmother grandparent guard inspector judge kid lady lawyer
    learner lecturer man manager mentor midwife mother mum dad neighbour nurse officer owner parent patient
    pensioner person pharmacist physiotherapist player politician practitioner prisoner psychiatrist
    psychologist pupil reader receptionist resident secretary shopper sister brother social-worker solicitor son
    speaker student teacher teen teenager therapist toddler trainer tutor visitor volunteer walker woman worker
    writer youngster youth occupational-therapist pair group crowd family team class choir queue protester
    demonstrator
    """
)
_THINGS = _words(
    """
    alarm album ambulance apple backpack badge bag ball ballot-box balloon bandage bank-card banknote banner
    basket bell bench bicycle bike bin blackboard blanket blind board boat book bookshelf boot bottle bowl box
    bracelet briefcase broom brush bucket buggy bunk bus bust button cabinet cable cake calculator calendar
    camera candle cane car card cardigan carpet cash cat chain chair chart chess-piece clipboard clock cloth
    coat coin coins computer cot crutch cup cupboard curtain cushion desk diary dictionary document dog doll
    doorbell doormat drawer drawing dress dummy envelope extinguisher fan feather fence file flag flask flower
    flowerpot folder fork form frame fridge gate glass glasses globe glove graph guitar hammer handbag handcuffs
    hand handrail hat headphones helmet hoist hoodie hourglass iron jacket jar jigsaw jug jumper kettle key
    keyboard keys ladder lamp lamp-post lanyard laptop leaf leaflet letter letterbox lift lock locker magazine
    mailbox map mask mat medal medicine megaphone microphone mirror mobility-scooter mop motorbike mug mural napkin
    needle newspaper notebook notepad notice noticeboard page painting pan paper papers parcel payslip placard
    passport peg pen pencil phone photograph photo piano picnic pill pills pillow plant plate plaster pot poster
    postbox pram printer projector puddle purse pushchair puzzle radiator rail railing raincoat ramp receipt
    rope rucksack rug ruler sandwich sandpit satchel scarf scissors screen scooter seatbelt shelf shirt shoe
    shoes shopping-bag sign signpost sleeping-bag slide slipper slippers sock socks sofa spoon stairlift stamp
    statue stethoscope stick stool stretcher suitcase suit sweater swing switch table tablet tap tape tea-towel
    teacup teapot teddy teddy-bear telephone television tent thermometer ticket till tin toast tool toothbrush
    torch towel toy toys train tram tray tree trolley trophy truck tv typewriter umbrella uniform van vase
    walker walking-frame wallet warrant watch wheelchair whiteboard wig window wreath zimmer-frame
    """
)
_PLACES = _words(
    """
    aisle alley alleyway allotment archway armchair attic avenue balcony bank bath bathroom beach bed bedroom
    bedside blocks bridge building bungalow bus-stop bus-shelter cafe café canteen canal car-park castle
    cathedral cell chapel church clinic classroom cliff coast corridor cottage courtroom courtyard crossing
    cul-de-sac day-room dining-room dock door doorstep doorway driveway entrance estate farm farmhouse fell
    field fireplace flats floor footbridge footpath forecourt forest garage garden glen graveyard greenhouse gym
    hallway harbour hedge hill hills hillside hostel hotel house houses hut island jetty kitchen lake landing
    lane lawn lectern library lighthouse living-room loch lounge market meadow mill moor mountain mountains
    museum nursery office offices park path pavement pier platform playground playing-field podium pond pool
    porch prison promenade pub puddle quay railway rally rank reception reservoir river road roof room
    roundabout sands sea seafront shop shore sink skyline spire square staircase stairs stairwell station step
    steps street suburb supermarket swimming-pool terrace theatre tower track tunnel valley verge village
    waiting-room wall ward waterfront wharf windowsill wood woods yard hospital school tower-block town towpath
    city
    """
)
#: What opens the name of one thing, or of a few that can be counted at a glance.
_ONES = _words(
    """
    a an two three four several empty rows row pile stack line crowd queue pair close-up closeup
    """
)
_DETERMINERS = _words("a an the his her their its two three some")
_OPEN = _words("a an his her two three")
_WHERE = _words(
    """
    on in at under below beside outside inside over with near behind against through by around across along into
    onto above between beneath past opposite beyond
    """
)
#: Figures of speech and news: a line with one of them is a heading.
_NEVER = _words(
    """
    is are was were be been has have had will would can could may might must should do does did say says said no
    not more less most what why how who when where which if but because after before until than about for need
    needs crisis risk risks rights support funding cuts cut reform reforms change changes demand pressure
    pressures rise fall fear fears anger concern concerns delay delays death deaths abuse harm neglect racism
    role duty duties case cases law laws rule rules future past voice voices seat seats foot lives life hope
    lack shortage struggle stuck left trapped lost failed failing cost costs price bill plan plans review
    inquiry report strike strikes vote wolf elephant skeleton bull storm light heart knife back centre core edge
    brink new end time power trust justice freedom inequality poverty loneliness isolation hidden behind-bars
    gap gaps barrier barriers shadow wrong right better worse first last every each all any our your my we
    you they it this that these those
    """
)
_HOMES = _words("home homes centre unit hostel")
#: What is said, or weighs, on something.
_MATTERS = _words("lessons notes thoughts views reflections update focus spotlight eye eyes news advice")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NO_SCENE = re.compile(r"[?!:;£%\d]|[‘“\"]|^[’']|\.\S|\. ")
_FEWEST, _MOST = 3, 18


def is_scene(text: str) -> bool:
    """The line names one person, thing or place that can be seen, and where.

    >>> is_scene("Teacher in a classroom"), is_scene("A coat over a chair")
    (True, True)
    >>> is_scene("Children in hospital"), is_scene("A place at the table")
    (False, False)
    """
    if _NO_SCENE.search(text):
        return False
    words = [re.sub(r"[’']s?$", "", w) for w in _WORD.findall(text.lower())]
    if not _FEWEST <= len(words) <= _MOST or not _NEVER.isdisjoint(words):
        return False
    at = next((n for n, word in enumerate(words) if word in _WHERE), 0)
    if not at:
        return False
    subject, rest = words[:at], words[at + 1 :]
    if not _seen(rest):
        return _names_place(text, words, at)
    if subject[0] in _ONES:
        return len(subject) > 1 and bool(_seen(subject)) and not _DETERMINERS.isdisjoint(words[at + 1 :])
    is_one = any(w in _PERSONS or w in _THINGS for w in (subject[-1], *_before_participle(subject)))
    if is_one:
        return _is_placed(words) or (rest[0] in _DETERMINERS and subject[-1] in _THINGS)
    is_on_thing = words[at] in ("on", "under", "over", "beside", "against") and words[-1] in _THINGS
    return rest[0] in ("a", "an") and (bool(_many(subject)) or (is_on_thing and subject[0] not in _MATTERS))


def _names_place(text: str, words: list[str], at: int) -> bool:
    """One thing or place, and the name of a town or a kind of home: "A mural in Belfast", "Lounge at a care home"."""
    subject, rest = words[:at], words[at + 1 :]
    if subject[-1] not in _THINGS and subject[-1] not in _PLACES:
        return False
    if subject[0] in _ONES:
        return text.rsplit(maxsplit=1)[-1][:1].isupper()
    return rest[:1] in (["a"], ["an"]) and not _HOMES.isdisjoint(rest)


def _is_placed(words: list[str]) -> bool:
    """Somewhere it says "in a …", "on his …", and something that can be seen follows."""
    return any(a in _WHERE and b in _OPEN and _seen(words[n + 2 :]) for n, (a, b) in enumerate(pairwise(words)))


def _before_participle(words: list[str]) -> list[str]:
    """The word before a participle: whom or what it tells of."""
    return [a for a, b in pairwise(words) if b.endswith("ing") and len(b) > 4]


def _seen(words: list[str]) -> list[str]:
    """The words that name what can be seen."""
    return [w for w in words if w in _PLACES or w in _THINGS or w in _PERSONS or _many([w])]


def _many(words: list[str]) -> list[str]:
    """The words that are plurals of persons and things."""
    found = [w for w in words if w in ("people", "men", "women", "children", "families", "staff", "hands", "feet")]
    return found + [w for w in words if w.endswith("s") and (w[:-1] in _PERSONS or w[:-1] in _THINGS)]
