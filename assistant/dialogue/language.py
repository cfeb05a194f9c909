"""Tells which language a question is in, before anything else reads its words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

import py3langid

Language = Literal["en", "es", "fr", "pt", "zh", "vi", "ar", "tl", "other"]
"""English, those in which agencies of the United States commonly offer notices, and all the rest."""

_FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        """a about all and any are as at be been but by can could did do does doing done each few for from get give had
        has have how i if in into is it its kind like made make many may me means more most much must my need not of on
        one or our out should show so some such tell than that the their them then there these they this those to under
        up us was we were what whats when where which who whos why will with would you your""".split()
    ),
    "es": frozenset(
        """a al como con cual cuales cuando cuanta cuantas cuanto cuantos de del desde donde el ella en entre es esta
        estan este estos existe existen fue fueron gracias ha habla hace hacen hacia han hasta hay hola la las le les lo
        los me mi mis muy necesito no nos nuestra nuestro o para pero por porque puede pueden puedo que quien quienes
        quiero se segun ser si sin sobre son su sus tambien te tengo tiene tienen todos tu un una unas unos y ya
        cuesta escuela escuelas estado estados estudiantes ley leyes maestros aprendizaje ayuda ayudar""".split()
    ),
    "fr": frozenset(
        """a au aussi aux avec bonjour c ca ce ces cette chez comment combien d dans de des doit du elle elles en entre
        est et etre fait faire font il ils j je l la le les leur leurs m ma mais merci mes mon n ne nos notre nous on
        ont ou où par pas peut peuvent plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se
        ses son sont sur t tous tout trouver un une veut vos votre vous y
        apprentissage ecole ecoles eleves etat etats loi lois enseignants""".split()
    ),
    "pt": frozenset(
        """a ao aos as com como da das de do dos e ela ele em entre essa esta está estão eu existe existem fala foi há
        isso já lei leis mais me meu minha muito na nas no nos nosso não nao o obrigada obrigado olá ola onde os ou para
        pela pelo pode podem por porque posso qual quais quando quanta quanto quantos que quem se sem ser seu sobre são
        sua também tem têm um uma voce você
        alunos aprendizagem custa escola escolas estado estados professores ajudar""".split()
    ),
    "tl": frozenset(
        """aking ako alin ang ano anong anu ating ay ba bakit bang batas dapat dito gaano gawin hindi ibig ilan ilang
        ito iyon ka kailan kailangan kami kapag kayo ko kumusta kung lang magkano maaari makakatulong may mayroon meron
        mga mo na namin natin ng ngayon ni nila niya nito o oo para paano po pwede saan sabihin sa salamat sila sino
        siya tayo tungkol wala yung estado paaralan guro""".split()
    ),
    "vi": frozenset(
        """ai bang bao bạn các cac cách cái cam chào cho chung có co cua của cũng cung duoc dung được gì gi hay khi
        khong không la là làm lam luat luật mot một muốn nao nay nào này nếu nhieu nhiêu nhiều nhu như nhung những noi
        nói o ở phai phải sao tai tại the thế thi thì tieu tôi trong trường truong và va về ve vì
        hoc học sinh giáo""".split()
    ),
}  # fmt: skip  # the commonest closed-class words of each, and a few of the subject, by heart
_ACCENTED: dict[Language, re.Pattern[str]] = {
    "es": re.compile(r"[¿¡ñ]"),
    "vi": re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]"),
    "pt": re.compile(r"[ãõ]"),
}
"""Letters and signs that hardly another of these languages has."""
_SCRIPTS: tuple[tuple[Language, re.Pattern[str]], ...] = (
    ("other", re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u1100-\u11ff]")),
    ("other", re.compile(r"[پچژگکیےٹڈڑں]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
)
"""Scripts, the more particular first: kana and Hangul are not Chinese, Persian and Urdu letters not Arabic."""
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}\W*")
"""Capitals only, as in "El Paso" or "Las Vegas": a name says nothing of the language."""
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SCRIPT_SHARE = 0.5
"""Share of a question's words in another script from which it is in the language of that."""
_FUNCTION_WORD = 15.0
_ENGLISH_WORD = 7.0
_SIGN = 15.0
_LEAST = 11.0
"""Sum of what speaks for a language from which a question is in it.

Log-likelihoods against English by py3langid, and what each function word, each English word and each letter of its own
adds: chosen on the first half of `tests/dialogue/languages.tsv` with no false alarm among the questions of the corpus
(`docs/decisions/0023-language-noise-suggestions.md`).
"""
_LEAST_OTHER = 20.0
"""The same for a language that no notice is written in: of these only py3langid knows anything."""


def language_of(question: str, is_english: Callable[[str], bool]) -> Language:
    """Give the language of a question, English in case of doubt; `is_english` tells English words from others."""
    if (script := _language_of_script(question)) is not None:
        return script
    if _NAME.fullmatch(question):
        return "en"
    words = _words(question)
    likely = {str(language): float(score) for language, score in py3langid.rank(question)}
    against = _english_words(words, is_english)
    evidence = {
        language: likely[language] - likely["en"] + _signs(language, question, words) - against
        for language in _FUNCTION_WORDS
        if language != "en"
    }
    best = max(evidence, key=lambda language: evidence[language])
    if evidence[best] >= _LEAST:
        return best
    return "other" if max(likely.values()) - likely["en"] - against >= _LEAST_OTHER else "en"


def _words(question: str) -> list[str]:
    """Give the words of a question in small letters, without acronyms, unless all of it is in capitals."""
    words = _WORD.findall(question)
    shouted = question.isupper() and len(words) > 1
    return [word.lower() for word in words if shouted or len(word) == 1 or not word.isupper()]


def _language_of_script(question: str) -> Language | None:
    """Give the language of another script than Latin, if that is what a question is written in."""
    found = next(((language, script) for language, script in _SCRIPTS if script.search(question)), None)
    other = [c for c in question if c.isalpha() and not _LATIN.match(c)]
    if not other:
        return None
    language: Language = found[0] if found else "other"
    words = Counter(bool(_LATIN.match(word)) for word in _WORD.findall(question))
    foreign = len(other) / 2 if language == "zh" or _SCRIPTS[0][1].search(question) else words[False]
    return language if foreign >= _SCRIPT_SHARE * (foreign + words[True]) else None


def _plain(word: str) -> str:
    """Give a word without accents: English has some that are written either way."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _signs(language: Language, question: str, words: Iterable[str]) -> float:
    """Give what function words and letters of its own say for a language."""
    functions = sum(word in _FUNCTION_WORDS[language] for word in words)
    letters = _ACCENTED.get(language)
    return _FUNCTION_WORD * functions + _SIGN * bool(letters and letters.search(question))


def _english_words(words: Iterable[str], is_english: Callable[[str], bool]) -> float:
    """Give what speaks for English: its function words as such, its other words less."""
    own = [word for word in words if word in _FUNCTION_WORDS["en"]]
    others = [word for word in words if word not in _FUNCTION_WORDS["en"] and is_english(_plain(word))]
    return _FUNCTION_WORD * len(own) + _ENGLISH_WORD * len(others)
