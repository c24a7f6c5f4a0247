/*
 * What the form knows of packets: the JSON Schema, what may be named, and what is wrong with one value.
 *
 * The files of this folder are sent as one script, write.js. Each is a function of what it needs; page.js starts the form.
 */
'use strict';

/**
 * A part of the JSON Schema, with a label (title), the kind of text (x-kind), what that expects in words (x-expected),
 * the kind of thing that it names (x-reference), and whether the role or team that it names runs a control (x-acts). The
 * form adds whether an empty list is asked for later (owed), and what each line of a text must be (lines).
 * @typedef {Record<string, any>} Part
 */
/**
 * A value that may be chosen: its id, its name, and its side if it has one.
 * @typedef {[string, string, string]} Choice
 */
/**
 * The data that the page gives to the form; see views/packet_form.py.
 * @typedef {object} Given
 * @property {Part} schema
 * @property {Part} id
 * @property {Part} date
 * @property {{ pattern: string, seconds: number[] }} duration
 * @property {string} visible
 * @property {string} no_characters
 * @property {Record<string, Choice[]>} choices
 * @property {{ id: string, title: string, meaning: string }[]} gates
 * @property {Record<string, string>} layers
 * @property {Record<string, string>} sections
 * @property {Data} blank
 * @property {string} placeholder
 * @property {string} today
 * @property {string} edit
 */
/**
 * The form as its modules share it: what the page gives, what is filled in now, and what must look at each change.
 * @typedef {object} Form
 * @property {Given} given
 * @property {Data} now
 * @property {(() => void)[]} watchers
 * @property {() => void} changed
 */
/**
 * Where a mistake is shown.
 * @typedef {{ id: string, title: string, touch: () => void, show: (message: string) => void }} Frame
 */
/**
 * Something that is wrong. A packet with faults of form cannot be read; the others are found by rules of the check.
 * @typedef {{ frame: Frame, message: string, form: boolean }} Fault
 */
/**
 * A part of the form: what is shown, its value (undefined when empty), and what is wrong with it.
 * @typedef {object} Field
 * @property {HTMLElement} node
 * @property {() => any} read
 * @property {(found: any) => void} fill
 * @property {() => Fault[]} faults
 * @property {Frame} [frame]
 */
/** @typedef {ReturnType<typeof writeSchema>} Schema */

/**
 * Return the value at a path such as shared/approval, or undefined.
 * @param {Data} data
 * @param {string} path
 * @returns {any}
 */
function writeGet(data, path) {
  return path.split('/').reduce(
    (found, step) => (found && Object.hasOwn(found, step) ? found[step] : undefined), /** @type {any} */ (data));
}

/**
 * Return one mapping with the entries of several, the last one first in rank. It has no prototype, so that every name of
 * an input can be a key.
 * @param {Data[]} mappings
 * @returns {Data}
 */
function writeMerged(...mappings) {
  const merged = Object.create(null);
  for (const [key, value] of mappings.flatMap((mapping) => Object.entries(mapping))) merged[key] = value;
  return merged;
}

/** @param {Form} form */
function writeSchema(form) {
  const given = form.given;
  const TEXTS = ['line', 'prose', 'markdown', 'link'];
  const VISIBLE = new RegExp(given.visible, 'u');
  const NO_CHARACTERS = new RegExp(given.no_characters, 'u');

  /**
   * Return a part with its definition, and without the alternative of being left out.
   * @param {Part} part
   * @returns {Part}
   */
  function resolved(part) {
    if (part.$ref) return { ...given.schema.$defs[part.$ref.split('/').pop()], ...part, $ref: undefined };
    const options = (part.anyOf || []).filter((/** @type {Part} */ option) => option.type !== 'null');
    if (!options.length) return part;
    const number = options.find((/** @type {Part} */ option) => option.type === 'number');
    const own = ['description', 'title', 'x-reference', 'x-acts'].filter((key) => part[key]).map((key) => [key, part[key]]);
    return { ...part, ...resolved(number || options[0]), ...Object.fromEntries(own), anyOf: undefined };
  }

  /**
   * Return a value without the parts that are of another shape than the schema says, such as a number where a list
   * belongs: no field could hold them.
   * @param {Part} raw
   * @param {any} value
   * @returns {any}
   */
  function fitting(raw, value) {
    const part = resolved(raw);
    const isScalar = value instanceof Exact || typeof value !== 'object';
    const isMapping = !isScalar && value !== null && !Array.isArray(value);
    if (part.type === 'array') {
      const items = Array.isArray(value) ? value.map((each) => fitting(part.items, each)) : undefined;
      return items && items.filter((each) => each !== undefined);
    }
    if (part.discriminator) {
      const kind = isMapping && part.discriminator.mapping[value.type];
      return kind ? fitting({ $ref: kind }, value) : undefined;
    }
    if (!part.properties && !part.additionalProperties) return isScalar ? value : undefined;
    if (!isMapping) return undefined;
    const kept = Object.entries(value).map(([key, each]) => [key, fittingKey(part, key, each)]);
    return writeMerged(Object.fromEntries(kept.filter(([, each]) => each !== undefined)));
  }

  /**
   * @param {Part} part
   * @param {string} key
   * @param {any} value
   */
  function fittingKey(part, key, value) {
    const inner = part.properties ? Object.hasOwn(part.properties, key) && part.properties[key] : part.additionalProperties;
    return inner ? fitting(inner, value) : undefined;
  }

  /** @param {{ id?: string }[] | undefined} list */
  function ids(list) { return (list || []).flatMap((each) => each.id || []); }

  /**
   * What may be named: what the site has, and what this packet itself declares.
   * @param {string} kind
   * @returns {string[]}
   */
  function known(kind) {
    if (given.choices[kind]) return given.choices[kind].map((choice) => choice[0]);
    if (kind === 'party') return ids(writeGet(form.now, 'shared/approval/parties'));
    if (kind === 'case') return ids(writeGet(form.now, 'shared/exceptions/cases'));
    return kind === 'rule' ? ids(writeGet(form.now, 'shared/approval/rules')) : [];
  }

  /**
   * Return what a part may name: those who run a control are on one of the sides that sign.
   * @param {Part} part
   */
  function offered(part) {
    return (given.choices[part['x-reference']] || []).filter((choice) => !part['x-acts'] || choice[2] !== 'assurance');
  }

  /**
   * Return the side of a role or team; nothing for one that the site does not have.
   * @param {string} kind
   * @param {string} name
   */
  function sideOf(kind, name) {
    const found = (given.choices[kind] || []).find((choice) => choice[0] === name);
    return found ? found[2] : '';
  }

  /** @param {string} text */
  function isDay(text) {
    const day = new Date(text + 'T00:00:00Z');
    return /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(Number(day)) && day.toISOString().startsWith(text);
  }

  /**
   * Whether text has the form that the schema asks for.
   * @param {Part} part
   * @param {string} text
   */
  function isOfKind(part, text) {
    if (part['x-kind'] === 'date') return isDay(text);
    if (TEXTS.includes(part['x-kind']) && NO_CHARACTERS.test(text)) return false;
    return part.type !== 'string' || !part.pattern || new RegExp(part.pattern).test(text);
  }

  /**
   * Return what is wrong with the form of one value, in a sentence; nothing when it is right.
   * @param {Part} part
   * @param {string} text
   */
  function wrong(part, text) {
    const length = [...text].length;
    if (part.maxLength && length > part.maxLength) return 'At most ' + part.maxLength + ' characters; these are ' + length + '.';
    if (part.type === 'integer' && !/^\d+$/.test(text)) return 'Write a whole number, such as 120.';
    if (part.type === 'number' && !/^-?\d{1,30}(\.\d{1,30})?$/.test(text)) return 'Write a number with a point, such as 7.5.';
    if (part.maximum !== undefined && Number(text) > part.maximum) return 'At most ' + part.maximum + '.';
    if (part.minimum !== undefined && Number(text) < part.minimum) return 'At least ' + part.minimum + '.';
    if (TEXTS.includes(part['x-kind']) && !VISIBLE.test(text)) return 'Write text that a reader can see.';
    return isOfKind(part, text) ? '' : 'Write ' + part['x-expected'] + '.';
  }

  /**
   * Return a sentence when nothing has the name that a value gives.
   * @param {Part} part
   * @param {string} text
   */
  function unknown(part, text) {
    const kind = part['x-reference'];
    if (!kind || kind === 'input') return '';
    if (part['x-acts'] && sideOf(kind, text) === 'assurance') return 'Choose a ' + kind + ' on the Business or IT side.';
    if (known(kind).includes(text)) return '';
    const have = known(kind);
    return 'No ' + kind + ' is called “' + text + '”' + (have.length ? '; there are ' + have.join(', ') : '') + '.';
  }

  return { resolved, fitting, known, offered, sideOf, wrong, unknown };
}
