/*
 * A pasted table checked: what was read, what was not, the proof and the approval section. The same as
 * opmodel/worksheets/limit_import.py: change both.
 */
'use strict';

/**
 * What stands in a pasted table: a line on it, notes with the names of their cells, and, if it has rules, the table and the
 * findings of its proof, the rules in words, and the section.
 * @typedef {object} CheckedLimits
 * @property {string} summary
 * @property {{ place: string, value: string, why: string, recognised: boolean }[]} notes
 * @property {{ compiled: CompiledTable | null, findings: LimitFinding[], sentences: string[], names: string[], yaml: string } | null} result
 */

const CENTS = 2;
const NO_TABLE = 'No table of limits; expected a column of limits such as “up to $5,000”, or of numbers below a heading such as “Up to”.';

/** @param {number} number @param {string} noun */
function countedNoun(number, noun) { return number + ' ' + noun + (number === 1 ? '' : 's'); }

/**
 * @param {PhraseBook} book
 * @param {string[]} reserved the words that cannot name an input
 * @param {string} pasted
 * @param {number | null} given the decimals of amounts; null if nobody says
 * @returns {CheckedLimits}
 */
function checkLimits(book, reserved, pasted, given) {
  const { rows, notes: faults } = pastedTable(pasted);
  const notes = faults.map((why) => ({ place: '', value: '', why, recognised: false }));
  const limits = readLimitTable(book, rows);
  if (!limits) return { summary: NO_TABLE, notes, result: null };
  notes.push(...limits.notes.map((note) => placedNote(rows, note)));
  const { unit, other } = limits.units;
  if (other) return { summary: 'Limits in ' + unit + ' and ' + other + ', which are not compared; not read.', notes, result: null };
  const found = foundText(limits);
  if (!limits.rules.length) return { summary: found + '.', notes, result: null };
  const decimals = Math.max(limits.decimals, given === null ? CENTS : given);
  notes.push(...assumptions(limits, decimals, given).map((why) => ({ place: '', value: '', why, recognised: true })));
  const result = provenLimits(limits, decimals, reserved);
  const unread = limits.unread ? [countedNoun(limits.unread, 'limit') + ' not read'] : [];
  const kinds = /** @type {[LimitFinding['kind'], string][]} */ ([['hole', 'hole'], ['double', 'double claim']]).map(([kind, noun]) => (
    countedNoun(result.findings.filter((each) => each.kind === kind).length, noun)));
  return { summary: [found, ...unread, ...(result.compiled ? [kinds.join(', ')] : [])].join('. ') + '.', notes, result };
}

/** @param {string[][]} rows @param {LimitNote} note */
function placedNote(rows, { row, column, why, recognised }) {
  if (row < 0) return { place: '', value: '', why, recognised };
  if (column < 0) return { place: 'row ' + (row + 1), value: '', why, recognised };
  return { place: columnLetters(column + 1) + (row + 1), value: oneLine(rows[row][column]), why, recognised };
}

/** @param {LimitTable} limits */
function foundText({ layout, rules, inputs }) {
  /** @param {string} what @param {number[]} columns */
  const where = (what, columns) => (columns.length ? [what + ' in ' + listedWords(columns.map((column) => columnLetters(column + 1)))] : []);
  return [
    countedNoun(rules.length, 'rule'), ...where('limits', layout.of('limit')), ...where('approvers', [...layout.of('approver'), ...layout.of('marks')]),
    ...[...inputs.keys()].map((heading) => '“' + heading + '” decides as well'),
  ].join(', ');
}

/* What was assumed of a table. */
/** @param {LimitTable} limits @param {number} decimals @param {number | null} given */
function assumptions(limits, decimals, given) {
  const begin = moneyText(limits.units.unit, /** @type {bigint} */ (scaledNumber(smallestAmount(limits, decimals))), decimals);
  return [
    ...(limits.rules.some(({ approvers }) => approvers.steps.length) ? ['the table names no time to answer, so rules say within: none'] : []),
    ...(limits.ladder ? ['rows say only how far they reach, so the first that reaches far enough decides (hit policy first)'] : []),
    ...(given !== null && given < limits.decimals ? ['the table writes ' + countedNoun(limits.decimals, 'decimal') + '; read with them'] : []),
    (given === null && !limits.decimals ? 'amounts have cents, unless you say that they have none; ' : '') + 'amounts begin at ' + begin,
  ];
}

/** @param {LimitRow} rule @param {Answering} answering */
function approverNames({ approvers }, { steps }) {
  const own = steps.slice(steps.length - approvers.steps.length).map(({ titles, all }) => listedWords(titles, all ? 'and' : 'or'));
  return own.join(', then ') || approvers.outcome;
}

/** @param {LimitTable} limits @param {number} decimals @param {string[]} reserved */
function provenLimits(limits, decimals, reserved) {
  const { section, table, answering } = limitApproval(limits, decimals, reserved);
  const faults = tableFaults(table);
  const compiled = faults.length ? null : compileTable(table);
  return {
    compiled,
    findings: compiled ? limitFindings(limits, compiled, decimals)
      : faults.map((text) => (/** @type {LimitFinding} */ ({ kind: 'other', text: 'not proven: ' + text }))),
    sentences: table.rules.map((rule, row) => whenText(table, rule) + ' ' + answerText(answering[row])),
    names: limits.rules.map((rule, row) => approverNames(rule, answering[row]) + ', ' + rowName(rule)),
    yaml: writeYaml({ shared: { approval: section } }).trimStart(),
  };
}
