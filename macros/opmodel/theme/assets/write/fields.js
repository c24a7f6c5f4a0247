/* The fields of the form that hold one value or a list of words: each with its label, help and error. */
'use strict';

/** @typedef {ReturnType<typeof writeFields>} Fields */

/**
 * @param {Form} form
 * @param {Schema} schema
 */
function writeFields(form, schema) {
  const given = form.given;

  /** @param {string} text */
  function tidy(text) { return text.replace(/\r\n?/g, '\n').split('\n').map((line) => line.trim()).join('\n').trim(); }

  /**
   * One control, or a group of them, with its label, help and error.
   * @param {HTMLElement} input
   * @param {Part} part
   * @param {boolean} needed
   * @param {boolean} [isGroup]
   */
  function control(input, part, needed, isGroup = false) {
    const id = writeId();
    const help = writeElement('p', { id: id + '-help', className: 'om-write__help', textContent: part.description || '' });
    const error = writeElement('p', { id: id + '-error', className: 'om-write__error' });
    const title = (part.title || '') + (needed || part.owed ? '' : ' (optional)');
    const label = isGroup ? writeElement('legend', { textContent: title }) : writeElement('label', { textContent: title, htmlFor: id });
    const node = writeElement(isGroup ? 'fieldset' : 'div', { className: 'om-write__field' }, [label, help, input, error]);
    const target = isGroup ? node : input;
    if (!isGroup) input.id = id;
    target.setAttribute('aria-describedby', id + '-help ' + id + '-error');
    if (!isGroup) input.toggleAttribute('required', needed);
    let touched = false;
    /** @param {string} message */
    function show(message) {
      const shown = touched ? message : '';
      if (error.textContent !== shown) error.textContent = shown;
      target.setAttribute('aria-invalid', shown ? 'true' : 'false');
      node.classList.toggle('om-write__field--wrong', Boolean(shown));
    }
    function touch() { touched = true; }
    node.addEventListener('change', touch);
    node.addEventListener('focusout', () => {
      touch();
      form.changed();
    });
    return { node, id, title, show, touch };
  }

  /**
   * Return what is wrong with text, line by line where a field holds one entry a line.
   * @param {Part} part
   * @param {string} text
   * @param {boolean} needed
   * @returns {{ message: string, form: boolean } | undefined}
   */
  function mistake(part, text, needed) {
    if (!text) return needed ? { message: 'Fill this in.', form: true } : undefined;
    const each = part.lines || part;
    const lines = part.lines ? text.split('\n') : [text];
    const message = lines.map((line) => schema.wrong(each, line)).find(Boolean);
    if (message) return { message, form: true };
    const name = lines.map((line) => schema.unknown(each, line)).find(Boolean);
    return name ? { message: name, form: false } : undefined;
  }

  /**
   * A field with one control, whose value is text.
   * @param {Part} part
   * @param {boolean} needed
   * @param {HTMLElement} input
   * @param {() => string} value
   * @param {(text: string) => void} set
   */
  function single(part, needed, input, value, set) {
    const frame = control(input, part, needed);
    return {
      node: frame.node,
      frame,
      /** @returns {any} */
      read: () => value() || undefined,
      /** @param {any} found */
      fill: (found) => { set(found === undefined || found === null ? '' : found instanceof Exact ? found.text : String(found)); },
      faults() {
        if (value()) frame.touch(); // what is wrong with typed text shows at once; that it is missing shows later
        const found = mistake(part, value(), needed);
        frame.show(found ? found.message : '');
        return found ? [{ frame, ...found }] : [];
      },
    };
  }

  /**
   * @param {Part} part
   * @param {boolean} needed
   * @returns {Field}
   */
  function text(part, needed) {
    const isNumber = part.type === 'integer' || part.type === 'number';
    const input = part['x-kind'] === 'prose' ? writeElement('textarea', { rows: 4 })
      : writeElement('input', { type: part['x-kind'] === 'date' ? 'date' : 'text' });
    input.autocomplete = 'off';
    if (isNumber) input.inputMode = 'decimal';
    if (part['x-kind'] === 'duration' || part['x-kind'] === 'time-limit') input.placeholder = 'P1D';
    const made = single(part, needed, input, () => tidy(input.value), (value) => { input.value = value; });
    const read = made.read;
    return isNumber ? { ...made, read: () => read() && new Exact(read()) } : made;
  }

  /**
   * @param {Part} part
   * @param {boolean} needed
   * @param {() => string[][]} options value and words of each
   * @returns {Field}
   */
  function select(part, needed, options) {
    const input = writeElement('select');
    function offer() {
      const chosen = input.value;
      input.replaceChildren(writeElement('option', { value: '', textContent: needed ? 'Choose…' : 'None' }));
      options().forEach(([value, textContent]) => { input.append(writeElement('option', { value, textContent })); });
      input.value = chosen;
    }
    offer();
    const made = single(part, needed, input, () => input.value, (value) => {
      if (value && !Array.from(input.options).some((option) => option.value === value)) {
        input.append(writeElement('option', { value, textContent: value }));
      }
      input.value = value;
    });
    let last = JSON.stringify(options());
    if (part['x-reference'] && !given.choices[part['x-reference']]) {
      form.watchers.push(() => {
        const next = JSON.stringify(options());
        if (next === last || !made.node.isConnected) return;
        last = next;
        offer();
      });
    }
    if (part.default && part.enum) input.value = part.default;
    return made;
  }

  /** @param {Choice} choice */
  function offered([value, name, side]) { return [value, name + (side ? ' (' + given.layers[side] + ')' : '')]; }

  /**
   * One of the words of a closed list, or of what may be named.
   * @param {Part} part
   * @param {boolean} needed
   */
  function choice(part, needed) {
    const kind = part['x-reference'];
    return select(part, needed, () => {
      if (!part.enum && given.choices[kind]) return schema.offered(part).map(offered);
      return (part.enum || schema.known(kind)).map((/** @type {string} */ word) => [word, word]);
    });
  }

  /**
   * A list of words that are known: boxes to tick.
   * @param {Part} part
   * @param {boolean} needed
   * @param {string[][]} options value and words of each
   * @returns {Field}
   */
  function boxes(part, needed, options) {
    /** @type {HTMLInputElement[]} */
    const inputs = [];
    const holder = writeElement('div', { className: 'om-write__boxes' });
    const frame = control(holder, part, needed, true);
    /**
     * @param {string} value
     * @param {string} words
     */
    function add(value, words) {
      const input = writeElement('input', { type: 'checkbox', value, id: inputs.length ? writeId() : frame.id });
      inputs.push(input);
      holder.append(writeElement('label', { htmlFor: input.id }, [input, ' ' + words]));
    }
    options.forEach(([value, words]) => { add(value, words); });
    /** @type {string[]} */
    let order = []; // the order of a list has a meaning: what is ticked last comes last
    function chosen() {
      const ticked = inputs.filter((input) => input.checked).map((input) => input.value);
      order = order.filter((word) => ticked.includes(word));
      order.push(...ticked.filter((word) => !order.includes(word)));
      return order.slice();
    }
    return {
      node: frame.node,
      read: () => (chosen().length || needed ? chosen() : undefined),
      fill(found) {
        order = (found || []).slice();
        order.filter((word) => !inputs.some((input) => input.value === word)).forEach((word) => { add(word, word); });
        inputs.forEach((input) => { input.checked = order.includes(input.value); });
      },
      faults() {
        const few = chosen().length < (part.minItems || 0) ? 'Choose at least one.' : '';
        const name = chosen().map((word) => schema.unknown(part, word)).find(Boolean) || '';
        if (name) frame.touch();
        frame.show(few || name);
        return few || name ? [{ frame, message: few || name, form: Boolean(few) }] : [];
      },
    };
  }

  /**
   * A list of other words: one entry a line.
   * @param {Part} part
   * @param {boolean} needed
   * @param {Part} item
   * @returns {Field}
   */
  function lines(part, needed, item) {
    const reference = part['x-reference'] ? { 'x-reference': part['x-reference'], 'x-acts': part['x-acts'] } : {};
    const description = (part.description || '') + ' One entry a line.';
    const shown = { ...part, description, owed: needed, lines: { ...item, ...reference } };
    const input = writeElement('textarea', { rows: 2 });
    const entries = () => tidy(input.value).split('\n').filter(Boolean);
    const set = (/** @type {string} */ value) => { input.value = value; };
    const made = single(shown, needed && Boolean(part.minItems), input, () => entries().join('\n'), set);
    return {
      node: made.node,
      read: () => (entries().length || needed ? entries() : undefined),
      fill: (found) => { set((found || []).join('\n')); },
      faults: made.faults,
    };
  }

  return { text, choice, offered, boxes, lines };
}
