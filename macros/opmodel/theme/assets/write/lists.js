/* A list of entries in the form, each with a button that removes it, and a button that adds one. */
'use strict';

/**
 * @param {Form} form
 * @param {Part} part
 * @param {boolean} needed
 * @param {() => Field} makeItem
 * @param {string} name what an entry is called
 * @returns {Field}
 */
function writeList(form, part, needed, makeItem, name) {
  /** @type {{ node: HTMLElement, item: Field, legend: HTMLElement, remover: HTMLElement }[]} */
  const items = [];
  const holder = writeElement('div');
  const adder = writeButton('Add: ' + name, () => {
    const first = add().node.querySelector('input, select, textarea');
    if (first instanceof HTMLElement) first.focus();
    form.changed();
  });
  const frame = { id: writeId(), title: name, touch() {}, show() {} };
  adder.id = frame.id;
  adder.dataset.list = name;
  /** @returns {Fault[]} */
  function twice() {
    const named = items.map((each) => String((each.item.read() || {}).id || '').toLowerCase()).filter(Boolean);
    const found = named.find((id, at) => named.indexOf(id) !== at);
    return found ? [{ frame, message: 'The id “' + found + '” stands twice.', form: false }] : [];
  }
  function number() {
    items.forEach((item, at) => {
      item.legend.textContent = name + ' ' + (at + 1);
      item.remover.setAttribute('aria-label', 'Remove ' + name + ' ' + (at + 1));
    });
  }
  /** @param {any} [value] */
  function add(value) {
    const item = makeItem();
    const legend = writeElement('legend');
    const remover = writeButton('Remove', () => {
      const at = items.indexOf(made);
      items.splice(at, 1);
      made.node.remove();
      number();
      (items[at] ? items[at].remover : adder).focus();
      form.changed();
    }, 'om-write__remove');
    const node = writeElement('fieldset', { className: 'om-write__item' }, [legend, item.node, remover]);
    const made = { node, item, legend, remover };
    items.push(made);
    holder.append(node);
    number();
    if (value !== undefined) item.fill(value);
    return made;
  }
  return {
    node: writeElement('div', { className: 'om-write__list' }, [holder, adder]),
    read: () => (items.length || needed ? items.map((each) => each.item.read() || {}) : undefined),
    fill(found) {
      items.splice(0).forEach((each) => { each.node.remove(); });
      (found || []).forEach((/** @type {any} */ each) => { add(each); });
    },
    faults() {
      /** @type {Fault[]} */
      const own = items.length < (part.minItems || 0) ? [{ frame, message: 'Add at least one.', form: true }] : [];
      return own.concat(twice(), items.flatMap((each) => each.item.faults()));
    },
  };
}
