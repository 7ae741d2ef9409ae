"""US school grades of a text by two formulas: one counts syllables, the other letters."""

import re

import pyphen

HYPHENS = pyphen.Pyphen(lang="en_US")


def words_of_text(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+(?:['’][a-z]+)?|\d+", text)


def sentences_of(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:])[”\"]?\s+", text.strip()) if words_of_text(part)]


def syllables(word: str) -> int:
    """Hyphenation leaves out breaks after one letter, so vowel groups are counted too; the larger figure holds."""
    silent = re.sub(r"(?:[^laeiouy]es|[^laeiouydt]ed|[^laeiouy]e)$", "", word.lower()) or word
    return max(1, len(HYPHENS.positions(word)) + 1, len(re.findall(r"[aeiouy]+", silent)))


def flesch_kincaid(text: str) -> float:
    words = words_of_text(text)
    per_sentence = len(words) / len(sentences_of(text))
    return 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def automated_index(text: str) -> float:
    words = words_of_text(text)
    letters = sum(map(len, words)) / len(words)
    return 4.71 * letters + 0.5 * len(words) / len(sentences_of(text)) - 21.43


def grade(text: str) -> float:
    """The harder of the two."""
    return max(flesch_kincaid(text), automated_index(text))


def longest_sentence(text: str) -> int:
    return max(len(words_of_text(sentence)) for sentence in sentences_of(text))
