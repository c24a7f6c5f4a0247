/*
 * Conditions in plain words: opmodel/approval/sentences.py, for numbers and choices.
 */
'use strict';

/** First words of labels that take no article; such a label is quoted as it is. */
const NO_NOUN = new Set(('a all an any are both by can did do does each every has have how if in is its no our that these ' +
  'this those was were what when where whether which who whom whose why').split(' '));

/** Signs of currencies, which stand before a number. */
const CURRENCY_SIGNS = ['$', '£', '€', '¥', '₹'];

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
 * Return a value with its unit: 5,000 EUR, $5,000.
 * @param {Input} input
 * @param {string | boolean | null | undefined} value
 */
function valueWords(input, value) {
  if (input.type !== 'number') return String(value);
  const number = groupedNumber(String(value));
  if (!input.unit) return number;
  return CURRENCY_SIGNS.includes(input.unit) ? number.replace(/^-?/, (minus) => minus + input.unit) : number + ' ' + input.unit;
}

/**
 * Return a condition in words: the invoice amount is at least 500 EUR and below 5,000 EUR.
 * @param {Input} input
 * @param {Condition} condition
 */
function conditionWords(input, condition) {
  /** @param {Test} test */
  function words(test) {
    if ('equal' in test) return valueWords(input, test.equal);
    const low = test.low && (test.low.closed ? 'at least ' : 'above ') + valueWords(input, test.low.value);
    const high = test.high && (test.high.closed ? 'at most ' : 'below ') + valueWords(input, test.high.value);
    return [low, high].filter(Boolean).join(' and ');
  }
  if (!condition.tests.length) return subjectText(input) + ' is anything';
  const tests = listedWords(condition.tests.map(words), 'or');
  if (!condition.not) return subjectText(input) + ' is ' + tests;
  return subjectText(input) + (condition.tests.length > 1 ? ' is neither ' + tests.replaceAll(' or ', ' nor ') : ' is not ' + tests);
}

/**
 * Return when a rule applies, as the first half of a sentence: When the amount is at most 500 USD:
 * @param {Table} table
 * @param {Rule} rule
 */
function whenText({ hit_policy, inputs, rules }, rule) {
  const limited = inputs.filter(({ id }) => Object.hasOwn(rule.when, id) && rule.when[id].tests.length);
  const otherwise = hit_policy === 'first' && rule !== rules[0];
  if (!limited.length) return otherwise ? 'Otherwise,' : 'In every case,';
  return (otherwise ? 'Otherwise, when ' : 'When ') + listedWords(limited.map((input) => conditionWords(input, rule.when[input.id]))) + ':';
}

/**
 * Who answers in a rule without a time limit: who approves, in steps, and who is told, before or afterwards.
 * @typedef {object} Answering
 * @property {string} outcome
 * @property {{ all: boolean, titles: string[] }[]} steps
 * @property {string[]} told
 */

/** @param {string[]} titles */
function withArticles(titles) { return titles.map((title) => (title.toLowerCase().startsWith('the ') ? title : 'the ' + title)); }

/**
 * Return what a rule allows, as the second half of a sentence.
 * @param {Answering} answering
 */
function answerText({ outcome, steps, told }) {
  const people = told.length ? '; ' + listedWords(withArticles(told)) + (told.length > 1 ? ' are' : ' is') + ' told ' : '';
  if (outcome === 'refuse') return 'the agent may not act; the case goes to the exception queue' + people + (people && 'afterwards') + '.';
  return approvalText(outcome, steps) + people + (people && 'before the agent acts') + '.';
}

/** @param {string} outcome @param {Answering['steps']} steps */
function approvalText(outcome, steps) {
  if (outcome === 'act') return 'the agent acts alone';
  if (!steps.length) return 'nobody approves first';
  const who = steps.map(({ all, titles }) => listedWords(withArticles(titles), all ? 'and' : 'or') + (all && titles.length > 1 ? ' approve' : ' approves'));
  return who.join(', then ') + (steps.length > 1 ? ', before the agent acts' : ' first') + ', without a time limit; silence has no end';
}
