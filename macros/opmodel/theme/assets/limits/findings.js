/*
 * The proof of an authority table in the words of its source. The same as opmodel/worksheets/limit_findings.py: change both.
 */
'use strict';

/**
 * A hole, a double claim, a rule that never decides, or what the proof says of the whole table (other).
 * @typedef {{ kind: 'hole' | 'double' | 'never' | 'other', text: string }} LimitFinding
 */

const NO_MONEY = ['%', 'days', 'months', 'hours', 'items'];

/**
 * Return the place of a rule in the source: row 3, or row 3, column C if the row has several rules.
 * @param {LimitRow} rule
 */
function rowName(rule) { return 'row ' + (rule.row + 1) + (rule.single ? '' : ', column ' + columnLetters(rule.column + 1)); }

/**
 * Return an amount as the source writes amounts: $10,000.00.
 * @param {string} unit
 * @param {bigint} amount
 * @param {number} decimals
 */
function moneyText(unit, amount, decimals) {
  const [whole, rest = ''] = groupedNumber(numberText(amount)).split('.');
  const number = decimals ? whole + '.' + rest.padEnd(decimals, '0') : whole;
  if (unit === '%' || !unit) return number + unit;
  return /^\p{L}+$/u.test(unit) ? number + ' ' + unit : unit + number;
}

/**
 * Return what the proof finds in the section that was made of a table, in the words and the unit of the source.
 * @param {LimitTable} limits
 * @param {CompiledTable} table
 * @param {number} decimals
 * @returns {LimitFinding[]}
 */
function limitFindings(limits, table, decimals) {
  const { unit } = limits.units;
  const least = /** @type {bigint} */ (scaledNumber(smallestAmount(limits, decimals)));

  /** @param {LimitRow[]} rows */
  function said(rows) { return rows.map((row) => rowName(row) + ' says ' + row.words).join(', '); }

  /** @param {bigint} low @param {bigint | null} high @param {number} places */
  function range(low, high, places) {
    const first = moneyText(unit, low, places);
    if (high === null) return first + ' and more';
    return low === high ? first + ' exactly' : first + ' to ' + moneyText(unit, high, places);
  }

  /* What is left of a range where there are no cents, unless that is the same. */
  /** @param {bigint} low @param {bigint | null} high */
  function whole(low, high) {
    const first = -floored(-low);
    if (high !== null && high < first) return ' (only where ' + (NO_MONEY.includes(unit) ? 'decimals' : 'cents') + ' exist)';
    if (first === low || !decimals) return '';
    return ' (in whole amounts ' + range(first, high === null ? null : floored(high), 0) + ')';
  }

  /** @param {bigint} number */
  function floored(number) { return (number - (((number % ONE) + ONE) % ONE)); }

  /** @param {Box} box @returns {[bigint, bigint | null]} */
  function ends(box) {
    const [test] = table.axes[0].condition(box[0]).tests;
    if (!test) return [least, null];
    if ('equal' in test) return [/** @type {bigint} */ (scaledNumber(String(test.equal))), scaledNumber(String(test.equal))];
    return [scaledNumber(test.low && test.low.value) ?? least, scaledNumber(test.high && test.high.value)];
  }

  return proveTable(table).map((finding) => {
    const rows = finding.rows.map((row) => limits.rules[row]);
    if (finding.rule === 'approval-unreachable') {
      return { kind: 'never', text: rowName(rows[0]) + ' never decides: ' + said(rows.slice(1)) + ' before it; it says ' + rows[0].words };
    }
    const { box } = finding;
    if (!box) return { kind: 'other', text: finding.message };
    const [low, high] = ends(box);
    const choices = table.axes.map((axis, number) => ({ axis, mask: box[number] })).slice(1).filter(({ axis, mask }) => mask !== axis.full)
      .map(({ axis, mask }) => axis.input.label + ' ' + listedWords(axis.condition(mask).tests.map(({ equal }) => String(equal)), 'or') + ', ');
    const isHole = finding.rule === 'approval-gap';
    const parts = [choices.join('') + range(low, high, decimals) + (isHole ? ': no rule' : ': two rules'), said(rows)];
    return { kind: isHole ? 'hole' : 'double', text: parts.filter(Boolean).join('; ') + whole(low, high) };
  });
}
