/*
 * The words of limits: a text is split into tokens, and each gets the meaning that limit_words.yml gives it. The same as
 * opmodel/approval/limit_words.py: change both.
 */
'use strict';

/**
 * A word, a number in figures or a sign, with its place in code points.
 * @typedef {{ kind: 'word' | 'figures' | 'sign', text: string, at: number, end: number }} Token
 */
/**
 * One or several tokens with their meaning: before, at_most for "no more than".
 * @typedef {{ kind: string, value: string, text: string, at: number, end: number }} Phrase
 */
/**
 * A phrase of the file: its kind, what it means, and how it is written.
 * @typedef {[string, string, string]} WordEntry
 */

const LIMIT_SPACES = '\t\n\r\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000';
const LIMIT_APOSTROPHES = '’‘ʼ´`′';
/** What stands for no cents, the longest first: 5'000.–. */
const BEHIND_NUMBER = ['.--', ',--', '.-', '.–', '.—', ',-', ',–', ',—'];
/** Most tokens of a phrase that are tried. */
const LONGEST_PHRASE = 6;
/** What a phrase that can stand behind a number stands behind. */
const OF_AN_AMOUNT = ['figures', 'numbers', 'powers', 'units', 'passed_over', ')'];

/**
 * Return a text with plain spaces, apostrophes and figures.
 * @param {string} text
 */
function normalisedWords(text) {
  return Array.from(text.normalize('NFC'), (char) => {
    if (LIMIT_SPACES.includes(char)) return ' ';
    if (LIMIT_APOSTROPHES.includes(char)) return "'";
    return /^[\uff01-\uff5e]$/.test(char) ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char;
  }).join('');
}

/** @param {string | undefined} char */
function isFigure(char) { return char !== undefined && char >= '0' && char <= '9' && char.length === 1; }

/** @param {string | undefined} char */
function isLetter(char) { return char !== undefined && /^\p{L}$/u.test(char); }

/**
 * Return where a number ends: separators belong to it before a figure, spaces before a group of three.
 * @param {string[]} text
 * @param {number} at
 */
function endOfNumber(text, at) {
  let [spaced, group] = [true, 0];
  for (; at < text.length; at += 1) {
    if (isFigure(text[at])) group += 1;
    else if (".,'".includes(text[at]) && isFigure(text[at + 1])) [spaced, group] = [text[at] === "'", 0];
    else if (text[at] === ' ' && spaced && group > 0 && group <= 3 && figuresFrom(text, at + 1) === 3) group = 0;
    else break;
  }
  return at;
}

/** @param {string[]} text @param {number} at */
function figuresFrom(text, at) {
  let end = at;
  while (isFigure(text[end])) end += 1;
  return end - at;
}

/** @param {string[]} text @param {number} at */
function endWithoutCents(text, at) {
  const rest = text.slice(at).join('');
  const sign = BEHIND_NUMBER.find((each) => rest.startsWith(each) && !isFigure(rest.slice(each.length).trim()[0]));
  return sign ? at + sign.length : at;
}

/**
 * Return the tokens of a text in small letters. Their places are those in the normalised text.
 * @param {string} whole
 */
function limitTokens(whole) {
  const text = Array.from(normalisedWords(whole));
  /** @type {Token[]} */
  const found = [];
  for (let at = 0; at < text.length;) {
    const char = text[at];
    let end = at + 1;
    /** @type {Token['kind']} */
    let kind = 'sign';
    if (char !== ' ') {
      if (isFigure(char) || (char === '.' && isFigure(text[end]))) [kind, end] = ['figures', endOfNumber(text, at)];
      else if (isLetter(char)) {
        kind = 'word';
        while (isLetter(text[end]) || (text[end] === "'" && isLetter(text[end + 1]))) end += 1;
      }
      found.push({ kind, text: text.slice(at, end).join('').toLowerCase(), at, end });
    }
    at = kind === 'figures' ? endWithoutCents(text, end) : end;
  }
  return found;
}

/** The phrases that are known: what each means. */
class PhraseBook {
  /**
   * @param {WordEntry[]} entries
   * @param {Record<string, string[]>} signs the units that each sign of several can mean
   */
  constructor(entries, signs) {
    this.signs = new Map(Object.entries(signs));
    /** @type {Record<string, [string, string][]>} the words of headings, with their groups */
    this.groups = { columns: [], orders: [] };
    /** @type {Map<string, Map<string, string>>} */
    this.book = new Map();
    /** @type {Map<string, Phrase[]>} the phrases of texts that were asked for; a table is read under each likely heading */
    this.known = new Map();
    entries.forEach(([kind, value, text]) => {
      if (Object.hasOwn(this.groups, kind)) this.groups[kind].push([value, text]);
      const key = PhraseBook.key(limitTokens(text));
      const meanings = this.book.get(key) || new Map();
      if (!meanings.has(kind)) meanings.set(kind, value);
      this.book.set(key, meanings);
    });
  }

  /** @param {Token[]} tokens */
  static key(tokens) { return tokens.map(({ text }) => text).join('\0'); }

  /**
   * Return the meanings of tokens: a value for each kind that they can have.
   * @param {Token[]} tokens
   * @returns {Map<string, string>}
   */
  meanings(tokens) { return this.book.get(PhraseBook.key(tokens)) || new Map(); }

  /**
   * Return a text as phrases of some kinds, the longest one at each place; of several kinds, the first.
   *
   * What can stand behind a number, as in "5,000 and over", does so only if no longer phrase and no number follows, as in
   * "and over 5,000".
   * @param {string} text
   * @param {string[]} kinds
   */
  phrases(text, kinds) {
    const key = kinds.join() + '\0' + text;
    const known = this.known.get(key) || this.split(text, kinds);
    this.known.set(key, known);
    return known;
  }

  /** @param {string} text @param {string[]} kinds */
  split(text, kinds) {
    const tokens = limitTokens(text);
    /** @type {Phrase[]} */
    const found = [];
    for (let at = 0; at < tokens.length;) {
      const last = found[found.length - 1];
      const phrase = this.phraseAt(tokens, at, kinds, last !== undefined && OF_AN_AMOUNT.includes(last.kind));
      found.push(phrase);
      while (at < tokens.length && tokens[at].at < phrase.end) at += 1;
    }
    return found;
  }

  /**
   * @param {Token[]} tokens
   * @param {number} at
   * @param {string[]} kinds
   * @param {boolean} afterNumber
   * @returns {Phrase}
   */
  phraseAt(tokens, at, kinds, afterNumber) {
    for (let length = Math.min(LONGEST_PHRASE, tokens.length - at); length > 0; length -= 1) {
      const part = tokens.slice(at, at + length);
      const meanings = this.meanings(part);
      const kind = kinds.find((each) => meanings.has(each) && (each !== 'after' || (afterNumber && !this.goesOn(tokens, at, length))));
      if (kind) {
        const text = part.map((each) => each.text).join(' ');
        return { kind, value: meanings.get(kind) || '', text, at: part[0].at, end: part[length - 1].end };
      }
    }
    const { kind, text, ...place } = tokens[at];
    return { kind: kind === 'figures' ? kind : '()'.includes(text) ? text : 'unknown', value: text, text, ...place };
  }

  /* Whether a phrase belongs to a number behind it: a longer comparison begins in it, or the number follows. */
  /** @param {Token[]} tokens @param {number} at @param {number} length */
  goesOn(tokens, at, length) {
    if (['before', 'to'].some((kind) => this.longest(tokens, at + 1, kind) > length - 1)) return true;
    const behind = at + length + this.longest(tokens, at + length, 'units');
    return behind < tokens.length && (tokens[behind].kind === 'figures' || this.longest(tokens, behind, 'numbers') > 0);
  }

  /* How many tokens the longest phrase of a kind has at a place; 0 if there is none. */
  /** @param {Token[]} tokens @param {number} at @param {string} kind */
  longest(tokens, at, kind) {
    let length = Math.max(0, Math.min(LONGEST_PHRASE, tokens.length - at));
    while (length > 0 && !this.meanings(tokens.slice(at, at + length)).has(kind)) length -= 1;
    return length;
  }

  /**
   * Return the groups of words of one kind that a heading has a word of.
   * @param {'columns' | 'orders'} kind
   * @param {string} heading
   */
  groupsOf(kind, heading) {
    const words = new Set(limitTokens(heading).map(({ text }) => text));
    return new Set(this.groups[kind].filter(([, text]) => words.has(text)).map(([value]) => value));
  }

  /**
   * Return the one unit that some units are, empty for none; two of them when they are several.
   * @param {string[]} units
   * @returns {{ unit: string, other?: string }}
   */
  oneUnit(units) {
    const named = [...new Set(units.filter(Boolean))];
    const kept = named.filter((unit) => !named.some((other) => (this.signs.get(unit) || []).includes(other)));
    return { unit: kept[0] || '', other: kept[1] };
  }
}
