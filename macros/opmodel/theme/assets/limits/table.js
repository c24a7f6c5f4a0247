/*
 * An authority table as rules: limits, choices of further columns, and approvers, with notes on what was not read. The same
 * as opmodel/worksheets/limit_table.py: change both.
 */
'use strict';

/**
 * An authority table. The inputs are the further columns that decide, by heading, each with its values. In a ladder, rows
 * say only how far they reach, so that the first that reaches far enough decides.
 * @typedef {object} LimitTable
 * @property {LimitLayout} layout
 * @property {LimitRow[]} rules
 * @property {Map<string, string[]>} inputs
 * @property {LimitNote[]} notes
 * @property {{ unit: string, other?: string }} units
 * @property {string} label
 * @property {number} decimals
 * @property {boolean} ladder
 * @property {number} unread
 */

/**
 * Return the rules of an authority table, or null if there is none.
 * @param {PhraseBook} book
 * @param {string[][]} rows
 * @returns {LimitTable | null}
 */
function readLimitTable(book, rows) {
  const layout = findLayout(book, rows);
  if (!layout) return null;
  const reader = new RowReader(layout);
  reader.read();
  const read = reader.found.filter(({ limit }) => limit && limit.kind !== 'nothing');
  const { inputs, notes } = limitInputs(read);
  const rules = read.map((rule) => ({ ...rule, choices: new Map([...rule.choices].filter(([name, value]) => inputs.has(name) && value)) }));
  const ladder = isLadder(rules);
  if (ladder) rules.sort(compareReach);
  return {
    layout, rules, inputs, ladder,
    notes: [...reader.notes, ...notes],
    units: book.oneUnit(rules.map(({ limit }) => (limit ? limit.unit : ''))),
    label: amountLabel(layout, rules),
    decimals: Math.max(0, ...rules.map(({ limit }) => (limit ? limit.decimals : 0))),
    unread: reader.found.filter(({ limit }) => !limit).length,
  };
}

/* What the limits are called: their heading if it is a word of its own, and otherwise "Amount". */
/** @param {LimitLayout} layout @param {LimitRow[]} rules */
function amountLabel(layout, rules) {
  if (layout.across.length || layout.isPair || !rules.length || new Set(rules.map(({ column }) => column)).size > 1) return 'Amount';
  return layout.heading(rules[0].column) || 'Amount';
}

/* The further columns that decide. One whose values name the rows, such as "Tier 1", only names them. */
/** @param {LimitRow[]} rules */
function limitInputs(rules) {
  /** @type {Map<string, string[]>} */
  const inputs = new Map();
  /** @type {LimitNote[]} */
  const notes = [];
  new Set(rules.flatMap(({ choices }) => [...choices.keys()])).forEach((heading) => {
    const given = rules.map(({ choices }) => choices.get(heading) || '');
    const values = [...new Set(given.filter(Boolean))];
    /** @param {string} why */
    const note = (why) => notes.push({ why, row: -1, column: -1, recognised: true });
    if (values.length === 1 && given.every(Boolean)) note('“' + heading + '” is the same in every row, so it decides nothing');
    else if (values.length === rules.length && !apartOnlyBy(rules, heading)) note('“' + heading + '” names the rows and decides nothing');
    else if (values.length) inputs.set(heading, values);
    if (inputs.has(heading) && heading === SECTION && !given[0]) {
      notes.push({ why: 'rows above the first section are read as rows of every section', row: -1, column: -1, recognised: false });
    }
  });
  return { inputs, notes };
}

/**
 * Return all pairs of rules, the earlier first.
 * @param {LimitRow[]} rules
 */
function rulePairs(rules) { return rules.flatMap((one, number) => rules.slice(number + 1).map((other) => ({ one, other }))); }

/* Whether two rules can match the same choices, leaving one of them out of sight. */
/** @param {LimitRow} one @param {LimitRow} other @param {string} [without] */
function choicesMeet(one, other, without) {
  return [...new Set([...one.choices.keys(), ...other.choices.keys()])].filter((name) => name !== without).every((name) => {
    const [left, right] = [one.choices.get(name), other.choices.get(name)];
    return !left || !right || left === right;
  });
}

/* Whether two rules share more than one amount, and only their values of a column keep them apart. */
/** @param {LimitRow[]} rules @param {string} heading */
function apartOnlyBy(rules, heading) {
  return rulePairs(rules).some(({ one, other }) => choicesMeet(one, other, heading) && sharedAmounts(one, other) > 1);
}

/**
 * Return how much two limits share: 0 nothing, 1 one amount, 2 more.
 * @param {LimitRow} one
 * @param {LimitRow} other
 */
function sharedAmounts(one, other) {
  /** @param {'low' | 'high'} side */
  const ends = (side) => [one, other].flatMap(({ limit }) => {
    const end = limit && limit[side];
    return end ? [{ value: /** @type {bigint} */ (scaledNumber(end.value)), closed: end.closed }] : [];
  });
  const [lows, highs] = [ends('low'), ends('high')];
  if (!lows.length || !highs.length) return 2;
  const low = lows.reduce((most, { value }) => (value > most ? value : most), lows[0].value);
  const high = highs.reduce((least, { value }) => (value < least ? value : least), highs[0].value);
  const closed = lows.every((end) => end.value !== low || end.closed) && highs.every((end) => end.value !== high || end.closed);
  return low < high ? 2 : low === high && closed ? 1 : 0;
}

/* Whether rules overlap, and all that do say only how far they reach, to different ends. */
/** @param {LimitRow[]} rules */
function isLadder(rules) {
  const pairs = rulePairs(rules).filter(({ one, other }) => sharedAmounts(one, other) && choicesMeet(one, other));
  /** @param {LimitRow} rule */
  const isOpen = ({ limit }) => limit !== null && limit.low === null;
  return pairs.every(({ one, other }) => isOpen(one) && isOpen(other)) && pairs.some(({ one, other }) => compareReach(one, other) !== 0);
}

/**
 * Compare how far the limits of two rules reach, from the least to no limit.
 * @param {LimitRow} one
 * @param {LimitRow} other
 */
function compareReach(one, other) {
  const [left, right] = [one, other].map(({ limit }) => limit && limit.high);
  if (!left || !right) return Number(!left) - Number(!right);
  const [low, high] = [left, right].map(({ value }) => /** @type {bigint} */ (scaledNumber(value)));
  return low === high ? Number(left.closed) - Number(right.closed) : low < high ? -1 : 1;
}
