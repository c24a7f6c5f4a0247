/* The packet that is filled in: its sections, in the order of a packet's page. */
'use strict';

/** @typedef {ReturnType<typeof writePacket>} PacketForm */

/**
 * @param {Form} form
 * @param {Schema} schema
 */
function writePacket(form, schema) {
  const given = form.given;
  const fields = writeFields(form, schema);
  const records = writeRecords(form, schema, fields);
  const ident = fields.text(given.id, true);
  /** @type {{ path: string[], field: Field }[]} */
  const parts = [];
  const body = writeElement('form', { className: 'om-write__form', noValidate: true, autocomplete: 'off' });
  body.setAttribute('aria-label', 'Packet');

  /** @param {string} layer */
  function badge(layer) {
    return writeElement('span', { className: 'om-badge om-layer om-layer--' + layer, textContent: given.layers[layer] });
  }

  /**
   * Return what a group holds, without the frame and title that its section has.
   * @param {Field} field
   */
  function bare(field) {
    return field.node.matches('fieldset.om-write__group') ? Array.from(field.node.children).slice(2) : [field.node];
  }

  /**
   * @param {Part} raw
   * @param {string[]} required
   * @param {string[]} path
   */
  function add(raw, required, path) {
    const field = records.any(raw, required.includes(path[path.length - 1]));
    parts.push({ path, field });
    return field;
  }

  /**
   * Return the sections of one layer.
   * @param {string} layer
   */
  function sections(layer) {
    const part = schema.resolved(given.schema.properties[layer]);
    return Object.entries(/** @type {Record<string, Part>} */ (part.properties)).map(([name, raw]) => {
      const shown = schema.resolved(raw);
      const title = given.sections[layer + '/' + name] || shown.title;
      return writeSection(title, shown.description, bare(add(raw, part.required, [layer, name])), badge(layer));
    });
  }

  function build() {
    const head = [ident.node];
    /** @type {HTMLElement[]} */
    const owners = [];
    /** @type {Map<string, HTMLElement[]>} */
    const layers = new Map();
    Object.entries(/** @type {Record<string, Part>} */ (given.schema.properties)).forEach(([name, raw]) => {
      if (Object.hasOwn(given.layers, name)) {
        layers.set(name, sections(name));
        return;
      }
      const field = add(raw, given.schema.required, [name]);
      if (name === 'owners') owners.push(writeSection('Owners', schema.resolved(raw).description, bare(field), badge('shared')));
      else head.push(field.node);
    });
    const first = writeSection('Packet', 'Name, status and dates.', [writeElement('div', { className: 'om-write__record' }, head)]);
    const sides = ['business', 'it'].map((side) => writeElement('div', {}, layers.get(side)));
    body.append(first, ...owners, writeElement('div', { className: 'om-write__sides' }, sides), ...(layers.get('shared') || []));
  }

  /** @returns {Data} */
  function read() {
    /** @type {Data} */
    const data = {};
    parts.forEach(({ path: [first, second], field }) => {
      const value = field.read();
      if (value === undefined) return;
      if (second === undefined) data[first] = value;
      else (data[first] = data[first] || {})[second] = value;
    });
    return data;
  }

  /**
   * Every role of the matrix has one holder: the two owners, and an entry for each other role.
   * @returns {Fault[]}
   */
  function roleFaults() {
    const owners = form.now.owners || {};
    const held = [(owners.value || {}).role, (owners.safety || {}).role].concat(Object.keys(owners.others || {}));
    const adder = body.querySelector('button[data-list="role"]');
    const frame = { id: adder ? adder.id : '', title: 'Owners', touch() {}, show() {} };
    return schema.known('role').flatMap((role) => {
      const times = held.filter((each) => each === role).length;
      const message = times ? 'The role ' + role + ' has two holders.' : 'Nobody holds the role ' + role + '.';
      return times === 1 ? [] : [{ frame, message, form: false }];
    });
  }

  /** A new packet starts as a draft of today, with a place for the holder of each role. */
  function begin() {
    const { value, safety, others } = given.blank.owners || {};
    fill({
      owners: {
        value: { role: value && value.role },
        safety: { role: safety && safety.role },
        others: writeMerged(Object.fromEntries(Object.keys(others || {}).map((role) => [role, {}]))),
      },
      shared: { approval: { hit_policy: 'unique' } },
      status: 'draft',
      revised: given.today,
    });
  }

  /**
   * Fill in what data has, and leave the rest as it is.
   * @param {Data} data
   */
  function fill(data) {
    parts.forEach(({ path, field }) => {
      const value = writeGet(data, path.join('/'));
      if (value !== undefined) field.fill(value);
    });
  }

  function empty() {
    ident.fill('');
    parts.forEach(({ field }) => { field.fill(undefined); });
  }

  /** Return everything that is wrong. */
  function faults() { return [ident, ...parts.map(({ field }) => field)].flatMap((field) => field.faults()).concat(roleFaults()); }

  /**
   * Return the control of the field with a name at the top of a packet.
   * @param {string} name
   */
  function input(name) {
    const found = name === 'id' ? ident : /** @type {{ field: Field }} */ (parts.find(({ path }) => path.join('/') === name)).field;
    return /** @type {HTMLInputElement} */ (found.node.querySelector('input'));
  }

  build();
  return { body, ident, read, fill, begin, empty, faults, input };
}
