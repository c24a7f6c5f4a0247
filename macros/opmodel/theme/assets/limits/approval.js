/*
 * An authority table as the approval section of a packet, literally as the source says it. The same as
 * opmodel/worksheets/limit_approval.py and approval_names.py: change both.
 */
'use strict';

const AMOUNT = 'amount';
const STARTER = 'requester';
const NO_LIMIT = 'The source names no time.';
const LONGEST_ID = 40;
const ONE = 10n ** BigInt(EXACT_DIGITS);

/**
 * The approval section, the same rules as the data of a decision table, and who approves in each.
 * @typedef {{ section: Data, table: Table, answering: Answering[] }} LimitApproval
 */

/** Gives names of which none is there twice. */
class FreeNames {
  /** @param {string[]} taken @param {string} [mark] what stands before the numbers that keep names apart */
  constructor(taken, mark = '-') {
    this.taken = new Set(taken);
    this.mark = mark;
  }

  /** @param {string} name */
  take(name) {
    let found = name;
    for (let number = 2; this.taken.has(found); number += 1) found = name + this.mark + number;
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
  const names = new FreeNames([AMOUNT], '_');
  return new Map([...table.inputs.keys()].map((heading) => {
    const name = writeSlug(heading).replace(/-/g, '_').slice(0, LONGEST_ID - 4).replace(/^_+|_+$/g, '') || 'choice';
    const free = reserved.includes(name) ? name + '_value' : /^\d/.test(name) ? 'input_' + name : name;
    return [heading, names.take(free)];
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
 * Return the rules in ascending order of how far they reach.
 * @param {LimitTable} table
 */
function byReach({ rules }) {
  return [...rules].sort((one, other) => (reachesLess(one, other) ? -1 : reachesLess(other, one) ? 1 : 0));
}

/** @param {LimitRow} one @param {LimitRow} other */
function reachesLess(one, other) {
  const [low, high] = [one, other].map(({ limit }) => (limit && limit.high ? scaledNumber(limit.high.value) : null));
  return low !== null && (high === null || low < high);
}

/**
 * Return the approvers of all rules, lowest first, if all but the lowest say that lower tiers approve as well.
 * @param {LimitTable} table
 */
function cumulativeTitles(table) {
  const rules = byReach(table);
  const titles = rules.flatMap(({ approvers }) => approvers.steps.flatMap((step) => step.titles));
  const alone = new Set(titles).size === rules.length && titles.length === rules.length
    && rules.every(({ approvers }) => approvers.steps.length === 1);
  const said = rules.length > 1 && rules.slice(1).every(({ approvers }) => approvers.lowerTiers);
  return said && alone && !table.inputs.size ? titles : [];
}

/**
 * Return the steps of a rule, after those of lower tiers where it says that these approve as well.
 * @param {LimitTable} table
 * @param {LimitRow} rule
 */
function stepsOf(table, rule) {
  const own = rule.approvers.steps;
  if (!rule.approvers.lowerTiers || cumulativeTitles(table).length) return own;
  const lower = byReach(table).filter((other) => reachesLess(other, rule)
    && [...other.choices].every(([name, value]) => !rule.choices.has(name) || rule.choices.get(name) === value));
  const steps = new Map([...lower.flatMap((other) => other.approvers.steps), ...own].map((step) => [JSON.stringify(step), step]));
  const kept = new Set(own.map((step) => JSON.stringify(step)));
  return [...[...steps].filter(([key]) => !kept.has(key)).map(([, step]) => step), ...own];
}

/**
 * Return the steps that come before those of a rule where the section says once that lower tiers approve as well.
 * @param {LimitTable} table
 * @param {LimitRow} rule
 * @returns {ApproverStep[]}
 */
function lowerTiers(table, { approvers }) {
  const tiers = cumulativeTitles(table);
  const own = approvers.steps.flatMap((step) => step.titles);
  return tiers.slice(0, Math.max(0, tiers.indexOf(own[0]))).map((title) => ({ mode: 'any', titles: [title] }));
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
    const { outcome, advised } = rule.approvers;
    const steps = stepsOf(table, rule).map(({ mode, titles }) => ({ [mode]: titles.map((title) => parties.of(title)) }));
    const told = advised.map((title) => parties.of(title));
    return {
      id: limitRuleId(rule), when, outcome, ...(steps.length ? { approved_by: steps, within: 'none', no_limit_reason: NO_LIMIT } : {}),
      ...(told.length ? { [outcome === 'refuse' ? 'informed' : 'advised']: told } : {}), reason: rule.reason,
    };
  });
  const tiers = cumulativeTitles(table).map((title) => parties.of(title));
  const hitPolicy = table.ladder ? 'first' : 'unique';
  return {
    table: { hit_policy: hitPolicy, inputs, rules },
    answering: table.rules.map((rule) => ({
      outcome: rule.approvers.outcome, told: rule.approvers.advised.map((title) => parties.titleOf(title)),
      steps: [...lowerTiers(table, rule), ...stepsOf(table, rule)].map(({ mode, titles }) => ({ all: mode === 'all', titles: titles.map((title) => parties.titleOf(title)) })),
    })),
    section: {
      started_by: STARTER,
      parties: parties.records,
      ...(tiers.length ? { cumulative_tiers: tiers } : {}),
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
   * Return how the party with a title was first written.
   * @param {string} title
   */
  titleOf(title) {
    const id = this.of(title);
    const known = this.records.find((record) => record.id === id);
    return known ? known.title : title;
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
