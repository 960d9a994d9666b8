"""A tokenizer for spaCy's Chinese that cuts traditional text into whole words; every word of ``segmentation``.

>>> import spacy                                                                             # doctest: +SKIP
>>> config = {"nlp": {"tokenizer": {"@tokenizers": "heshu.words"}}}                          # doctest: +SKIP
>>> [token.text for token in spacy.blank("zh", config=config)("辦理退休人員關懷")]           # doctest: +SKIP
['辦理', '退休人員', '關懷']
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from .segmentation import words


class WordTokenizer(DummyTokenizer):
    """Makes documents whose tokens are words; blanks and line ends are tokens of their own, so nothing is lost."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut ``text`` into words; ``doc.text`` is ``text``."""
        found = words(text)
        return Doc(self.vocab, words=found, spaces=[False] * len(found))

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Nothing to store: the dictionary is the package's."""


def create_tokenizer() -> Callable[[Language], WordTokenizer]:
    """What spaCy's configuration names as ``heshu.words``."""
    return lambda nlp: WordTokenizer(nlp.vocab)
