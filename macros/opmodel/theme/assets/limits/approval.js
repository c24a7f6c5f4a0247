/*
 * An authority table as the approval section of a packet, literally as the source says it. The same as
 * opmodel/worksheets/limit_approval.py: change both.
 */
'use strict';

const AMOUNT = 'amount';
const STARTER = 'requester';
const LONGEST_ID = 40;
const ONE = 10n ** BigInt(EXACT_DIGITS);

/**
 * The approval section, and the same rules as the data of a decision table.
 * @typedef {{ section: Data, table: Table }} LimitApproval
 */

/** Gives names of which none is there twice. */
class FreeNames {
  /** @param {string[]} taken */
  constructor(taken) { this.taken = new Set(taken); }

  /** @param {string} name */
  take(name) {
    let found = name;
    for (let number = 2; this.taken.has(found); number += 1) found = name + '-' + number;
    this.taken.add(found);
    return found;
  }
}

/**
 * Return a name in lower case, without accents, punctuation and leading articles.
 * @param {string} text
 */
function foldedName(text) { return withoutAccents(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim().replace(/^(the|our) /, ''); }

/**
 * Return the name of a column by its number from 1: 27 is AA.
 * @param {number} number
 */
function columnLetters(number) {
  let letters = '';
  for (let rest = number; rest; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/**
 * Return the id of a rule, after its row in the source: row-3, or row-3-C if the row has several.
 * @param {LimitRow} rule
 */
function limitRuleId(rule) { return 'row-' + (rule.row + 1) + (rule.single ? '' : '-' + columnLetters(rule.column + 1)); }

/**
 * Return the name of the input of each further column, by its heading.
 * @param {LimitTable} table
 * @param {string[]} reserved the words that cannot name an input
 */
function inputNames(table, reserved) {
  const names = new FreeNames([AMOUNT]);
  return new Map([...table.inputs.keys()].map((heading) => {
    const name = writeSlug(heading).replace(/-/g, '_').slice(0, LONGEST_ID - 4).replace(/^_+|_+$/g, '') || 'choice';
    const free = reserved.includes(name) ? name + '_value' : /^\d/.test(name) ? 'input_' + name : name;
    return [heading, names.take(free).replace(/-/g, '_')];
  }));
}

/**
 * Return where amounts begin: at 0, or at the smallest amount above it if the lowest limit begins there or at 1.
 * @param {LimitTable} table
 * @param {number} decimals
 */
function smallestAmount({ rules }, decimals) {
  const lows = rules.map(({ limit }) => limit && limit.low);
  if (!lows.length || lows.some((low) => !low)) return '0';
  const ends = lows.map((low) => ({ value: /** @type {bigint} */ (scaledNumber(low && low.value)), closed: Boolean(low && low.closed) }));
  const value = ends.reduce((least, end) => (end.value < least ? end.value : least), ends[0].value);
  const closed = ends.some((end) => end.value === value && end.closed);
  const begins = value > ONE || value < 0n || (value === 0n && closed);
  return begins ? '0' : numberText(10n ** BigInt(EXACT_DIGITS - decimals));
}

/**
 * Return the approval section of a table.
 * @param {LimitTable} table
 * @param {number} decimals
 * @param {string[]} reserved the words that cannot name an input
 * @returns {LimitApproval}
 */
function limitApproval(table, decimals, reserved) {
  const names = inputNames(table, reserved);
  const parties = new LimitParties();
  const { unit } = table.units;
  /** @type {Input[]} */
  const inputs = [
    { id: AMOUNT, type: 'number', label: Array.from(table.label).slice(0, MAX_REASON).join(''), ...(unit ? { unit } : {}), min: smallestAmount(table, decimals), decimals },
    ...[...table.inputs].map(([heading, values]) => ({ id: names.get(heading) || '', type: 'choice', label: heading, values })),
  ];
  const rules = table.rules.map((rule) => {
    const test = rule.limit && limitTest(rule.limit);
    const tests = [...(test ? [[AMOUNT, test]] : []), ...[...rule.choices].map(([heading, equal]) => [names.get(heading), { equal }])];
    const when = Object.fromEntries(tests.map(([name, each]) => [name, { not: false, tests: [each] }]));
    const { outcome, steps } = rule.approvers;
    const approvedBy = steps.map(({ mode, titles }) => ({ [mode]: titles.map((title) => parties.of(title)) }));
    return { id: limitRuleId(rule), when, outcome, ...(steps.length ? { approved_by: approvedBy } : {}), reason: rule.reason };
  });
  const hitPolicy = table.ladder ? 'first' : 'unique';
  return {
    table: { hit_policy: hitPolicy, inputs, rules },
    section: {
      started_by: STARTER,
      parties: parties.records,
      inputs: inputs.map(({ min, decimals: places, ...input }) => (input.type === 'number'
        ? { ...input, min: new Exact(String(min)), decimals: new Exact(String(places)) } : input)),
      hit_policy: hitPolicy,
      rules: rules.map(({ when, ...rule }) => {
        const { id, ...rest } = rule;
        return { id, when: Object.fromEntries(inputs.filter((input) => Object.hasOwn(when, input.id)).map((input) => [input.id, conditionText(input, when[input.id])])), ...rest };
      }),
    },
  };
}

/** The parties of a section, by title. */
class LimitParties {
  constructor() {
    /** @type {{ id: string, title: string }[]} */
    this.records = [{ id: STARTER, title: 'TBD: who or what starts a case' }];
    /** @type {Map<string, string>} */
    this.ids = new Map();
    this.taken = new FreeNames([STARTER]);
  }

  /**
   * Return the id of the party with a title, which is added if it is new.
   * @param {string} title
   */
  of(title) {
    const key = foldedName(title);
    const known = this.ids.get(key);
    if (known) return known;
    const id = this.taken.take(writeSlug(title).slice(0, LONGEST_ID - 4).replace(/^-+|-+$/g, '') || 'approver');
    this.ids.set(key, id);
    this.records.push({ id, title: Array.from(title).slice(0, MAX_REASON).join('') });
    return id;
  }
}
