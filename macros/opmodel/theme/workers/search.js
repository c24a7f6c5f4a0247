/*
 * The search. It takes the place of the theme's worker and speaks its language, so that the theme's search box and list
 * of results stay. The theme hands over the index once, then every question; the answer is a list of pages, each with
 * those of its entries (the page itself, its sections) that hold at least one of the words asked for.
 *
 * - Words that carry no meaning are left out, unless nothing else was typed. Endings are cut (approves, approved,
 *   approving → approv), and a word is found by its beginning.
 * - Pages are put in order by how well their titles and other words (tags) answer the question, then by their text.
 * - "These words" and +this must be in an entry, -this must not.
 *
 * The index of a large site comes in parts; search-parts.js, which is loaded only then, looks behind the first answer.
 */
"use strict";

/**
 * @typedef {{ location: string, title: string, text: string, tags?: string[], boost?: number, part?: number, words?: string[] }} SearchEntry
 * @typedef {{ phrases: string[][], told: string[], all: string[] }} EntryWords
 * @typedef {{ entry: SearchEntry, page: string, letters: string, split: EntryWords | null }} Indexed
 * @typedef {ReturnType<typeof understood>} Question
 * @typedef {{ entry: SearchEntry, found: string[], score: number }} Item
 * @typedef {{ arrived: () => number, mentions: (entry: SearchEntry, term: string) => boolean,
 *   find: (terms: string[]) => Promise<void[]>, open: (pages: SearchEntry[]) => Promise<void[]> }} Parts
 */

const SMALL = new Set(
  ("a about again all also am an and any are as at be been before but by can cannot could did do does else for from get " +
   "had has have he her here him his how i if in into is its just let like may me might must my no nor not of on or our " +
   "out over own she should so some than that the their them then there these they this those to too us was we were " +
   "what when where which while who whom whose why will with would you your").split(" "));
const ENDINGS = [["ies", ""], ["sses", "ss"], ["ing", ""], ["ed", ""], ["es", ""], ["s", ""], ["e", ""]];
const SHORTEST = 3;
/* A tag, a sign, an identifier such as AP-07, or a word. */
const PIECE = /<[^>]*>|&#?\w+;|\p{L}+(?:-\p{N}+|[\p{L}\p{N}]*)|\p{N}[\p{L}\p{N}]*/gu;
const BLOCK_END = /<\/(?:p|li|pre)>/;
const SHOWN_BLOCKS = 2;
const NEAR = 50; // pages from the top of the list
const PAUSE = 150; // milliseconds without a further key
const [SETUP, READY, QUESTION, ANSWER] = [0, 1, 2, 3]; // the theme's numbers for its messages

/* Words */

const cut = new Map();

/** @param {string} word @returns {string} */
function beginning(word) {
  if (!cut.has(word)) cut.set(word, withoutEnding(word));
  return cut.get(word);
}

/** @param {string} word */
function withoutEnding(word) {
  if (word.length <= SHORTEST + 1 || word.endsWith("ss") || /[^a-z]/.test(word)) return word;
  for (const [ending, instead] of ENDINGS) {
    const stem = word.slice(0, word.length - ending.length);
    if (word.endsWith(ending) && stem.length >= SHORTEST) return stem + instead;
  }
  return word;
}

/** @param {string} piece */
const isWord = (piece) => piece[0] !== "<" && piece[0] !== "&";
/** @param {string} html */
const lowered = (html) => html.replace(/\bIT\b/g, "platform").toLowerCase();

/** @param {string} html */
function words(html) {
  const all = (lowered(html).match(PIECE) || []).filter(isWord);
  const telling = all.filter((word) => !SMALL.has(word));
  return (telling.length ? telling : all).map(beginning);
}

/** Whether a word that was found is meant by one that was asked for, which may go on; an identifier may not.
 * @param {string} found @param {string} asked */
function same(found, asked) {
  return found.startsWith(asked) || (found.length > SHORTEST && asked.startsWith(found) && !asked.includes("-"));
}

/** @param {string[]} found @param {string} term */
const has = (found, term) => found.some((word) => same(word, term));
/** @param {string[]} asked @param {string[]} found */
const shared = (asked, found) => asked.filter((term) => has(found, term)).length;

/* The index: each entry, with its words once one of them may be asked for. Splitting a large index into words takes most
 * of the time of a first answer, and most of its entries hold none of the question. */

/** @type {Indexed[]} */
const entries = [];
/** @type {Map<string, SearchEntry>} */
const tops = new Map(); // the entry of each page itself, by its address
/** @param {SearchEntry} entry */
const pageOf = (entry) => entry.location.split("#")[0];
/** The entry of the page of a list of items, which every page has.
 * @param {Item[]} items */
const topOf = ([best]) => /** @type {SearchEntry} */ (tops.get(pageOf(best.entry)));

/** @param {SearchEntry} entry */
function add(entry) {
  const page = pageOf(entry);
  if (!tops.has(page)) tops.set(page, entry);
  entries.push({ entry, page, letters: lowered([entry.title, ...(entry.tags || []), entry.text].join(" ")), split: null });
}

/** Return the words of an entry: those of its title and of each tag, those of all of these, and all.
 * @param {Indexed} each */
function splitUp(each) {
  if (!each.split) {
    const phrases = [each.entry.title, ...(each.entry.tags || [])].map(words);
    const told = [...new Set(phrases.flat())];
    each.split = { phrases, told, all: told.concat(words(each.entry.text)) };
  }
  return each.split;
}

/** Whether an entry has a word that is meant by one that was asked for: it begins with as many of its letters as `same`
 * asks for at least.
 * @param {Indexed} each @param {string} term */
function holds(each, term) {
  return each.letters.includes(term.slice(0, SHORTEST + 1)) && has(splitUp(each).all, term);
}

/* Questions and answers */

/** @param {string} text */
function understood(text) {
  const marked = (/** @type {RegExp} */ pattern) => [...text.matchAll(pattern)].flatMap((match) => words(match[1]));
  const without = marked(/(?:^|\s)-(\S+)/g);
  const must = [...marked(/"([^"]+)"/g), ...marked(/(?:^|\s)\+(\S+)/g)];
  const asked = [...new Set(words(text))].filter((term) => !without.includes(term));
  return { text: text.trim().toLowerCase(), asked, without, must: asked.filter((term) => must.includes(term)) };
}

/** How alike a question and a title or phrase are: 1 when each word of one is in the other.
 * @param {string[]} asked @param {string[]} phrase */
function likeness(asked, phrase) {
  return phrase.length ? shared(asked, phrase) / Math.max(asked.length, phrase.length) : 0;
}

/** @param {Question} question @param {Indexed} each @param {string[]} found */
function worth({ text, asked }, each, found) {
  const { entry } = each;
  const { phrases, told } = splitUp(each);
  const exact = (entry.tags || []).some((tag) => tag.toLowerCase() === text) ? 1 : 0;
  const whole = entry.location.includes("#") ? 0 : 0.5; // a page about it before a section that mentions it
  const likest = Math.max(...phrases.map((phrase) => likeness(asked, phrase)));
  return exact + whole + (4 * shared(asked, told) + found.length) / asked.length +
    2 * likest + 0.6 * likeness(asked, phrases[0]) + 0.3 * (entry.boost || 1);
}

/** Return a list of pages, best first: of each the entries that answer, best first, and the page itself.
 * @param {Question} question */
function answer(question) {
  /** @type {Map<string, Item[]>} */
  const pages = new Map();
  for (const each of entries) {
    const found = question.asked.filter((term) => holds(each, term) || (parts && parts.mentions(each.entry, term)));
    const fits = question.must.every((term) => found.includes(term)) && !question.without.some((term) => holds(each, term));
    if (!found.length || !fits) continue;
    const items = pages.get(each.page) || [];
    items.push({ entry: each.entry, found, score: worth(question, each, found) });
    pages.set(each.page, items);
  }
  for (const items of pages.values()) {
    items.sort((one, other) => other.score - one.score);
    const top = topOf(items);
    if (!items.some((item) => item.entry === top)) items.push({ entry: top, found: [], score: 0 });
  }
  return [...pages.values()].sort((one, other) => other[0].score - one[0].score);
}

/* What the list of results shows of an entry */

/** @param {string} html @param {string[]} asked */
function marked(html, asked) {
  const meant = (/** @type {string} */ piece) => isWord(piece) && asked.some((term) => same(beginning(piece.toLowerCase()), term));
  return html.replace(PIECE, (piece) => (meant(piece) ? `<mark>${piece}</mark>` : piece));
}

/** Return the blocks of a text that hold a word asked for, or the first one.
 * @param {string} html @param {string[]} asked */
function excerpt(html, asked) {
  const blocks = html.split(BLOCK_END).map((block) => block.replace(/<[^>]*>/g, "").trim()).filter(Boolean);
  const found = blocks.map((block) => marked(block, asked)).filter((block, place) => block !== blocks[place]);
  return (found.length ? found.slice(0, SHOWN_BLOCKS) : blocks.slice(0, 1)).map((block) => `<p>${block}</p>`).join("");
}

/** Far down the list, where hardly anyone scrolls, an entry is its title.
 * @param {Item} item @param {Question} question @param {boolean} isNear */
function shown({ entry, found, score }, { asked }, isNear) {
  return {
    location: entry.location,
    title: isNear ? marked(entry.title, asked) : entry.title,
    text: isNear ? excerpt(entry.text, asked) : "",
    score,
    terms: score ? Object.fromEntries(asked.map((term) => [term, found.includes(term)])) : {},
  };
}

/** The word of the best title that the last word typed begins.
 * @param {Question} question @param {Item[][]} pages */
function suggestion({ text }, pages) {
  const last = text.split(/\s+/).pop() || "";
  const title = last && pages.length ? topOf(pages[0]).title.toLowerCase() : "";
  const longer = (title.match(PIECE) || []).find((word) => isWord(word) && word.startsWith(last));
  return longer ? [longer] : [];
}

/* Messages */

/** @type {Question | null} */
let latest = null;
/** @type {Parts | null} */
let parts = null; // see search-parts.js; stays null where the index is whole

/** @param {SearchEntry[]} docs */
function take(docs) {
  const list = docs.find((entry) => entry.words);
  docs.filter((entry) => entry !== list).forEach(add);
  if (!list || !list.words) return;
  importScripts("../../opmodel/search-parts.js"); // as seen from the worker, theme.js
  parts = startParts({ location: list.location, words: list.words }, { same, beginning, add });
}

/** @param {Question} question */
function tell(question) {
  const pages = answer(question);
  const items = pages.map((page, place) => page.map((item) => shown(item, question, place < NEAR)));
  self.postMessage({ type: ANSWER, data: { items, suggest: suggestion(question, pages) } });
  return pages;
}

/** @param {string} text */
async function ask(text) {
  const question = latest = understood(text);
  const pages = tell(question);
  if (parts) await lookBehind(question, pages.length > 0, parts);
}

/** Answer again once more is known. Where nothing is shown so far, there is no time to lose.
 * @param {Question} question @param {boolean} isAnswered @param {Parts} parts */
async function lookBehind(question, isAnswered, parts) {
  let known = parts.arrived();
  const isLatest = () => question === latest;
  if (isAnswered) await new Promise((resume) => setTimeout(resume, PAUSE));
  if (isLatest()) await parts.find(question.asked);
  if (isLatest() && !isAnswered && parts.arrived() > known) {
    known = parts.arrived();
    tell(question);
  }
  if (isLatest()) await parts.open(answer(question).map(topOf));
  if (isLatest() && parts.arrived() > known) tell(question);
}

self.addEventListener("message", function (/** @type {MessageEvent} */ { data: { type, data } }) {
  if (type === SETUP) {
    take(data.docs);
    self.postMessage({ type: READY });
  } else if (type === QUESTION) {
    ask(data);
  }
});
