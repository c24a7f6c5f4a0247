/*
 * The search of a large site: what comes behind the first answer. The index that is loaded first has an entry for each
 * packet, but not its sections; how it is divided, what that costs and why is written down in views/search_parts.py.
 *
 * Once the reader pauses, the lists of words that belong to the question are fetched, which say in which packets a word
 * stands, and then the sections of the packets that come first in the answer. What was fetched is kept.
 */
"use strict";

/**
 * @param {{ location: string, words: string[] }} index
 * @param {{ same: (found: string, asked: string) => boolean, beginning: (word: string) => string, add: (entry: SearchEntry) => void }} search
 * @returns {Parts}
 */
function startParts(index, { same, beginning, add }) {
  const OPENED = 8; // packets, about as many as are seen without scrolling
  const KEPT = 5; // letters by which a word is looked up, as what follows may be an ending
  const LISTS = 4; // at most for one word
  const root = new URL("../../../", self.location.href); // of the site, as seen from the worker
  /** @type {Map<string, { all: boolean, some: Set<number> }>} */
  const packetsWith = new Map(); // by word: whether it stands in all packets, or the numbers of some
  let arrived = 0;

  /** @param {string} address @param {any} otherwise */
  async function get(address, otherwise) {
    try {
      const answer = await fetch(new URL(address, root));
      return answer.ok ? await answer.json() : otherwise;
    } catch (unreachable) {
      return otherwise;
    }
  }

  /** @template T @param {(key: any) => T} make @returns {(key: any) => T} */
  function once(make) {
    const made = new Map();
    return function (key) {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    };
  }

  /** The words are in order, and each list is known by its first one: return the lists that have words with a beginning.
   * @param {string} start */
  function listsOf(start) {
    const after = index.words.findIndex((first) => first > start);
    const from = Math.max(0, (after < 0 ? index.words.length : after) - 1);
    let to = from + 1;
    while (to < index.words.length && to < from + LISTS && index.words[to].startsWith(start)) to += 1;
    return Array.from({ length: to - from }, (_, place) => from + place);
  }

  const list = once((/** @type {number} */ place) => get(`${index.location}${place}.json`, {}));

  const findOne = once(async function (/** @type {string} */ term) {
    const found = { all: false, some: /** @type {Set<number>} */ (new Set()) };
    for (const words of await Promise.all(listsOf(term.slice(0, KEPT)).map(list))) {
      for (const [word, packets] of Object.entries(words)) {
        if (!same(beginning(word), term)) continue;
        if (!packets.length) found.all = true;
        packets.forEach((/** @type {number} */ number) => found.some.add(number));
      }
    }
    packetsWith.set(term, found);
    arrived += 1;
  });

  const openOne = once(async function (/** @type {string} */ address) {
    (await get(`search/${address.replace(/\/(?:index\.html)?$/, "")}.json`, [])).forEach(add);
    arrived += 1;
  });

  return {
    /* How much has been fetched so far. */
    arrived: () => arrived,

    /* Whether the packet that an entry is about has a word in one of its sections. */
    mentions(entry, term) {
      const found = packetsWith.get(term);
      return found !== undefined && entry.part !== undefined && (found.all || found.some.has(entry.part));
    },

    /* Find out in which packets words stand. */
    find: (terms) => Promise.all(terms.map(findOne)),

    /* Fetch the sections of the first packets in a list of entries. */
    open(pages) {
      const packets = pages.filter((entry) => entry.part !== undefined).slice(0, OPENED);
      return Promise.all(packets.map((entry) => openOne(entry.location)));
    },
  };
}
