"""The index of a large site: nothing is lost in its parts, and each part is small."""

import gzip
import json
from bisect import bisect_right
from dataclasses import replace
from random import Random
from string import ascii_lowercase
from typing import Any

import pytest
from markupsafe import Markup

from opmodel.views.packet.page import packet_page
from opmodel.views.search_entries import SearchEntry, packet_entries, weighted_entries
from opmodel.views.search_parts import (
    MOST_IN_ONE_FILE,
    WORD_LISTS,
    is_in_parts,
    page_entry,
    sections_file,
    with_word_lists,
    without_words,
)
from sites import check_shipped

PACKETS = 300
MOST_FIRST, MOST_LIST, MOST_SECTIONS = 30_000, 16_000, 10_000
"""Compressed bytes of a first part of 300 packets, a list of words, and the sections of a packet."""
LETTERS = Random(1)  # noqa: S311 nothing here is secret
INVENTED = ["".join(LETTERS.choices(ascii_lowercase, k=LETTERS.randint(4, 9))) for _ in range(3000)]


@pytest.fixture(scope="module")
def packets() -> list[list[SearchEntry]]:
    """The entries of many packets: those of the shipped ones with every fourth word another, to be hard to compress."""
    checked = check_shipped()
    shipped = [
        weighted_entries(packet_entries(packet_page(checked, name)), checked.model) for name in checked.model.packets
    ]
    return [renamed(shipped[number % len(shipped)], Random(number)) for number in range(PACKETS)]  # noqa: S311


def renamed(entries: list[SearchEntry], random: Random) -> list[SearchEntry]:
    def varied(html: Markup) -> Markup:
        words = html.split(" ")
        return Markup(" ").join(random.choice(INVENTED) if random.random() < 0.25 and w.isalpha() else w for w in words)

    old, new = entries[0]["location"], f"workflows/{'-'.join(random.sample(INVENTED, 3))}/"
    return [
        {
            **entry,
            "location": entry["location"].replace(old, new),
            "title": varied(entry["title"]),
            "text": varied(entry["text"]),
        }
        for entry in entries
    ]


def size(value: object) -> int:
    """Return how many bytes a server that compresses sends for a file."""
    return len(gzip.compress(json.dumps(value).encode(), 9))


def lists(packets: list[list[SearchEntry]]) -> tuple[list[SearchEntry], list[dict[str, list[int]]]]:
    """Return the first part and all lists of words."""
    opening, files = with_word_lists([page_entry(entries) for entries in packets])
    made = list(files)
    assert [address for address, _ in made] == [f"{WORD_LISTS}{number}.json" for number in range(len(made))]
    return opening, [json.loads(text) for _, text in made]


def test_a_site_of_few_packets_keeps_one_file(packets: list[list[SearchEntry]]) -> None:
    model = check_shipped().model
    one = next(iter(model.packets.values()))
    assert not is_in_parts(replace(model, packets={str(number): one for number in range(MOST_IN_ONE_FILE)}))
    assert is_in_parts(replace(model, packets={str(number): one for number in range(MOST_IN_ONE_FILE + 1)}))
    assert with_word_lists(packets[0])[0] == packets[0]
    assert list(with_word_lists(packets[0])[1]) == []


def test_no_entry_is_lost(packets: list[list[SearchEntry]]) -> None:
    for entries in packets[:20]:
        address, text = sections_file(entries)
        assert address == f"search/{entries[0]['location'].rstrip('/')}.json"
        assert [*without_words([page_entry(entries)]), *json.loads(text)] == entries


@pytest.mark.slow
def test_every_word_leads_to_the_packets_that_hold_it_and_to_no_other(packets: list[list[SearchEntry]]) -> None:
    opening, found = lists(packets)
    starts: list[str] = opening[-1]["words"]
    assert starts == sorted(starts)
    places = {entry["part"]: entry["location"] for entry in opening[:-1]}
    texts = {e[0]["location"]: " ".join(f"{each['title']} {each['text']}" for each in e).split(" ") for e in packets}
    for word in INVENTED[:100]:
        numbers = found[bisect_right(starts, word) - 1].get(word, [])
        assert {places[number] for number in numbers} == {place for place, words in texts.items() if word in words}


def test_identifiers_are_found_as_one_word(packets: list[list[SearchEntry]]) -> None:
    _, found = lists(packets)
    words = [word for each in found for word in each]
    assert {"ap-01", "fc-01"} <= set(words)
    assert not {"quot", "x27", "p"} & set(words), "HTML is no word"


@pytest.mark.slow
def test_each_part_stays_small(packets: list[list[SearchEntry]]) -> None:
    opening, found = lists(packets)
    assert size(opening) <= MOST_FIRST
    assert max(map(size, found)) <= MOST_LIST
    assert max(size(json.loads(sections_file(entries)[1])) for entries in packets) <= MOST_SECTIONS


@pytest.mark.slow
def test_the_first_part_grows_with_the_packets_and_a_list_does_not(packets: list[list[SearchEntry]]) -> None:
    few, many = lists(packets[:100]), lists(packets)
    assert size(many[0]) <= 3.2 * size(few[0])
    longest: list[Any] = [max(map(size, each)) for each in (few[1], many[1])]
    assert longest[1] <= 1.3 * longest[0]
