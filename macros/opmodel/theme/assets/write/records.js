/* The parts of the form that hold several fields: records, and lists and mappings of them. */
'use strict';

/** @typedef {ReturnType<typeof writeRecords>} Records */

/**
 * @param {Form} form
 * @param {Schema} schema
 * @param {Fields} fields
 */
function writeRecords(form, schema, fields) {
  const given = form.given;

  /**
   * A record: a field for each of its keys.
   * @param {{ properties: Record<string, Part>, required?: string[] }} part
   * @param {boolean} needed
   * @returns {Field}
   */
  function record(part, needed) {
    const parts = Object.entries(part.properties).map(
      ([name, raw]) => ({ name, field: any(raw, (part.required || []).includes(name)) }));
    function read() {
      /** @type {Data} */
      const found = {};
      parts.forEach(({ name, field }) => {
        const value = field.read();
        if (value !== undefined) found[name] = value;
      });
      return needed || Object.keys(found).length ? found : undefined;
    }
    return {
      node: writeElement('div', { className: 'om-write__record' }, parts.map(({ field }) => field.node)),
      read,
      fill: (found) => { parts.forEach(({ name, field }) => { field.fill((found || {})[name]); }); },
      faults() {
        const found = read();
        if (found === undefined) return [];
        const team = parts.find(({ name }) => name === 'team');
        return parts.flatMap(({ field }) => field.faults()).concat(sideFault(found, team && team.field.frame));
      },
    };
  }

  /**
   * A team that holds a role is on the role's side.
   * @param {Data} found
   * @param {Frame | undefined} frame
   * @returns {Fault[]}
   */
  function sideFault(found, frame) {
    const side = schema.sideOf('role', found.role || found.key);
    const other = schema.sideOf('team', found.team);
    if (!frame || !side || !other || side === other) return [];
    const message = 'The role is on the ' + given.layers[side] + ' side, and this team on the ' + given.layers[other] + ' side.';
    frame.touch();
    frame.show(message);
    return [{ frame, message, form: false }];
  }

  /**
   * @param {Part} part
   * @param {Field} inner
   */
  function group(part, inner) {
    const legend = writeElement('legend', { textContent: part.title });
    const help = writeElement('p', { className: 'om-write__help', textContent: part.description || '' });
    return { ...inner, node: writeElement('fieldset', { className: 'om-write__group' }, [legend, help, inner.node]) };
  }

  /**
   * A mapping of records, such as the holder of each role: a list whose entries choose their key.
   * @param {Part} part
   * @returns {Field}
   */
  function keyed(part) {
    const value = schema.resolved(part.additionalProperties);
    const key = { title: 'Role', 'x-reference': part['x-reference'], type: 'string', description: 'Which role.' };
    const entry = { properties: { key, ...value.properties }, required: ['key', ...value.required] };
    const inner = writeList(form, part, true, () => record(entry, true), singular(part));
    return {
      node: inner.node,
      read() {
        const found = Object.create(null);
        inner.read().forEach((/** @type {Data} */ { key: name, ...rest }) => { if (name) found[name] = rest; });
        return Object.keys(found).length ? found : undefined;
      },
      fill: (found) => { inner.fill(Object.entries(found || {}).map(([name, rest]) => ({ key: name, ...rest }))); },
      faults: inner.faults,
    };
  }

  /**
   * A value for each input of the decision: conditions of a rule, or the values of an example.
   * @param {(input: Data) => Field} makeField
   * @returns {Field}
   */
  function byInput(makeField) {
    const node = writeElement('div', { className: 'om-write__record' });
    /** @type {Map<string, Field>} */
    let shown = new Map();
    let last = '';
    /** @type {Data} */
    let waiting = {}; // values of inputs that may come yet
    function build() {
      /** @type {Data[]} */
      const inputs = (writeGet(form.now, 'shared/approval/inputs') || []).filter((/** @type {Data} */ each) => each.id);
      const next = JSON.stringify(inputs.map((each) => [each.id, each.type, each.values, each.may_be_missing]));
      if (next === last) return;
      last = next;
      const kept = writeMerged(waiting, read());
      shown = new Map(inputs.map((input) => [input.id, makeField(input)]));
      node.replaceChildren(...Array.from(shown.values(), (field) => field.node));
      fill(kept);
    }
    function read() {
      const found = Object.create(null);
      shown.forEach((field, name) => {
        const value = field.read();
        if (value !== undefined) found[name] = value;
      });
      return found;
    }
    /** @param {Data | undefined} found */
    function fill(found) {
      waiting = writeMerged(found || {});
      shown.forEach((field, name) => { field.fill(waiting[name]); });
    }
    form.watchers.push(() => { if (node.isConnected) build(); });
    return { node, read, fill, faults: () => Array.from(shown.values()).flatMap((field) => field.faults()) };
  }

  /** @param {Data} input */
  function condition(input) {
    const ways = new Map([['choice', '"matched", "partial"'], ['boolean', 'true'], ['date', '>= date("2027-01-01")']]);
    const description = 'A condition such as ' + (ways.get(input.type) || '< 500 or [500..5000)') + '; leave it empty for anything.';
    return fields.text({ type: 'string', maxLength: 900, title: 'When ' + input.id, description }, false);
  }

  /** @param {Data} input */
  function exampleValue(input) {
    const part = { title: input.id, description: input.label || '', type: 'string' };
    const needed = !input.may_be_missing;
    if (input.type === 'choice') return fields.choice({ ...part, enum: input.values || [] }, needed);
    if (input.type === 'number') return fields.text({ ...part, type: 'number' }, needed);
    if (input.type === 'date') return fields.text({ ...given.date, ...part }, needed);
    return truth(part, needed);
  }

  /**
   * @param {Part} part
   * @param {boolean} needed
   * @returns {Field}
   */
  function truth(part, needed) {
    const made = fields.choice({ ...part, enum: ['true', 'false'] }, needed);
    return { ...made, read: () => made.read() && made.read() === 'true' };
  }

  /**
   * One of several records, told apart by their type.
   * @param {Part} part
   * @returns {Field}
   */
  function variant(part) {
    const kinds = Object.keys(part.discriminator.mapping);
    const type = fields.choice({ enum: kinds, title: 'Type', description: 'What kind of value it is.', type: 'string' }, true);
    const holder = writeElement('div');
    /** @type {Field | null} */
    let body = null;
    let shown = '';
    function build() {
      const wanted = type.read() || '';
      if (wanted === shown) return;
      const kept = body ? body.read() : {};
      shown = wanted;
      body = null;
      holder.replaceChildren();
      if (!Object.hasOwn(part.discriminator.mapping, wanted)) return;
      const { properties: { type: omitted, ...properties }, required } = schema.resolved({ $ref: part.discriminator.mapping[wanted] });
      body = record({ properties, required: required.filter((/** @type {string} */ name) => name !== 'type') }, true);
      body.fill(kept);
      holder.append(body.node);
    }
    type.node.addEventListener('change', build);
    return {
      node: writeElement('div', {}, [type.node, holder]),
      read() {
        const found = body ? body.read() : {};
        return { id: found.id, type: type.read(), ...found };
      },
      fill(found) {
        type.fill((found || {}).type);
        build();
        if (body) body.fill(found);
      },
      faults: () => type.faults().concat(body ? body.faults() : []),
    };
  }

  /** @param {Part} part */
  function singular(part) {
    const words = new Map([['Others', 'role'], ['Approved by', 'step'], ['Access', 'grant of access'], ['Forbidden', 'forbidden action']]);
    const label = part.title || 'entry';
    return words.get(label) || label.toLowerCase().replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  }

  /**
   * @param {Part} part
   * @param {boolean} needed
   */
  function list(part, needed) {
    const item = schema.resolved(part.items);
    if (item.discriminator) return group(part, writeList(form, part, needed, () => variant(item), 'input'));
    if (item.properties) {
      return group(part, writeList(form, part, needed, () => record(/** @type {any} */ (item), true), singular(part)));
    }
    if (item.enum) return fields.boxes(part, needed, item.enum.map((/** @type {string} */ word) => [word, word]));
    const choices = given.choices[part['x-reference']] && schema.offered(part);
    return choices ? fields.boxes(part, needed, choices.map(fields.offered)) : fields.lines(part, needed, item);
  }

  /**
   * Return the part of the form for any part of the schema.
   * @param {Part} raw
   * @param {boolean} needed
   * @returns {Field}
   */
  function any(raw, needed) {
    const part = schema.resolved(raw);
    if (part.type === 'array') return list(part, needed);
    if (part.properties) return group(part, record(/** @type {any} */ (part), needed));
    if (part.additionalProperties && part['x-reference'] === 'input') {
      return group(part, byInput(part.additionalProperties.anyOf ? exampleValue : condition));
    }
    if (part.additionalProperties) return group(part, keyed(part));
    if (part.type === 'boolean') return truth(part, needed);
    return part.enum || part['x-reference'] ? fields.choice(part, needed) : fields.text(part, needed);
  }

  return { any };
}
