/*
 * Conditions in plain words: opmodel/approval/sentences.py, for numbers and choices.
 */
'use strict';

/** First words of labels that take no article; such a label is quoted as it is. */
const NO_NOUN = new Set(('a all an any are both by can did do does each every has have how if in is its no our that these ' +
  'this those was were what when where whether which who whom whose why').split(' '));

/**
 * Return words as a list in a sentence: a, b and c.
 * @param {string[]} words
 * @param {string} [last]
 */
function listedWords(words, last = 'and') {
  const final = words[words.length - 1] || '';
  return words.length > 1 ? words.slice(0, -1).join(', ') + ' ' + last + ' ' + final : final;
}

/**
 * Return a number with thousands separated by commas: 5,000.5.
 * @param {string} number
 */
function groupedNumber(number) {
  const [whole, ...decimals] = number.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...decimals].join('.');
}

/**
 * Return what a condition is about: the invoice amount, or a quoted label.
 * @param {Input} input
 */
function subjectText({ label: whole }) {
  const label = whole.replace(/^The /, '').replace(/^the /, '');
  const [word] = label.trim().split(/\s+/);
  if (NO_NOUN.has(word.toLowerCase())) return '“' + whole + '”';
  const isShort = word.length === 1 || word.slice(1) !== word.slice(1).toLowerCase();
  return 'the ' + (isShort ? label : label[0].toLowerCase() + label.slice(1));
}

/**
 * Return a condition in words: the invoice amount is at least 500 EUR and below 5,000 EUR.
 * @param {Input} input
 * @param {Condition} condition
 */
function conditionWords(input, condition) {
  /** @param {string | boolean | null | undefined} value */
  function value(value) {
    if (input.type !== 'number') return String(value);
    return groupedNumber(String(value)) + (input.unit ? ' ' + input.unit : '');
  }
  /** @param {Test} test */
  function words(test) {
    if ('equal' in test) return value(test.equal);
    const low = test.low && (test.low.closed ? 'at least ' : 'above ') + value(test.low.value);
    const high = test.high && (test.high.closed ? 'at most ' : 'below ') + value(test.high.value);
    return [low, high].filter(Boolean).join(' and ');
  }
  if (!condition.tests.length) return subjectText(input) + ' is anything';
  const tests = listedWords(condition.tests.map(words), 'or');
  if (!condition.not) return subjectText(input) + ' is ' + tests;
  return subjectText(input) + (condition.tests.length > 1 ? ' is neither ' + tests.replaceAll(' or ', ' nor ') : ' is not ' + tests);
}

/**
 * Return when a rule applies, as the first half of a sentence: When the amount is at most 500 USD:
 * @param {Input[]} inputs
 * @param {Rule} rule
 */
function whenText(inputs, rule) {
  const limited = inputs.filter(({ id }) => Object.hasOwn(rule.when, id) && rule.when[id].tests.length);
  if (!limited.length) return 'In every case,';
  return 'When ' + listedWords(limited.map((input) => conditionWords(input, rule.when[input.id]))) + ':';
}
