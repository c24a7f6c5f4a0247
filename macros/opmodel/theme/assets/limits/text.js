/*
 * A limit in words as a range: "more than $5,000 but not over $10,000" is (5000..10000]. The same as
 * opmodel/approval/limit_text.py: change both.
 */
'use strict';

/**
 * A limit as it was read: a band, any (no limit) or nothing (no authority); how many decimals were written; and what stands
 * beside it and changes nothing.
 * @typedef {{ kind: string, low: End | null, high: End | null, unit: string, decimals: number, aside: string[] }} Limit
 */
const LIMIT_KINDS = ['after', 'before', 'to', 'dashes', 'between', 'joins', 'inclusive', 'exclusive', 'powers', 'numbers', 'units', 'passed_over', 'footnotes'];
const HEADING_KINDS = ['before', 'headings', 'scales', 'units', 'passed_over'];
const UPPER_ENDS = ['at_most', 'below'];
/** @type {Record<string, string>} */
const MIRRORED = { at_most: 'at_least', below: 'above', at_least: 'at_most', above: 'below', equal: 'equal' };
const COMPARISONS = '<>=≤≥⩽⩾';

/** @type {LimitContext} */
const NO_CONTEXT = { alone: '', scale: 0, unit: '', mark: '.' };

/**
 * Return the limit that a text writes. Throws LimitNotRead.
 * @param {PhraseBook} book
 * @param {string} text
 * @param {LimitContext} [context]
 * @returns {Limit}
 */
function readLimit(book, text, context = NO_CONTEXT) {
  const tokens = limitTokens(text);
  while (tokens.length && '.;:'.includes(tokens[tokens.length - 1].text)) tokens.pop();
  if (!tokens.length) throw new LimitNotRead('empty');
  const meanings = book.meanings(tokens);
  if (meanings.has('any') || meanings.has('nothing')) {
    return { kind: meanings.has('any') ? 'any' : 'nothing', low: null, high: null, unit: '', decimals: 0, aside: [] };
  }
  return new LimitReader(book, text, context).read();
}

/**
 * Return a limit as a test; null where it gives no authority or has no end.
 * @param {Limit} limit
 * @returns {Test | null}
 */
function limitTest({ low, high }) {
  if (low && high && low.value === high.value) return { equal: low.value };
  return low || high ? { low, high } : null;
}

/**
 * Return what the heading of a column says about the limits below it.
 * @param {PhraseBook} book
 * @param {string} text
 * @param {string} mark
 * @returns {LimitContext}
 */
function readHeading(book, text, mark) {
  const found = book.phrases(text, HEADING_KINDS);
  /** @param {string[]} kinds */
  const first = (...kinds) => (found.find(({ kind }) => kinds.includes(kind)) || { value: '' }).value;
  return { alone: first('before', 'headings'), scale: Number(first('scales') || 0), unit: first('units'), mark };
}

/** Reads the phrases of one text from left to right. */
class LimitReader extends AmountReader {
  /**
   * @param {PhraseBook} book
   * @param {string} text
   * @param {LimitContext} context
   */
  constructor(book, text, context) {
    super(context);
    this.book = book;
    this.text = Array.from(normalisedWords(text));
    /** @type {string[]} */
    this.aside = [];
    this.phrases = this.withoutAsides(book.phrases(text, LIMIT_KINDS)).filter(({ kind }) => kind !== 'passed_over');
    /** @type {{ value: bigint, closed: boolean } | null} */
    this.low = null;
    /** @type {{ value: bigint, closed: boolean } | null} */
    this.high = null;
    /** @type {LimitAmount | null} */
    this.alone = null;
  }

  /** @returns {Limit} */
  read() {
    while (this.at < this.phrases.length) {
      const phrase = this.phrases[this.at];
      if (AMOUNT_KINDS.includes(phrase.kind)) this.number();
      else {
        this.at += 1;
        this.words(phrase);
      }
    }
    if (this.alone && !this.context.alone) throw new LimitNotRead('a number alone does not say whether it is the least or the most');
    this.setAlone(this.context.alone);
    this.checkEnds();
    const { unit, other } = this.book.oneUnit(this.units.length ? this.units : [this.context.unit]);
    if (other) throw new LimitNotRead('has two units, ' + unit + ' and ' + other);
    /** @param {typeof this.low} bound */
    const end = (bound) => bound && { value: numberText(bound.value), closed: bound.closed };
    return { kind: 'band', low: end(this.low), high: end(this.high), unit, decimals: this.decimals, aside: this.aside };
  }

  /**
   * Return the phrases without footnotes, and without brackets around anything that is no limit.
   * @param {Phrase[]} found
   */
  withoutAsides(found) {
    /** @type {Phrase[]} */
    const kept = [];
    for (let at = 0; at < found.length; at += 1) {
      const phrase = found[at];
      if (phrase.kind === 'footnotes') this.aside.push(phrase.text);
      else if (phrase.kind === '(') {
        const close = found.findIndex(({ kind }, number) => number > at && kind === ')');
        const stop = close < 0 ? found.length - 1 : close;
        const inner = found.slice(at + 1, stop);
        if (close < 0 || inner.some(({ kind }) => kind === 'unknown' || kind === '(')) {
          this.aside.push(this.text.slice(phrase.at, found[stop].end).join(''));
        } else kept.push(...(inner.some(({ kind }) => AMOUNT_KINDS.includes(kind)) ? [phrase, ...inner] : inner));
        at = stop;
      } else kept.push(phrase);
    }
    return kept;
  }

  /** @param {Phrase} phrase */
  words(phrase) {
    if (phrase.kind === 'before') this.before(phrase);
    else if (phrase.kind === 'to' || phrase.kind === 'dashes') this.to(phrase);
    else if (phrase.kind === 'between') this.between();
    else if (phrase.kind === 'after') this.after(phrase);
    else if (phrase.kind === '(') this.repeated();
    else if (phrase.kind === 'inclusive') {
      if (!(this.low && this.low.closed) && !(this.high && this.high.closed)) {
        throw new LimitNotRead('“' + phrase.text + '” includes an end, and the other words exclude it');
      }
    } else if (phrase.kind !== 'joins') throw new LimitNotRead('“' + phrase.text + '” is no word of a limit');
  }

  /* "over" and its number; after a number, as in "5,000 but less than 10,000", that one is the lower end. */
  /** @param {Phrase} phrase */
  before(phrase) {
    const sign = COMPARISONS.includes(phrase.text[0]);
    if (this.alone && sign && !AMOUNT_KINDS.includes(this.kind())) {
      this.setAlone(MIRRORED[phrase.value]);
      return;
    }
    if (this.alone && (sign || !UPPER_ENDS.includes(phrase.value))) throw new LimitNotRead('“' + phrase.text + '” stands between two numbers');
    this.setAlone('at_least');
    this.compare(phrase.value, this.amount('“' + phrase.text + '”'));
  }

  /** @param {Phrase} phrase */
  to(phrase) {
    if (this.kind() === 'before' && UPPER_ENDS.includes(this.phrases[this.at].value) && (this.alone || this.low)) {
      this.setAlone('at_least');
      return;
    }
    if (phrase.kind === 'dashes' && !(this.alone || this.low)) throw new LimitNotRead('nothing stands before “' + phrase.text + '”');
    this.setAlone('at_least');
    this.compare('at_most', this.amount('“' + phrase.text + '”'));
  }

  between() {
    const low = this.amount('“between”', true);
    if (!['joins', 'to', 'dashes'].includes(this.kind())) throw new LimitNotRead('“between” without “and”');
    this.at += 1;
    this.compare('at_least', low);
    this.compare('at_most', this.amount('“between … and”'));
  }

  /* "or less" behind a number. */
  /** @param {Phrase} phrase */
  after(phrase) {
    if (this.alone) {
      this.setAlone(phrase.value);
      return;
    }
    const bound = UPPER_ENDS.includes(phrase.value) ? this.high : this.low;
    if (!bound || !bound.closed) throw new LimitNotRead('“' + phrase.text + '” does not go with the words before it');
  }

  /* A number in brackets that repeats the one before, as in "five thousand dollars ($5,000)". */
  repeated() {
    if (!this.amounts.length || this.amount('“(”').value !== this.amounts[this.amounts.length - 2].value) {
      throw new LimitNotRead('the number in brackets is not the one before it');
    }
  }

  number() {
    if (this.alone) throw new LimitNotRead('two numbers without a word between them');
    this.alone = this.amount('it');
  }

  /**
   * Let a number that stood alone be an end of the limit.
   * @param {string} comparison
   */
  setAlone(comparison) {
    if (this.alone) this.compare(comparison, this.alone);
    this.alone = null;
  }

  /**
   * Set an end of the limit, or both.
   * @param {string} comparison
   * @param {LimitAmount} amount
   */
  compare(comparison, { value }) {
    const closed = comparison === 'at_most' || comparison === 'at_least' || comparison === 'equal';
    if (UPPER_ENDS.includes(comparison) || comparison === 'equal') {
      if (this.high) throw new LimitNotRead('has two upper limits');
      this.high = { value, closed };
    }
    if (!UPPER_ENDS.includes(comparison)) {
      if (this.low) throw new LimitNotRead('has two lower limits');
      this.low = { value, closed };
    }
  }

  checkEnds() {
    if (!this.low && !this.high) throw new LimitNotRead('no number');
    if (!this.low || !this.high) return;
    const [low, high] = [this.low.value, this.high.value];
    const [first, last] = [this.amounts[0], this.amounts[this.amounts.length - 1]];
    const larger = shiftedNumber(first.value, last.power);
    if (!first.power && last.power && larger > 0n && larger < last.value) {
      throw new LimitNotRead('the first number can be ' + numberText(first.value) + ' or ' + numberText(larger));
    }
    if (low > high || (low === high && !(this.low.closed && this.high.closed))) {
      throw new LimitNotRead('no amount lies between ' + numberText(low) + ' and ' + numberText(high));
    }
  }
}
