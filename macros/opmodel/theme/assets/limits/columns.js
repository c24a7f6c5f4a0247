/*
 * The columns of an authority table: where its heading stands, and what each column holds. The same as
 * opmodel/worksheets/limit_columns.py: change both.
 */
'use strict';

/** The last row in which a heading is looked for. */
const MAX_HEAD = 30;

/**
 * The layout of a table: the row of its heading (-1 without one), what each column holds, what the heading of each says
 * about numbers below it, the columns whose headings are limits, and how many cells hold a limit.
 * @typedef {{ head: number, kinds: string[], contexts: LimitContext[], across: number[], score: number }} ColumnKinds
 */

/** An authority table: its rows, and what its columns hold. */
class LimitLayout {
  /**
   * @param {PhraseBook} book
   * @param {string[][]} rows
   * @param {ColumnKinds} found
   */
  constructor(book, rows, { head, kinds, contexts, across, score }) {
    this.book = book;
    this.rows = rows;
    this.head = head;
    this.kinds = kinds;
    this.contexts = contexts;
    this.across = across;
    this.score = score;
  }

  /** @param {number} column */
  heading(column) { return this.head >= 0 ? oneLine(this.rows[this.head][column]) : ''; }

  /** @param {string} kind */
  of(kind) { return this.kinds.flatMap((each, number) => (each === kind ? [number] : [])); }

  /* The only text above the heading, if the heading stands once more below such a text; or else empty. */
  get firstSection() {
    const texts = this.rows.map((row) => [...new Set(row.filter(Boolean))]);
    if (this.head < 1 || texts[this.head - 1].length !== 1) return '';
    const heading = this.rows[this.head];
    const again = this.rows.some((row, number) => number > this.head && texts[number - 1].length === 1
      && row.length === heading.length && row.every((text, column) => text === heading[column]));
    return again ? texts[this.head - 1][0] : '';
  }

  /* Whether two columns hold the lower and the upper end of each limit. */
  get isPair() {
    const alone = this.of('limit').map((column) => this.contexts[column].alone);
    return alone.length === 2 && ['at_least', 'above'].includes(alone[0]) && ['at_most', 'below'].includes(alone[1]);
  }
}

/**
 * Return the layout of the table with the most limits, or null if there are none.
 * @param {PhraseBook} book
 * @param {string[][]} rows
 */
function findLayout(book, rows) {
  const mark = decimalMark(rows.flat());
  /** @type {LimitLayout | null} */
  let best = null;
  for (let head = -1; head < Math.min(rows.length - 1, MAX_HEAD); head += 1) {
    const layout = layoutAt(book, rows, head, mark);
    if (layout.score && (!best || isBetter(layout, best))) best = layout;
  }
  return best;
}

/* What makes a heading likely: several texts, many limits below it, its words, and no figures in it. */
/** @param {LimitLayout} layout */
function headingMerit({ book, rows, head, score, across }) {
  const texts = rows[Math.max(head, 0)].filter(Boolean);
  const headings = head >= 0 ? texts : [];
  const named = headings.filter((text) => book.groupsOf('columns', text).size || readHeading(book, text, '.').alone).length;
  const figures = !across.length && headings.some((text) => limitTokens(text).some(({ kind }) => kind === 'figures'));
  return [Number(new Set(texts).size > 1), score, named, Number(!figures), headings.length, head];
}

/** @param {LimitLayout} one @param {LimitLayout} other */
function isBetter(one, other) {
  const [left, right] = [headingMerit(one), headingMerit(other)];
  const at = left.findIndex((value, number) => value !== right[number]);
  return at >= 0 && left[at] > right[at];
}

/** @param {PhraseBook} book @param {string[][]} rows @param {number} head @param {string} mark */
function layoutAt(book, rows, head, mark) {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, column) => column);
  const headings = head >= 0 ? rows[head] : columns.map(() => '');
  const own = headings.map((text) => columnContext(book, text, mark));
  const across = columns.filter((column) => {
    const limit = tryLimit(book, headings[column], own[column]);
    return limit !== null && limit.kind === 'band';
  });
  const below = columns.map((column) => rows.slice(head + 1).map((row) => row[column]).filter(Boolean));
  const contexts = reachedByPositions(book, headings, own, below);
  if (across.length > 1) {
    const kinds = columns.map((column) => (across.includes(column) ? 'limit' : columnKind(book, headings[column], below[column], 0)));
    const score = across.flatMap((column) => below[column]).filter((text) => tryLimit(book, text, { ...NO_CONTEXT, mark }) === null).length;
    return new LimitLayout(book, rows, { head, kinds, contexts, across, score });
  }
  const counts = columns.map((column) => limitsIn(book, headings[column], contexts[column], below[column]));
  const kinds = columns.map((column) => columnKind(book, headings[column], below[column], counts[column]));
  const score = columns.reduce((all, column) => all + (kinds[column] === 'limit' ? counts[column] : 0), 0);
  return new LimitLayout(book, rows, { head, kinds, contexts, across: [], score });
}

/* What a heading says about numbers below it; below the title of a function they are how far it reaches. */
/** @param {PhraseBook} book @param {string} heading @param {string} mark */
function columnContext(book, heading, mark) {
  const context = readHeading(book, heading, mark);
  return hasFunction(book, heading) && !context.alone ? { ...context, alone: 'at_most' } : context;
}

/**
 * Return the contexts of all columns. Where positions stand in the first column and amounts alone in several others, the
 * amounts are how far each position reaches.
 * @param {PhraseBook} book
 * @param {string[]} headings
 * @param {LimitContext[]} contexts
 * @param {string[][]} below
 */
function reachedByPositions(book, headings, contexts, below) {
  if (!below.length || 2 * below[0].filter((text) => hasFunction(book, text)).length <= below[0].length) return contexts;
  const reached = contexts.map((context) => ({ ...context, alone: 'at_most' }));
  const amounts = contexts.map((_, column) => column).filter((column) => column && !contexts[column].alone
    && !book.groupsOf('columns', headings[column]).size && areAmounts(below[column].map((text) => tryLimit(book, text, reached[column]))));
  return contexts.map((context, column) => (amounts.length > 1 && amounts.includes(column) ? reached[column] : context));
}

/* Whether cells are limits, some of them amounts with a unit; no limit and no authority have none. */
/** @param {(Limit | null)[]} limits */
function areAmounts(limits) {
  const bands = limits.filter((limit) => limit && limit.kind === 'band');
  return !limits.includes(null) && bands.length > 0 && bands.every((limit) => limit && limit.unit);
}

/* Whether figures stand with a unit or a comparison, as in a limit that may not be read. */
/** @param {PhraseBook} book @param {string} text */
function hasAmount(book, text) {
  const { scale, unit, alone } = readHeading(book, text, '.');
  return !scale && Boolean(unit || alone) && limitTokens(text).some(({ kind }) => kind === 'figures');
}

/**
 * Return the limit that a text writes, or null.
 * @param {PhraseBook} book
 * @param {string} text
 * @param {LimitContext} context
 */
function tryLimit(book, text, context) {
  try {
    return readLimit(book, text, context);
  } catch (error) {
    if (error instanceof LimitNotRead) return null;
    throw error;
  }
}

/* How many cells are limits. Below headings such as "No" a number alone is none. */
/** @param {PhraseBook} book @param {string} heading @param {LimitContext} context @param {string[]} cells */
function limitsIn(book, heading, context, cells) {
  const named = book.groupsOf('columns', heading);
  const own = named.has('label') || named.has('note') ? { ...NO_CONTEXT, mark: context.mark } : context;
  const read = cells.map((text) => tryLimit(book, text, own)).filter((limit) => limit !== null);
  const bands = read.filter(({ kind }) => kind === 'band').length;
  return bands && 2 * read.length >= cells.length ? bands : 0;
}

/** @param {PhraseBook} book @param {string} heading @param {string[]} cells @param {number} limits */
function columnKind(book, heading, cells, limits) {
  const named = book.groupsOf('columns', heading);
  /** @param {string} text */
  function isMark(text) {
    const meanings = wholeMeaning(book, text);
    return meanings.has('marks') || meanings.has('nothing');
  }
  if (!cells.length) return 'empty';
  if (limits) return 'limit';
  if (named.has('advised')) return 'advised';
  if (named.has('other')) return 'other';
  if (cells.every(isMark)) return hasFunction(book, heading) ? 'marks' : 'input';
  if (named.has('approver') || 2 * cells.filter((text) => hasFunction(book, text)).length > cells.length) return 'approver';
  if (named.has('label')) return 'label';
  return named.has('note') ? 'note' : 'input';
}

/**
 * Return the place of the signature in the column below each heading. A column that names none comes last where another is
 * the first, and else before the second.
 * @param {PhraseBook} book
 * @param {string[]} headings
 */
function signatureOrders(book, headings) {
  const orders = headings.map((heading) => Number([...book.groupsOf('orders', heading)][0] || 0));
  const unnamed = orders.includes(1) ? headings.length + Math.max(...orders) : 0;
  return orders.map((order) => order || unnamed);
}
