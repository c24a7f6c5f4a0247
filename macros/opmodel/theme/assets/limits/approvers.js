/*
 * Who approves, as it stands in a cell of an authority table. The same as opmodel/worksheets/limit_approvers.py: change both.
 */
'use strict';

/** @typedef {{ mode: string, titles: string[] }} ApproverStep */
/**
 * Who approves, in steps, and who is advised; whether all lower tiers approve as well, and what was not read literally.
 * @typedef {object} Approvers
 * @property {ApproverStep[]} steps
 * @property {string[]} advised
 * @property {boolean} lowerTiers
 * @property {string} outcome
 * @property {string} doubt
 */
/**
 * A title: its place in the text, what joins it to the one before, and whether it names a function and is told only.
 * @typedef {{ at: number, end: number, joins: Set<string>, isFunction: boolean, told: boolean }} ApproverTitle
 */

const APPROVER_KINDS = ['lower_tiers', 'advised', 'approver_joins', 'counts', 'approver_frames', 'functions'];
/** @type {Approvers} */
const NOBODY = { steps: [], advised: [], lowerTiers: false, outcome: 'approve', doubt: '' };

/**
 * Return the meanings of a whole cell, by kind.
 * @param {PhraseBook} book
 * @param {string} text
 */
function wholeMeaning(book, text) { return book.meanings(limitTokens(text).filter((token) => !'.;:'.includes(token.text))); }

/**
 * Whether a text has a word of which titles of functions are made.
 * @param {PhraseBook} book
 * @param {string} text
 */
function hasFunction(book, text) { return book.phrases(text, ['functions']).some(({ kind }) => kind === 'functions'); }

/**
 * @param {PhraseBook} book
 * @param {string} text
 * @returns {Approvers}
 */
function readApprovers(book, text) {
  const meanings = wholeMeaning(book, text);
  if (meanings.has('no_approval') || meanings.has('forbidden')) return { ...NOBODY, outcome: meanings.has('no_approval') ? 'act' : 'refuse' };
  return new ApproverReader(normalisedWords(text.replaceAll('\n', '; '))).read(book);
}

/** Reads the titles of one text from left to right. */
class ApproverReader {
  /** @param {string} text */
  constructor(text) {
    this.text = Array.from(text);
    /** @type {ApproverTitle[]} */
    this.titles = [];
    /** @type {Set<string>} */
    this.joins = new Set();
    this.open = false; // whether the last title still goes on
    this.toldNext = false;
    this.lowerTiers = false;
    this.counted = false;
    this.inside = false; // whether the phrase stands in brackets that belong to a title
    this.nested = false;
  }

  /** @param {PhraseBook} book @returns {Approvers} */
  read(book) {
    const found = book.phrases(this.text.join(''), APPROVER_KINDS);
    found.forEach((phrase, number) => {
      this.readPhrase(phrase, '()'.includes(phrase.kind) && toldInBrackets(found, number));
    });
    this.merge();
    const advised = this.titles.filter(({ told }) => told).map((title) => this.slice(title));
    const named = this.titles.filter(({ told }) => !told);
    let { steps, doubt } = this.steps(named);
    if (this.counted && named.length) doubt = 'how many of them approve is not read';
    if (this.nested) doubt = 'brackets leave open who approves';
    if (doubt) steps = [{ mode: 'any', titles: [this.text.join('').trim()] }];
    return { steps, advised, lowerTiers: this.lowerTiers, outcome: 'approve', doubt };
  }

  /** @param {Phrase} phrase @param {boolean} separate */
  readPhrase(phrase, separate) {
    if (this.inside || (phrase.kind === '(' && !separate)) {
      if (!this.open) this.nested = true;
      this.inside = phrase.kind !== ')';
      this.extend(phrase);
    } else if (phrase.kind === 'lower_tiers') [this.lowerTiers, this.open] = [true, false];
    else if (phrase.kind === 'approver_joins' || separate) {
      this.joins.add(phrase.kind === 'approver_joins' ? phrase.value : 'comma');
      this.open = false;
    } else if (phrase.kind === 'advised') {
      if (phrase.value === 'before') this.toldNext = true;
      else if (this.titles.length) this.titles[this.titles.length - 1].told = true;
      this.open = false;
    } else if (phrase.kind === 'counts' && !this.open) this.counted = true;
    else if (phrase.kind !== 'approver_frames') this.extend(phrase);
  }

  /* Add a phrase to the title that goes on, or begin one. */
  /** @param {Phrase} phrase */
  extend({ kind, at, end }) {
    if (!this.open) {
      this.titles.push({ at, end, joins: this.joins, isFunction: false, told: this.toldNext });
      [this.joins, this.toldNext, this.open] = [new Set(), false, true];
    }
    const title = this.titles[this.titles.length - 1];
    title.end = end;
    if (kind === 'functions' && !this.inside) title.isFunction = true;
  }

  /* Put titles together again where a word between them separates no two functions. */
  merge() {
    this.titles = this.titles.reduce((merged, title) => {
      const last = merged[merged.length - 1];
      if (!last || last.told || title.told || title.joins.has('then') || (last.isFunction && title.isFunction)) return [...merged, title];
      last.end = title.end;
      last.isFunction = last.isFunction || title.isFunction;
      return merged;
    }, /** @type {ApproverTitle[]} */ ([]));
  }

  /** @param {ApproverTitle} title */
  slice({ at, end }) { return this.text.slice(at, end).join(''); }

  /** @param {ApproverTitle[]} titles @returns {{ steps: ApproverStep[], doubt: string }} */
  steps(titles) {
    /** @type {ApproverTitle[][]} */
    const groups = [];
    titles.forEach((title) => {
      if (!groups.length || title.joins.has('then')) groups.push([]);
      groups[groups.length - 1].push(title);
    });
    /** @type {ApproverStep[]} */
    const steps = [];
    for (const group of groups) {
      const joins = new Set(group.slice(1).flatMap((title) => [...title.joins]).filter((join) => join !== 'comma'));
      if (joins.size > 1) return { steps: [], doubt: '“and” beside “or” leaves open who approves' };
      if (group.length > 1 && !joins.size) return { steps: [], doubt: 'commas do not say whether one or all approve' };
      steps.push({ mode: joins.has('all') ? 'all' : 'any', titles: group.map((title) => this.slice(title)) });
    }
    return { steps, doubt: '' };
  }
}

/**
 * Whether the brackets that begin or end at a place hold who is advised, or that lower tiers approve.
 * @param {Phrase[]} found
 * @param {number} at
 */
function toldInBrackets(found, at) {
  const start = found.slice(0, at + 1).map(({ kind }) => kind).lastIndexOf('(');
  const stop = found.findIndex(({ kind }, number) => number >= at && kind === ')');
  return found.slice(Math.max(0, start), stop < 0 ? found.length : stop).some(({ kind }) => kind === 'advised' || kind === 'lower_tiers');
}
