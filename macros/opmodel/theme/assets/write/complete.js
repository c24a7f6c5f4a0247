/* What is left out of a packet, written as opmodel new writes it: TBD where words are owed, and a table that is proven. */
'use strict';

/**
 * Return the paths of the lists that are empty on purpose, such as it/policies.
 * @param {Data} data
 * @param {string} path
 * @returns {string[]}
 */
function writeEmptyLists(data, path = '') {
  return Object.entries(data).flatMap(([key, value]) => {
    if (Array.isArray(value)) return value.length ? [] : [path + key];
    return value && typeof value === 'object' && !(value instanceof Exact) ? writeEmptyLists(value, path + key + '/') : [];
  });
}

/**
 * Return a function that adds everything that a packet must have, and has not yet, to its data.
 * @param {Given} given
 * @param {Schema} schema
 */
function writeComplete(given, schema) {
  /** @type {Data} what a new packet has */
  const blank = JSON.parse(JSON.stringify(given.blank), Exact.revived);
  const { value = {}, safety = {}, others = {} } = blank.owners || {};
  const holders = writeMerged(others, { [value.role]: value, [safety.role]: safety });

  /**
   * Return a value for a field that a new packet does not have.
   * @param {Part} part
   * @returns {any}
   */
  function placeholder(part) {
    if (part.properties) return record(part, {}, {});
    if (part.type === 'array') return part.minItems ? [any(schema.resolved(part.items), undefined, undefined)] : [];
    if (part.additionalProperties) return {};
    if (part.type === 'integer' || part.type === 'number') return new Exact(String(part.minimum || 0));
    if (part.enum) return part.enum[0];
    if (part['x-kind'] === 'date') return given.today;
    if (part['x-kind'] === 'duration' || part['x-kind'] === 'time-limit') return 'P1D';
    return schema.known(part['x-reference'])[0] || 'TBD';
  }

  /**
   * @param {Part} part
   * @param {Data} data
   * @param {Data} sample what a new packet has here
   * @returns {Data}
   */
  function record(part, data, sample) {
    const usual = writeMerged(sample, holders[data.role] || {}); // the team that usually holds the role
    const names = Object.keys(part.properties).filter((name) => data[name] !== undefined || (part.required || []).includes(name));
    const made = names.map((name) => [name, any(schema.resolved(part.properties[name]), data[name], usual[name])]);
    return writeMerged(Object.fromEntries(made));
  }

  /**
   * Return an id that no other entry has.
   * @param {string} usual
   * @param {string[]} taken
   */
  function freeId(usual, taken) {
    const stem = usual.replace(/-?\d+$/, '');
    const isNumbered = /-\d+$/.test(usual);
    let id = usual;
    for (let number = 2; taken.includes(id); number += 1) id = stem + (isNumbered ? '-' + String(number).padStart(2, '0') : number);
    return id;
  }

  /**
   * @param {Part} part
   * @param {Data[]} items
   * @param {Data} sample the first entry of a new packet
   */
  function list(part, items, sample) {
    const taken = items.map((item) => item.id).filter(Boolean);
    return items.map((item) => {
      const made = any(part, item, sample);
      if (!Object.hasOwn(made, 'id') || item.id) return made;
      taken.push(freeId(sample.id || 'new', taken));
      return writeMerged(made, { id: taken[taken.length - 1] });
    });
  }

  /**
   * One of several records: a yes-or-no input, until somebody chooses another type.
   * @param {Part} part
   * @param {Data} data
   * @param {Data} sample
   */
  function variant(part, data, sample) {
    const type = data.type || 'boolean';
    return record(schema.resolved({ $ref: part.discriminator.mapping[type] }), writeMerged(data, { type }), { id: sample.id, label: sample.label });
  }

  /**
   * @param {Part} part
   * @param {any} data
   * @param {any} sample
   * @returns {any}
   */
  function any(part, data, sample) {
    if (data === undefined || (Array.isArray(data) && !data.length)) return sample === undefined ? placeholder(part) : sample;
    if (part.discriminator) return variant(part, data, sample || {});
    if (part.properties) return record(part, data, sample || {});
    const item = schema.resolved(part.items || part.additionalProperties || {});
    if (part.type === 'array') return item.properties || item.discriminator ? list(item, data, (sample || [])[0] || {}) : data;
    if (!item.properties) return data;
    return writeMerged(Object.fromEntries(Object.entries(data).map(([key, each]) => [key, record(item, each, holders[key] || {})])));
  }

  /**
   * The rules of a new packet are about inputs and parties of its own; for others there is one that refuses every case.
   * @param {Data} shared
   * @returns {Data}
   */
  function approval(shared) {
    const [own, sample] = [shared.approval || {}, writeGet(blank, 'shared/approval') || {}];
    if (!sample.rules || !['parties', 'inputs', 'rules', 'examples'].some((name) => (own[name] || []).length)) return sample;
    const exception = ((writeGet(shared, 'exceptions/cases') || [])[0] || {}).id;
    const refuse = writeMerged(sample.rules[sample.rules.length - 1], { id: 'AP-01', when: {} }, exception ? { exception } : {});
    const started = ((own.parties || [])[0] || {}).id;
    return writeMerged(sample, { rules: [refuse] }, started ? { started_by: started } : {});
  }

  /**
   * Return a holder for each role that nobody holds yet.
   * @param {Data} owners
   */
  function free(owners) {
    const held = [owners.value.role, owners.safety.role, ...Object.keys(owners.others)];
    return Object.fromEntries(Object.entries(holders).filter(([role]) => schema.known('role').includes(role) && !held.includes(role))
      .map(([role, { team, holder }]) => [role, { team, holder }]));
  }

  /**
   * Return what a new packet has, but for the lists at some paths, which are empty.
   * @param {Data} sample
   * @param {string[]} paths
   * @returns {Data}
   */
  function without(sample, paths) {
    return writeMerged(Object.fromEntries(Object.entries(sample).map(([key, each]) => {
      if (paths.includes(key)) return [key, []];
      const inner = paths.filter((path) => path.startsWith(key + '/')).map((path) => path.slice(key.length + 1));
      return [key, inner.length ? without(each, inner) : each];
    })));
  }

  /**
   * @param {Data} data
   * @param {string[]} empty the paths of the lists that stay empty
   */
  function complete(data, empty) {
    const shared = writeMerged(blank.shared || {}, { approval: approval(data.shared || {}) });
    const { owners } = data;
    const made = record(given.schema, writeMerged(data, { owners: writeMerged(owners || {}, { others: (owners || {}).others || {} }) }), without(writeMerged(blank, { shared }), empty));
    made.owners.others = writeMerged(made.owners.others, free(made.owners));
    return made;
  }
  return complete;
}
