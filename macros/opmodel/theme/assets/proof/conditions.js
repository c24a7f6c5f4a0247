/*
 * Cuts, and conditions as text in S-FEEL: opmodel/approval/conditions.py, for numbers and choices.
 *
 * A cut is a place just before or just after a number. It is kept as one integer, twice the scaled number, plus one for
 * the place after it, so that cuts are compared as they stand.
 */
'use strict';

/**
 * @typedef {bigint | null} Cut  null is no limit
 */

/** @param {bigint} scaled */
function numberText(scaled) {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(EXACT_DIGITS + 1, '0');
  const decimals = digits.slice(-EXACT_DIGITS).replace(/0+$/, '');
  return (scaled < 0n ? '-' : '') + digits.slice(0, -EXACT_DIGITS) + (decimals && '.' + decimals);
}

/** @param {string | null | undefined} text */
function scaledNumber(text) {
  const read = text == null ? null : exactNumber(text);
  return read && read.scaled;
}

/**
 * Return the step between the values of a number, or null when any decimals can occur.
 * @param {Input} input
 */
function stepOf(input) {
  return input.decimals == null ? null : 10n ** BigInt(EXACT_DIGITS - input.decimals);
}

/**
 * Return the smallest multiple of a step that lies after a cut.
 * @param {bigint} cut
 * @param {bigint} step
 */
function firstOnGrid(cut, step) {
  const value = cut >> 1n;
  const beyond = ((value % step) + step) % step;
  if (beyond) return value - beyond + step;
  return cut & 1n ? value + step : value;
}

/**
 * Return the cuts between which a test holds; on a grid each is moved to the next value.
 * @param {Test} test
 * @param {bigint | null} step
 * @returns {[Cut, Cut]}
 */
function spanOf(test, step) {
  /** @param {End | null | undefined} end @param {bigint} closedSide */
  function cut(end, closedSide) {
    const value = end ? scaledNumber(end.value) : null;
    if (!end || value === null) return null;
    const made = value * 2n + (end.closed ? closedSide : 1n - closedSide);
    return step === null ? made : firstOnGrid(made, step) * 2n;
  }
  const alone = 'equal' in test ? { value: String(test.equal), closed: true } : null;
  return [cut(alone || test.low, 0n), cut(alone || test.high, 1n)];
}

/**
 * Return the number between two cuts that has the fewest decimals and, of these, is the nearest to zero.
 * @param {Cut} low
 * @param {Cut} high
 */
function simplestNumber(low, high) {
  for (let step = 10n ** BigInt(EXACT_DIGITS); ; step /= 10n) {
    const first = low === null ? null : firstOnGrid(low, step);
    const last = high === null ? null : firstOnGrid(high, step) - step;
    if (step > 1n && first !== null && last !== null && first > last) continue;
    if (first !== null && first > 0n) return first;
    return last !== null && last < 0n ? last : 0n;
  }
}

/**
 * Return a value as a literal of S-FEEL.
 * @param {Input} input
 * @param {string | boolean | null | undefined} value
 */
function literalText(input, value) {
  return input.type === 'choice' ? JSON.stringify(value) : String(value);
}

/**
 * @param {Input} input
 * @param {Test} test
 */
function testText(input, test) {
  if ('equal' in test) return literalText(input, test.equal);
  const { low, high } = test;
  if (low && high) return (low.closed ? '[' : '(') + low.value + '..' + high.value + (high.closed ? ']' : ')');
  if (low) return (low.closed ? '>= ' : '> ') + low.value;
  return high ? (high.closed ? '<= ' : '< ') + high.value : '-';
}

/**
 * Return a condition in the one standard notation: -, < 5, [1..5), not("a", "b").
 * @param {Input} input
 * @param {Condition} condition
 */
function conditionText(input, condition) {
  const body = condition.tests.map((test) => testText(input, test)).join(', ') || '-';
  return condition.not ? 'not(' + body + ')' : body;
}
