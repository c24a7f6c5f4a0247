/*
 * The launch gates that the form judges itself. Each returns the reasons why it is open, and is open exactly when the gate
 * of that id in readiness/gates.py is.
 */
'use strict';

/** @typedef {(data: Data, faults: Fault[]) => string[]} Gate */

/**
 * Return the gates by id. The others, such as the proof of the approval table, take more than a browser has.
 * @param {Given} given
 * @param {(kind: string, name: string) => string} sideOf
 * @returns {Map<string, Gate>}
 */
function writeGates(given, sideOf) {
  const HOUR = 3600;
  const PLACEHOLDER = new RegExp(given.placeholder, 'iu');
  const DURATION = new RegExp(given.duration.pattern);

  /**
   * Return the length of a duration in seconds.
   * @param {string | undefined} text
   */
  function seconds(text) {
    const match = DURATION.exec(text || '');
    return match ? given.duration.seconds.reduce((sum, each, at) => sum + each * Number(match[at + 1] || 0), 0) : 0;
  }

  /** @param {any} value */
  function isAboveZero(value) { return Number(value instanceof Exact ? value.text : value) > 0; }

  /**
   * @param {any} value
   * @returns {string[]}
   */
  function texts(value) {
    if (typeof value === 'string') return [value];
    return value && typeof value === 'object' && !(value instanceof Exact) ? Object.values(value).flatMap(texts) : [];
  }

  /* Python takes the dotted capital and the small dotless i for an i where case does not matter. */
  /** @param {string} text */
  function isPlaceholder(text) { return PLACEHOLDER.test(text.replace(/[İı]/g, 'i')); }

  /** @type {Gate} */
  function definitionComplete(data, faults) {
    const lists = ['business/scope/in', 'business/scope/out', 'business/inputs', 'business/outcomes', 'it/forbidden',
      'it/contracts', 'it/policies'];
    const empty = lists.filter((path) => !(writeGet(data, path) || []).length);
    const unready = faults.filter((fault) => fault.form).length;
    return empty.map((path) => path.replace(/\//g, ', ') + ' is empty')
      .concat(texts(data).filter(isPlaceholder).map((text) => '“' + text.slice(0, 40) + '” is a placeholder'))
      .concat(unready ? [unready + (unready === 1 ? ' field is' : ' fields are') + ' not right yet'] : []);
  }

  /** @type {Gate} */
  function volumeMeasured(data) {
    const volume = writeGet(data, 'business/pain/volume') || {};
    return isAboveZero(volume.cases) && isAboveZero(volume.minutes_each) && seconds(volume.per) ? []
      : ['cases, period and minutes must be above zero'];
  }

  /** @type {Gate} */
  function accessJustified(data) {
    /** @type {Data[]} */
    const grants = writeGet(data, 'it/access') || [];
    if (!grants.length) return ['no access is listed'];
    return grants.filter((grant) => !grant.justification)
      .map((grant) => 'access “' + (grant.id || '?') + '” has no justification');
  }

  /* A role or team that the site does not have is a mistake of its own, and could be on either side. */

  /** @type {Gate} */
  function supportReachable(data) {
    const support = writeGet(data, 'it/support') || {};
    /** @type {Data[]} */
    const tiers = support.tiers || [];
    const sides = tiers.map((tier) => (tier.team ? sideOf('team', tier.team) || 'it' : ''));
    return (support.runbook ? [] : ['there is no runbook'])
      .concat(sides.includes('it') ? [] : [sides.length ? 'no tier is held by a team on the IT side' : 'no tier is listed'])
      .concat(tiers.filter((tier) => !seconds(tier.response))
        .map((tier) => 'tier “' + (tier.id || '?') + '” has no time in which it answers'));
  }

  /** @type {Gate} */
  function agentStoppable(data) {
    const stop = writeGet(data, 'it/support/stop') || {};
    const sides = (stop.who || []).map((/** @type {string} */ role) => sideOf('role', role));
    const missing = ['business', 'it'].filter((side) => !sides.includes(side) && !sides.includes(''));
    const within = seconds(stop.within);
    return missing.map((side) => 'nobody on the ' + given.layers[side] + ' side may stop the agent')
      .concat(within > 0 && within <= HOUR ? [] : ['stopping must take an hour at most']);
  }

  /** @type {Gate} */
  function exceptionsOwned(data) {
    const queue = writeGet(data, 'shared/exceptions') || {};
    /** @type {Data[]} */
    const cases = queue.cases || [];
    return [
      ...((queue.states || []).length < 2 ? ['a queue needs at least two states'] : []),
      ...(cases.length ? [] : ['no case is listed']),
      ...cases.filter((each) => !seconds(each.within)).map((each) => 'case “' + (each.id || '?') + '” has no time limit'),
    ];
  }

  /** @type {Gate} */
  function failureCasesPassed(data) {
    /** @type {Data[]} */
    const cases = writeGet(data, 'shared/failure_cases') || [];
    if (!cases.length) return ['no failure case is listed'];
    const isCurrent = (/** @type {Data} */ each) => each.date && each.date <= given.today &&
      (each.covered || (data.revised || '') <= each.date); // opmodel check compares the digest
    return cases.filter((each) => each.result !== 'passed' || !each.evidence || !isCurrent(each))
      .map((each) => '“' + (each.id || '?') + '” has not passed with evidence since the last change');
  }

  /** @type {Gate} */
  function auditRetentionSet(data) {
    const audit = writeGet(data, 'shared/audit') || {};
    return [
      (audit.records || []).length ? '' : 'no record is listed',
      seconds(audit.retention) ? '' : 'no retention is set',
      (audit.readers || []).length ? '' : 'nobody may read the records',
    ].filter(Boolean);
  }

  return new Map([
    ['definition-complete', definitionComplete],
    ['volume-measured', volumeMeasured],
    ['access-justified', accessJustified],
    ['support-reachable', supportReachable],
    ['agent-stoppable', agentStoppable],
    ['exceptions-owned', exceptionsOwned],
    ['failure-cases-passed', failureCasesPassed],
    ['audit-retention-set', auditRetentionSet],
  ]);
}
