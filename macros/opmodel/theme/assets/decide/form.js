/*
 * Answers "who approves this?" in the browser, from the same data as the page and with the same answer as Python.
 *
 * Markup that it expects, any number of times on a page:
 *
 *   <div>
 *     <script type="application/json">…</script>           the data of opmodel.approval.export (hit_policy, inputs, rules)
 *     <form data-opmodel-decide data-rule-link="#approval-" hidden novalidate>
 *       <input name="case-amount" inputmode="decimal">            a number: a text field, so that no browser rounds it
 *       <select name="case-po_match"><option value="">…           a choice: values as in the data
 *       <select name="case-new_vendor"><option value="true">…     a boolean: "true" or "false"; two radio buttons do as well
 *       <input name="case-due" type="date">                       a day: 2026-01-31
 *       <input name="case-score" type="checkbox" value="null">    a value that is missing: ticked, it switches its text field off;
 *                                                            in a choice, an option of the value "null"
 *       <button>…</button>
 *       <output aria-live="polite"></output>                 the answer is written here
 *     </form>
 *   </div>
 *
 * Field names are "case-" and the id of an input: a field called "elements" would take the place of the form's own list.
 * The script and the form share a parent. The form starts hidden, as it does nothing without
 * this script. The link of a rule is data-rule-link followed by its id in lower case. Lines of an answer are
 * <span data-line="outcome|meaning|who|within|timeout|told|reason|rule|problem">; a field with a problem gets aria-invalid.
 * Nothing is ever parsed as HTML. For tests, window.opmodelDecide.decide(data, given) is the decision alone.
 */
(function () {
  'use strict';

  /**
   * @typedef {{ value?: bigint | string | null, problem?: string }} Reading
   * @typedef {{ rule: Rule | null, problems: { input: string | null, message: string }[] }} Answer
   */

  const PREFIX = 'case-';

  /** @param {string} text */
  function day(text) {
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '0001') return null;
    const read = new Date(text + 'T00:00:00Z');
    return !isNaN(Number(read)) && read.toISOString().slice(0, 10) === text ? text : null;
  }

  /* Values that can be compared: scaled integers for numbers, text in year-month-day order for days. */
  /** @param {Input} input @param {string} text @returns {bigint | string} */
  function comparable(input, text) {
    return input.type === 'number' ? /** @type {ExactNumber} */ (exactNumber(text)).scaled : text;
  }

  /** @param {Input} input @param {bigint | string} value */
  function limits(input, value) {
    const unit = input.unit ? ' ' + input.unit : '';
    if (input.min != null && value < comparable(input, input.min)) return 'expected at least ' + input.min + unit;
    if (input.max != null && value > comparable(input, input.max)) return 'expected at most ' + input.max + unit;
    return null;
  }

  /** @param {Input} input @param {string} text @returns {Reading} */
  function readNumber(input, text) {
    const read = exactNumber(text);
    if (!read) {
      const grouped = /^-?\d{1,3}([,' _\u00a0\u202f]\d{3})+(\.\d+)?$/.test(text);
      return { problem: 'expected a number such as 4999 or 0.5' + (grouped ? ', without separators' : '') };
    }
    const problem = limits(input, read.scaled);
    if (problem) return { problem: problem };
    if (input.decimals != null && read.decimals > input.decimals) {
      return { problem: 'expected ' + (input.decimals ? 'at most ' + input.decimals : 'no') + ' decimals' };
    }
    return { value: read.scaled };
  }

  /** @param {Input} input @param {string} text @returns {Reading} */
  function readDay(input, text) {
    const value = day(text);
    if (!value) return { problem: 'expected a day such as 2026-01-31' };
    const problem = limits(input, value);
    return problem ? { problem: problem } : { value: value };
  }

  /** @param {string[]} values @param {string} text @returns {Reading} */
  function readWord(values, text) {
    return values.includes(text) ? { value: text } : { problem: 'expected ' + values.join(' or ') };
  }

  /* A value that is missing is null, which is not the same as a field that was left empty. */
  /** @param {Input} input @param {unknown} raw @returns {Reading} */
  function read(input, raw) {
    const text = raw == null ? '' : String(raw);
    if (input.may_be_missing && (raw == null || text === 'null')) return { value: null };
    if (text.trim() === '') return { problem: 'please fill this in' + (input.may_be_missing ? ', or say that it is not known' : '') };
    if (input.type === 'number') return readNumber(input, text);
    if (input.type === 'date') return readDay(input, text);
    return readWord(input.type === 'boolean' ? ['true', 'false'] : input.values || [], text);
  }

  /** @param {bigint | string} value @param {bigint | string} limit @param {boolean} closed */
  function beyond(value, limit, closed) {
    return closed ? value >= limit : value > limit;
  }

  /** @param {Input} input @param {Test} test @param {bigint | string | null} value */
  function meets(input, test, value) {
    if (value === null || test.equal === null) return value === null && test.equal === null;
    if ('equal' in test) return value === comparable(input, String(test.equal));
    return (!test.low || beyond(value, comparable(input, test.low.value), test.low.closed)) &&
      (!test.high || beyond(comparable(input, test.high.value), value, test.high.closed));
  }

  /** @param {Table} data @param {Rule} rule @param {Map<string, bigint | string | null>} values */
  function matches(data, rule, values) {
    return data.inputs.every(function (input) {
      if (!Object.hasOwn(rule.when, input.id)) return true;
      const condition = rule.when[input.id];
      const met = condition.tests.some(function (test) { return meets(input, test, /** @type {bigint | string | null} */ (values.get(input.id))); });
      return met !== condition.not;
    });
  }

  /*
   * Decide one case. `given` maps input ids to text. Returns {rule, problems}: the rule of the data that decides, or null
   * with a list of {input, message}; input is null when the table itself has no single answer.
   */
  /** @param {Table} data @param {Record<string, unknown>} given @returns {Answer} */
  function decide(data, given) {
    /** @type {Map<string, bigint | string | null>} */
    const values = new Map();  /* an input may be called __proto__ or constructor */
    /** @type {Answer['problems']} */
    const problems = [];
    data.inputs.forEach(function (input) {
      const result = read(input, Object.hasOwn(given, input.id) ? given[input.id] : null);
      if (result.value === undefined) problems.push({ input: input.id, message: input.label + ': ' + result.problem + '.' });
      else values.set(input.id, result.value);
    });
    if (problems.length) return { rule: null, problems: problems };
    const rules = data.rules.filter(function (rule) { return matches(data, rule, values); });
    if (!rules.length) return undecided('No rule matches this case, so the agent may not act.');
    if (rules.length > 1 && data.hit_policy === 'unique') {
      const ids = rules.map(function (rule) { return rule.id; }).join(', ');
      return undecided('Several rules match this case (' + ids + '), so the agent may not act.');
    }
    return { rule: rules[0], problems: [] };
  }

  /** @param {string} message @returns {Answer} */
  function undecided(message) {
    return { rule: null, problems: [{ input: null, message: message }] };
  }

  /** @param {Element} output @param {string} kind @param {string} text */
  function line(output, kind, text) {
    const element = document.createElement('span');
    element.dataset.line = kind;
    element.append(text);
    output.append(element, ' ');
    return element;
  }

  /** @param {string} text */
  function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  /** @param {Element} output @param {Rule} rule @param {string} link */
  function showRule(output, rule, link) {
    line(output, 'outcome', rule.outcome_label + '.');
    if (rule.who_text) line(output, 'who', capitalised(rule.who_text) + '.');
    else line(output, 'meaning', rule.outcome_meaning);
    if (rule.within_words) line(output, 'within', 'Time limit: ' + rule.within_words + '.');
    if (rule.no_limit_reason) line(output, 'within', 'Why there is none: ' + rule.no_limit_reason);
    if (rule.timeout_text) line(output, 'timeout', capitalised(rule.timeout_text) + '.');
    if (rule.told_text) line(output, 'told', capitalised(rule.told_text) + '.');
    line(output, 'reason', 'Why: ' + rule.reason);
    const anchor = document.createElement('a');
    anchor.href = link + rule.id.toLowerCase();
    anchor.append(rule.id);
    line(output, 'rule', 'Rule: ').append(anchor);
  }

  /** @param {HTMLFormElement} form @param {Table} data @param {Element} output */
  function respond(form, data, output) {
    const given = Object.fromEntries(Array.from(new FormData(form), function (field) {
      return [field[0].slice(PREFIX.length), field[1]];
    }));
    const answer = decide(data, given);
    const wrong = new Set(answer.problems.map(function (problem) { return PREFIX + problem.input; }));
    Array.from(form.elements).forEach(function (field) {
      if (wrong.has(/** @type {HTMLInputElement} */ (field).name)) field.setAttribute('aria-invalid', 'true');
      else field.removeAttribute('aria-invalid');
    });
    output.replaceChildren();
    answer.problems.forEach(function (problem) { line(output, 'problem', problem.message); });
    if (answer.rule) showRule(output, answer.rule, form.dataset.ruleLink || '#');
    const first = /** @type {HTMLElement} */ (form.querySelector('[aria-invalid]'));
    if (first) first.focus();
  }

  /* A text field is off while its value is said to be not known. */
  /** @param {HTMLFormElement} form */
  function switchFields(form) {
    /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('input[type="checkbox"]')).forEach(function (box) {
      Array.from(form.elements).forEach(function (element) {
        const field = /** @type {HTMLInputElement} */ (element);
        if (field !== box && field.name === box.name) field.disabled = box.checked;
      });
    });
  }

  /** @param {HTMLFormElement} form */
  function start(form) {
    const source = /** @type {Element} */ (form.parentElement).querySelector('script[type="application/json"]');
    const output = /** @type {Element} */ (form.querySelector('output'));
    const data = JSON.parse(/** @type {Element} */ (source).textContent || '');
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      respond(form, data, output);
    });
    /* An answer to other values must not stay in sight. */
    form.addEventListener('input', function () {
      output.replaceChildren();
      switchFields(form);
    });
    switchFields(form);
    form.hidden = false;
  }

  function startAll() {
    /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-opmodel-decide]')).forEach(start);
  }

  /** @type {any} */ (window).opmodelDecide = { decide: decide };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', startAll);
  else startAll();
})();
