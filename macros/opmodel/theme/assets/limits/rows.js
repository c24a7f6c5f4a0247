/*
 * The rows of an authority table, each read with its limit, approvers and choices, and notes on what was not read. The same
 * as opmodel/worksheets/limit_rows.py: change both.
 */
'use strict';

/**
 * What was not read, or how something was read; what is recognised needs nobody. Rows and columns count from 0.
 * @typedef {{ why: string, row: number, column: number, recognised: boolean }} LimitNote
 */
/**
 * A rule of the source. The limit is null if its words were not read; single says that its row has no other rule.
 * @typedef {object} LimitRow
 * @property {number} row
 * @property {number} column
 * @property {string} words
 * @property {Limit | null} limit
 * @property {Approvers} approvers
 * @property {Map<string, string>} choices
 * @property {string} reason
 * @property {boolean} single
 */

const MAX_REASON = 400;
/** The inputs that a table has without a heading for them. */
const KIND = 'Kind';
const SECTION = 'Section';

/**
 * Return a text on one line.
 * @param {string} text
 */
function oneLine(text) { return text.split(/[\s\x85]+/).filter(Boolean).join(' '); }

/** Reads the rows below the heading, from top to bottom. */
class RowReader {
  /** @param {LimitLayout} layout */
  constructor(layout) {
    this.layout = layout;
    this.book = layout.book;
    this.rows = layout.rows;
    /** @type {LimitRow[]} */
    this.found = [];
    /** @type {LimitNote[]} */
    this.notes = [];
    this.limits = layout.of('limit');
    this.matrix = layout.across.length > 0 || (this.limits.length > 1 && !layout.isPair);
    this.section = layout.firstSection;
    this.last = this.rows.map((_, number) => number).filter((number) => number > layout.head && this.hasLimit(number)).pop() ?? -1;
    /** @type {Map<number, string>} */
    this.above = new Map();
    this.approvers = new RowApprovers(layout, (why, row, column) => { this.note(why, row, column); });
  }

  /* Whether a row has words in a column of limits, and is not one text over all columns. */
  /** @param {number} number */
  hasLimit(number) {
    const several = new Set(this.rows[number].filter(Boolean)).size > 1;
    return this.limits.some((column) => this.rows[number][column] && (several || this.isLimit(number, column)));
  }

  /** @param {string} why @param {number} [row] @param {number} [column] @param {boolean} [recognised] */
  note(why, row = -1, column = -1, recognised = false) { this.notes.push({ why, row, column, recognised }); }

  read() {
    this.rows.slice(0, Math.max(0, this.layout.head)).forEach((row, number) => {
      row.forEach((text, column) => {
        const why = text === this.section ? 'read as a section' : 'above the table; not read';
        const merged = row.indexOf(text) < column;
        if (text && !merged) this.note(why, number, column, !(this.limits.includes(column) && hasAmount(this.book, text)));
      });
    });
    this.noteColumns();
    for (let number = this.layout.head + 1; number < this.rows.length; number += 1) this.readRow(number);
  }

  /* Note what single columns are read as, where somebody may expect something else. */
  noteColumns() {
    const { layout } = this;
    layout.of('other').forEach((column) => {
      this.note('“' + layout.heading(column) + '” is no approval; it stands in the reasons only', layout.head, column);
    });
    this.limits.forEach((column) => {
      if (!layout.across.length && hasAmount(this.book, layout.heading(column))) this.note('read as a heading', layout.head, column);
      const { scale } = layout.contexts[column];
      if (scale && !layout.across.length) {
        this.note('the numbers below it are read times ' + groupedNumber(String(10 ** scale)), layout.head, column, true);
      }
    });
  }

  /** @param {number} number */
  readRow(number) {
    const row = this.rows[number];
    const filled = row.flatMap((text, column) => (text ? [column] : []));
    const heading = this.layout.head >= 0 ? this.rows[this.layout.head] : [];
    if (!filled.length) return;
    if (row.length === heading.length && row.every((text, column) => text === heading[column])) {
      this.note('the heading once more; not read', number, filled[0], true);
    } else if (number > this.last) {
      filled.forEach((column) => { this.note('below the table; not read', number, column); });
    } else if (new Set(row.filter(Boolean)).size === 1 && !this.hasLimit(number) && !this.namesApprover(filled)) {
      this.section = row[filled[0]];
      this.note('read as a section', number, filled[0], true);
    } else if (!this.hasLimit(number)) this.note('a row without a limit; not read', number, filled[0]);
    else if (this.matrix) this.readMatrixRow(number);
    else this.addRule(number, this.limits, this.approvers.ofRow(number, this.limits[0]), []);
  }

  /* Whether only an approver stands in a row, behind an empty limit. */
  /** @param {number[]} filled */
  namesApprover(filled) { return filled.length === 1 && this.layout.kinds[filled[0]] === 'approver' && filled[0] > this.limits[0]; }

  /** @param {number} number @param {number} column */
  isLimit(number, column) { return tryLimit(this.book, this.rows[number][column], this.layout.contexts[column]) !== null; }

  /* A rule for each filled cell of a row; the heading holds the limit, the approver or a kind of case. */
  /** @param {number} number */
  readMatrixRow(number) {
    const across = this.layout.across.length > 0;
    this.limits.forEach((column) => {
      const text = this.rows[number][column];
      const heading = this.layout.heading(column);
      if (!text || (across && wholeMeaning(this.book, text).has('nothing'))) return;
      if (across) this.addRule(number, [column], this.approvers.ofCell(number, column, text), [], heading);
      else if (hasFunction(this.book, heading)) this.addRule(number, [column], readApprovers(this.book, heading), []);
      else this.addRule(number, [column], this.approvers.ofRow(number, this.limits[0]), [[KIND, heading]]);
    });
  }

  /**
   * Add the rule of a row.
   * @param {number} number
   * @param {number[]} limits
   * @param {Approvers} approvers
   * @param {[string, string][]} more
   * @param {string} [words]
   */
  addRule(number, limits, approvers, more, words = '') {
    const cells = limits.map((column) => ({ column, text: this.rows[number][column] }));
    const shown = words || cells.map(({ text }) => text).filter(Boolean).join(' to ');
    const choices = new Map([...this.choices(number), ...more, ...(this.section ? [/** @type {[string, string]} */ ([SECTION, this.section])] : [])]);
    const limit = this.limitOf(number, cells, words);
    if (limit) {
      const test = limitTest(limit);
      const read = limit.kind === 'nothing' ? '' : test ? testText({ id: '', type: 'number', label: '' }, test) : '-';
      limit.aside.forEach((text) => { this.note('read as ' + read + '; “' + text + '” stands in the reason only', number, limits[0]); });
      if (limit.kind === 'nothing') this.note('read as no authority, so no rule is written', number, limits[0], true);
    }
    this.found.push({
      row: number, column: limits[0], words: oneLine(shown), limit, approvers, choices, reason: this.reason(number, limits), single: !this.matrix,
    });
  }

  /** @param {number} number @param {{ column: number, text: string }[]} cells @param {string} words */
  limitOf(number, cells, words) {
    try {
      const [{ column, text }] = cells;
      if (words || cells.length === 1) return readLimit(this.book, words || text, this.layout.contexts[column]);
      return this.limitOfEnds(cells);
    } catch (error) {
      if (!(error instanceof LimitNotRead)) throw error;
      this.note(error.message + '; no rule is written', number, cells[0].column);
      return null;
    }
  }

  /* The limit of the two cells of its lower and its upper end. */
  /** @param {{ column: number, text: string }[]} cells */
  limitOfEnds(cells) {
    const ends = cells.filter(({ text }) => text).map(({ column, text }) => readLimit(this.book, text, this.layout.contexts[column]));
    const bands = ends.filter(({ kind }) => kind === 'band');
    if (bands.length < 2) return bands[0] || ends[0];
    const [low, high] = bands;
    if (!low.low || low.high || high.low || !high.high) throw new LimitNotRead('the two cells are not the lower and the upper end of one limit');
    return joinedLimit(this.book, low, high);
  }

  /* The values of the further columns, empty for any. */
  /** @param {number} number */
  choices(number) {
    /** @type {Map<string, string>} */
    const choices = new Map();
    this.layout.of('input').forEach((column) => {
      const name = this.layout.heading(column) || KIND;
      const heading = choices.has(name) ? name + ' ' + (column + 1) : name;
      let text = oneLine(this.rows[number][column]);
      const above = this.above.get(column);
      if (!text && above) {
        text = above;
        this.note('empty; read as “' + text + '”, which stands above it', number, column);
      }
      this.above.set(column, text);
      const meanings = wholeMeaning(this.book, text);
      choices.set(heading, meanings.has('any') || meanings.has('dashes') ? '' : text);
    });
    return choices;
  }

  /* The words of the source: the filled cells of the row, each with its heading. */
  /** @param {number} number @param {number[]} limits */
  reason(number, limits) {
    const others = this.layout.of('limit').filter((column) => !limits.includes(column));
    const texts = this.rows[number].flatMap((text, column) => {
      if (!text || others.includes(column)) return [];
      const heading = this.layout.heading(column);
      return [heading ? heading + ': ' + text : text];
    });
    const letters = Array.from(oneLine((this.section ? [this.section, ...texts] : texts).join('; ')));
    if (letters.length <= MAX_REASON) return letters.join('');
    this.note('the words of the row are longer than the ' + MAX_REASON + ' characters of a reason; cut', number);
    return letters.slice(0, MAX_REASON - 1).join('') + '…';
  }
}

/**
 * Return the limit from the lower end of one to the upper end of another.
 * @param {PhraseBook} book
 * @param {Limit} low
 * @param {Limit} high
 * @returns {Limit}
 */
function joinedLimit(book, low, high) {
  if (!low.low || !high.high) return low;
  const [least, most] = [low.low, high.high].map(({ value }) => /** @type {bigint} */ (scaledNumber(value)));
  if (least > most) throw new LimitNotRead('the lower end is above the upper end');
  if (least === most && !(low.low.closed && high.high.closed)) throw new LimitNotRead('no amount lies between the two ends');
  const { unit, other } = book.oneUnit([low.unit, high.unit]);
  if (other) throw new LimitNotRead('has two units, ' + unit + ' and ' + other);
  return { ...low, high: high.high, unit, decimals: Math.max(low.decimals, high.decimals), aside: [...low.aside, ...high.aside] };
}
