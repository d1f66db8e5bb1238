"""Invented municipal guides in Danish and English, and a search in them. It knows no model and no page."""

from sandbox.documents.guides import OWN, Guide, Passage, load_guides, sentences, split_own
from sandbox.documents.search import LEAST, TOP, Found, Index, Weight
from sandbox.documents.words import Cutter

__all__ = [
    "LEAST",
    "OWN",
    "TOP",
    "Cutter",
    "Found",
    "Guide",
    "Index",
    "Passage",
    "Weight",
    "load_guides",
    "sentences",
    "split_own",
]
