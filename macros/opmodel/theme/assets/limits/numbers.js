/*
 * Numbers in limits: which sign marks decimals, and figures as exact numbers. The same as opmodel/approval/limit_numbers.py:
 * change both.
 */
'use strict';

/** Thrown for words that cannot be read literally; the message says why. */
class LimitNotRead extends Error {}

const TOO_LONG = 'a number has more than ' + EXACT_DIGITS + ' digits';

/**
 * Return the sign that marks decimals in texts: a point, unless more numbers say that it is a comma.
 * @param {string[]} texts
 */
function decimalMark(texts) {
  const votes = texts.flatMap(limitTokens).filter(({ kind }) => kind === 'figures').map(({ text }) => markVote(text));
  return votes.filter((vote) => vote === ',').length > votes.filter((vote) => vote === '.').length ? ',' : '.';
}

/**
 * Return the sign that marks decimals if a number is right; empty where it does not tell.
 * @param {string} figures
 */
function markVote(figures) {
  const signs = figures.match(/[.,]/g) || [];
  if (!signs.length) return '';
  if (new Set(signs).size === 2) return signs[signs.length - 1];
  const other = signs[0] === '.' ? ',' : '.';
  if (signs.length > 1) return other;
  const [whole, rest] = figures.split(/[.,]/);
  return rest.length === 3 && /[^0]/.test(whole) ? other : signs[0];
}

/**
 * Return the number that figures write, and how many decimals; null if that is in doubt.
 * @param {string} figures
 * @param {string} mark the sign before decimals
 */
function readFigures(figures, mark) {
  const at = figures.indexOf(mark);
  const whole = at < 0 ? figures : figures.slice(0, at);
  const decimals = at < 0 ? '' : figures.slice(at + 1);
  if (at >= 0 && (!/^\d+$/.test(decimals) || (decimals.length > 2 && /[^0]/.test(whole)))) return null;
  const groups = figureGroups(whole);
  if (!groups) return null;
  const number = exactNumber((groups.join('') || '0') + '.' + decimals);
  if (!number) throw new LimitNotRead(TOO_LONG);
  return { value: number.scaled, decimals: decimals.length };
}

/**
 * Return the groups of figures before the decimals, or null if they are none: 50 000, 5,000,000, 5,00,000.
 * @param {string} whole
 */
function figureGroups(whole) {
  const signs = whole.match(/\D/g) || [];
  if (!signs.length) return [whole];
  if (new Set(signs).size > 1) return null;
  const groups = whole.split(/\D/);
  const lengths = groups.map((group) => group.length);
  const inner = lengths.slice(1, -1);
  const even = inner.every((length) => length === 3) || (inner.every((length) => length === 2) && lengths[0] <= 2);
  return lengths[0] >= 1 && lengths[0] <= 3 && lengths[lengths.length - 1] === 3 && even ? groups : null;
}
