"""How hard a text is to read: two school grades that lean on different things, and what makes it hard, sentence by sentence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from statistics import mean

import pyphen

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
PARAGRAPH = re.compile(r"\n\s*\n")
SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouydt]ed|[^laeiouy]e)$")
TWO_VOICES = re.compile(r"(?<![cstgx])i(?:a|o|u(?=[ms]))|eo(?!p)|ea$|ei(?=ng)|eu(?=s$)")
HYPHENS = pyphen.Pyphen(lang="en_US", left=2, right=2)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Where we draw the lines. Grade 6 is the usual advice for patients; the rest is ours, not from literature."""

    grade: float = 6.0  # both formulas, over all a patient reads
    passage_shown: float = 7.5  # one passage, mean of both: pointed out
    passage_stops: float = 9.0  # … not published
    passage_words: int = 15  # shorter ones tell nothing
    sentence_words: int = 20  # longer ones are pointed out
    jargon_syllables: int = 4
    words_a_minute: int = 160  # slow, for somebody who takes it in


POLICY = Policy()
# Long, and known to everybody.
EVERYDAY = frozenset(
    ("activities", "activity", "actually", "anybody", "anything", "comfortable", "completely", "emergency", "especially",
     "everybody", "everything", "eventually", "exercises", "exercising", "generally", "immediately", "independent",
     "information", "necessary", "operation", "ordinary", "television", "temporary", "understanding", "usually")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a text asks of its reader."""

    words: int
    sentences: int
    flesch_kincaid: float
    coleman_liau: float

    @property
    def mean(self) -> float:
        return mean((self.flesch_kincaid, self.coleman_liau))

    @property
    def harder(self) -> float:
        return max(self.flesch_kincaid, self.coleman_liau)

    def minutes(self, policy: Policy = POLICY) -> float:
        return self.words / policy.words_a_minute


def words_in(text: str) -> list[str]:
    return WORD.findall(text)


def sentences_in(text: str) -> list[str]:
    """The sentences, as they are; a new line ends one too, so that a heading is not read into what follows it."""
    return [one.strip() for one in SENTENCE_END.split(text) if WORD.search(one)]


@cache
def syllables(word: str) -> int:
    """Whichever hears more: the hyphenation patterns, or the groups of vowels. Each of them alone hears too few."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    voiced = SILENT.sub("", plain) or plain
    groups = len(re.findall(r"[aeiouy]+", voiced)) + len(TWO_VOICES.findall(plain))
    return max(1, groups, len(HYPHENS.positions(plain)) + 1)


def reading(texts: Iterable[str]) -> Reading:
    """The grades of these texts taken together; none of them runs on into the next."""
    joined = "\n".join(texts)
    words, sentences = words_in(joined), len(sentences_in(joined))
    if not words:
        return Reading(words=0, sentences=0, flesch_kincaid=0, coleman_liau=0)
    count = len(words)
    letters = sum(character.isalpha() for word in words for character in word)
    return Reading(
        words=count,
        sentences=sentences,
        flesch_kincaid=0.39 * count / sentences + 11.8 * sum(map(syllables, words)) / count - 15.59,
        coleman_liau=5.88 * letters / count - 29.6 * sentences / count - 15.8,
    )


def passages(text: str) -> Iterator[str]:
    """The paragraphs that are long enough to be judged."""
    for paragraph in PARAGRAPH.split(text):
        if len(words_in(paragraph)) >= POLICY.passage_words:
            yield paragraph.strip()


def long_sentences(text: str) -> list[str]:
    return [one for one in sentences_in(text) if len(words_in(one)) > POLICY.sentence_words]


def jargon(text: str, *, explained: Iterable[str]) -> list[str]:
    """Long words that neither everybody knows nor the glossary explains, each once. `explained` are whole terms."""
    known = EVERYDAY | {word.lower() for term in explained for word in words_in(term)}
    long = (word.lower() for word in words_in(text) if syllables(word) >= POLICY.jargon_syllables)
    return [word for word in dict.fromkeys(long) if word not in known]
