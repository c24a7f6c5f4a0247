/*
 * Conditions that no case can meet, which a table cannot be proven with: a part of opmodel/approval/condition_check.py and
 * domain.py, for numbers with a least value and for choices.
 */
'use strict';

/**
 * Return why a test on a number never matches; empty if it can.
 * @param {Input} input
 * @param {Test} test
 */
function testFault(input, test) {
  const step = stepOf(input);
  const [low, high] = spanOf(test, step);
  const [start] = spanOf({ low: input.min == null ? null : { value: input.min, closed: true }, high: null }, step);
  if (low !== null && high !== null && low >= high) {
    return 'expected a test that can match, found ' + testText(input, test) + ': ' + input.id + ' has no value there';
  }
  if (start !== null && high !== null && high <= start) {
    return 'expected a value of ' + input.id + ' (>= ' + input.min + '), found ' + testText(input, test) + '; it never matches';
  }
  return '';
}

/**
 * Return why some values of a choice are one and the same to most readers.
 * @param {string[]} values
 */
function twinFaults(values) {
  /** @type {Map<string, string>} */
  const first = new Map();
  return values.flatMap((value) => {
    const key = value.normalize('NFKC').toLowerCase().replace(/ß/g, 'ss').normalize('NFKC');
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, value);
      return [];
    }
    return ['value ' + JSON.stringify(value) + ' differs from ' + JSON.stringify(earlier) + ' only in capitals, or in how its accents are written'];
  });
}

/**
 * Return why a table cannot be proven; nothing if it can.
 * @param {Table} table
 */
function tableFaults({ inputs, rules }) {
  const twins = inputs.flatMap(({ values }) => twinFaults(values || []));
  if (twins.length) return twins;
  return rules.flatMap(({ when }) => inputs.flatMap((input) => {
    if (input.type !== 'number' || !Object.hasOwn(when, input.id)) return [];
    return when[input.id].tests.map((test) => testFault(input, test)).filter(Boolean);
  }));
}
