"""Tells verbs from nouns by where they stand: most English verbs are nouns elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.retrieval.terms import terms

ARTICLES = frozenset("a an the my your our his her all each every any some no".split())
PREPOSITIONS = frozenset(
    """about across after against among at before behind between by during for from in inside into on outside over per
    since through to toward under until with within without""".split()
)
BE = frozenset("is are was were be been being get gets got has have had".split())
MODAL = frozenset("do does did can could should would will may might must".split())
CAUSATIVE = frozenset("let lets help helps helped make makes made".split())
PREDICATES = frozenset(
    "available popular mandatory legal illegal required necessary similar important different effective expensive "
    "successful related possible worth responsible eligible ready open closed due safe true false good bad "
    "ahead alone apart together".split()
)
_SUBJECTS = frozenset("to i we you they it he she please".split())
_VERBS = """
accept achieve adopt affect allow announce apply appear approve ask assess assign attend award become believe belong
benefit borrow bring build buy calculate call cancel care cause change charge check choose claim close collect compare
complete conclude connect consider contain continue contribute control cost cover create criticise criticize cut
decide define deliver depend derive describe design determine develop differ direct earn enable encourage end endorse
enroll ensure evaluate exist expect expire explain extend face fail fall fit focus follow force free fund gain give
grant grow handle happen help hire hold identify implement improve include increase influence inform introduce invest
invite involve issue join keep launch lead learn leave let limit list live lose maintain make manage matter mean
measure meet mention monitor move need object offer open operate oppose order organise organize originate own
participate pass pay perform permit plan prepare prevent produce prohibit promote propose protect prove provide
publish purchase qualify reach read receive recommend reduce refer register reject relate rely remain remove renew
replace report represent request require return review run save say scan see seek sell send serve set share show sign
solve spend sponsor stand start stay stop store study submit succeed suggest supply support take teach tell test track
train transfer treat try update use vary view visit vote waive win withdraw work write
""".split()
_IRREGULAR = """
began begun bought brought built came chose chosen cut drove fell found gave given got grew held kept knew known led
left lost made met paid ran rose said sat sold sent set spent stood taken taught told thought took went won wrote
written
""".split()


def _forms(verb: str) -> Iterator[str]:
    yield from (verb, f"{verb}s", f"{verb}es", f"{verb}d", f"{verb}ed", f"{verb[:-1]}ies", f"{verb[:-1]}ied")


VERB_FORMS = frozenset((*(form for verb in _VERBS for form in _forms(verb)), *_IRREGULAR))
PLAIN_VERBS = frozenset(_VERBS)


def is_verb(words: Sequence[str], number: int, *, has_subject: bool, wanted: frozenset[str]) -> bool:
    """Whether a word is a verb; `words` are lower-case, `wanted` are the verbs that may follow a subject here."""
    word, before = words[number], words[number - 1] if number else ""
    if before in ("who", "what") and word not in ARTICLES and terms(word):
        return True
    asks_who = before in MODAL and number > 1 and words[number - 2] in ("who", "what", "which")
    if not number or asks_who or before in _SUBJECTS:
        return word in VERB_FORMS
    following = words[number + 1] if number + 1 < len(words) else ""
    last = not terms(following) or following in PREPOSITIONS
    participle = word.endswith("ed") or word in PREDICATES or word in _IRREGULAR
    if last and participle and (has_subject or before in BE):
        return True
    return has_subject and word in wanted
