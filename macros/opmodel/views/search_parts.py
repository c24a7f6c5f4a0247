"""The search index of a large site in parts: a first part, and further ones that are loaded for a question.

The theme fetches one file with every section of every page. With 1,000 packets that is 15.8 MB (1.2 MB compressed), and
the first answer took 8 s in Chromium on two cores, nearly all of it to build the index of the theme (lunr). Measured
from the first key to the first result, that index took 0.6 to 0.9 s for pages alone, and the same entries without an
index, as ``theme/workers/search.js`` reads them, 0.15 s with no worse answers. Pagefind needs 190 KB a question, but
reads every page again in each build, and runs WebAssembly, which the site's policy forbids.

So each packet stands in the first part with its page alone. Its sections are a file of their own, and lists of words
say in which packets a word stands. ``theme/workers/search-parts.js`` fetches the lists that belong to a question, then
the sections of the packets that come first. A site of few packets keeps one file.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape

from markupsafe import Markup

from opmodel.load.operating_model import OperatingModel
from opmodel.permalinks.page_form import page_address
from opmodel.views.search_entries import SearchEntry

AddressedText = tuple[str, str]
"""(address, content) of a file."""

MOST_IN_ONE_FILE = 50
"""The most packets of which one file holds all: at most 300 KB compressed, even of packets that have much to say."""
WORD_LISTS = "search/words/"
_LIST = 40_000
"""Characters of a list of words: about 12 KB compressed, of which a question needs one or two for each word."""
_WORD = re.compile(r"[^\W\d_]+-\d+|[^\W_]{2,}")
"""An identifier or a word, as in the search itself; single letters are not looked up."""
_AROUND = ".,;:!?()[]“”‘’…\"'"
"""Punctuation around words."""


def is_in_parts(model: OperatingModel) -> bool:
    """Return whether the search index of a site comes in parts; a page that is read from a disk can fetch none."""
    return len(model.packets) > MOST_IN_ONE_FILE and not model.host.offline


def page_entry(entries: list[SearchEntry]) -> SearchEntry:
    """Return the entry of a packet's page, with the words of all its entries for `with_word_lists`."""
    return {**entries[0], "spoken": _spoken(entries)}


def sections_file(entries: list[SearchEntry]) -> AddressedText:
    """Return the file with the other entries of a packet."""
    address = page_address(entries[0]["location"]).rstrip("/")
    return f"search/{address}.json", _printed(entries[1:])


def without_words(entries: Iterable[SearchEntry]) -> list[SearchEntry]:
    """Return the entries of the first part for an index without the others."""
    opening = [entry.copy() for entry in entries]
    for entry in opening:
        entry.pop("spoken", "")
    return opening


def with_word_lists(entries: Iterable[SearchEntry]) -> tuple[list[SearchEntry], Iterator[AddressedText]]:
    """Return the entries of the first part, and the files with the lists of words.

    Packets are known by their number. One more entry says where the lists are and with which word each begins. An index
    that does not come in parts is returned as it is.
    """
    spoken: list[list[str]] = []
    opening = []
    for entry in entries:
        if "spoken" in entry:
            entry = {**entry, "part": len(spoken)}
            spoken.append(entry.pop("spoken").split())
        opening.append(entry)
    lists = list(_lists(spoken))
    if lists:
        starts = [next(iter(words)) for words in lists]
        opening.append({"location": WORD_LISTS, "title": Markup(), "text": Markup(), "words": starts})
    return opening, ((f"{WORD_LISTS}{number}.json", _printed(words)) for number, words in enumerate(lists))


def _spoken(entries: Iterable[SearchEntry]) -> str:
    """Return the distinct words of the entries, in any order, separated by spaces.

    A thousand packets have half a million words.
    """
    texts = (text for entry in entries for text in (entry["title"], *entry.get("tags", ()), entry["text"]))
    said = unescape(" ".join(texts).replace("</p>", " ").replace("<p>", " ")).lower()
    pieces = {piece.strip(_AROUND) for piece in set(said.split())}
    others = [piece for piece in pieces if not piece.isalnum()]  # few, and only they have to be looked into
    words = {*pieces.difference(others), *_WORD.findall(" ".join(others))}
    return " ".join([word for word in words if len(word) > 1])


def _lists(spoken: list[list[str]]) -> Iterator[dict[str, list[int]]]:
    """Yield all words in order, in lists of about equal size, with the numbers of their packets.

    A word of all packets has no numbers, because it does not narrow the search.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(spoken):
        for word in words:
            found[word].append(number)
    listed: dict[str, list[int]] = {}
    size = 0
    for word in sorted(found):
        listed[word] = found[word] if len(found[word]) < len(spoken) else []
        size += len(word) + 4 * len(listed[word])
        if size > _LIST:
            yield listed
            listed, size = {}, 0
    if listed:
        yield listed


def _printed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
