/*
 * The form that writes a packet, at the element with data-om-write. It is built from the packet's JSON Schema, which stands
 * there as JSON. Below the form is what is open, and the file. Nothing is sent anywhere.
 */
'use strict';

/** @param {Element} place */
function writePage(place) {
  const source = /** @type {HTMLElement} */ (place.querySelector('script'));
  /** @type {Given} */
  const given = JSON.parse(source.textContent || '');
  /** @type {Form} */
  const form = { given, now: {}, watchers: [], changed };
  const schema = writeSchema(form);
  const packet = writePacket(form, schema);
  const gates = writeGates(given, schema.sideOf);
  const draft = writeDraft();
  const complete = writeComplete(given, schema);
  /** @type {string[]} the paths of the lists that an opened file leaves empty on purpose */
  let empty = [];

  const gateList = writeElement('ul', { className: 'om-gates' });
  const state = writeElement('p');
  const problems = writeElement('div', { className: 'om-write__summary', tabIndex: -1, hidden: true });
  const path = writeElement('code');
  const told = writeElement('p');
  const { area: file, buttons } = writeFile({
    rows: 18, told, name: () => (packet.ident.read() || 'packet') + '.yml', saved: 'The file is saved. It belongs into data/workflows/.',
  });
  const editor = writeElement('a', { className: 'om-button', textContent: 'Open the new file in the host’s editor', rel: 'noopener noreferrer', target: '_blank' });

  state.setAttribute('role', 'status');
  told.setAttribute('role', 'status');
  problems.setAttribute('role', 'group');
  problems.setAttribute('aria-label', 'What is not right yet');

  /**
   * Return what is shown of a gate, and whether it is open.
   * @param {Given['gates'][0]} each
   * @param {Fault[]} faults
   */
  function shownGate(each, faults) {
    const judge = gates.get(each.id);
    const reasons = judge ? judge(form.now, faults) : [];
    const [look, words] = reasons.length ? ['open', 'Open'] : judge ? ['pass', 'Pass']
      : ['stale', each.id.startsWith('signed') ? 'Signed later' : 'opmodel check proves this'];
    const badge = writeElement('span', { className: 'om-badge om-gate om-gate--' + look, textContent: words });
    const item = writeElement('li', { title: each.meaning }, [badge, ' ', writeElement('strong', { textContent: each.title })]);
    const shown = reasons.slice(0, 8).map((textContent) => writeElement('li', { textContent }));
    if (shown.length) item.append(writeElement('ul', {}, shown));
    return { item, isOpen: reasons.length > 0 };
  }

  function update() {
    form.now = packet.read();
    form.watchers.forEach((watch) => { watch(); });
    form.now = packet.read();
    const faults = packet.faults();
    const shown = given.gates.map((each) => shownGate(each, faults));
    gateList.replaceChildren(...shown.map(({ item }) => item));
    const open = shown.filter(({ isOpen }) => isOpen).length;
    const text = (faults.length ? faults.length + (faults.length === 1 ? ' field is' : ' fields are') + ' not right yet. ' : 'Every field is right. ') +
      open + ' of the gates that can be judged here ' + (open === 1 ? 'is' : 'are') + ' open.';
    if (state.textContent !== text) state.textContent = text;
    const name = 'data/workflows/' + (packet.ident.read() || 'ID') + '.yml';
    path.textContent = name;
    editor.href = given.edit.replace('{path}', () => (given.edit.includes('?') ? encodeURIComponent(name) : name));
    file.value = '# yaml-language-server: $schema=../schemas/packet.json\n' + writeYaml(complete(form.now, empty));
    return faults;
  }

  /**
   * Fill in the form, and return what it holds then.
   * @param {string} id
   * @param {Data} data
   */
  function take(id, data) {
    packet.ident.fill(id);
    form.now = data;
    for (let turn = 0; turn < 2; turn += 1) { // conditions appear once the inputs that they are for are there
      packet.fill(data);
      form.watchers.forEach((watch) => { watch(); });
    }
    return packet.read();
  }

  function restore() {
    const kept = draft.restore();
    if (!kept) return;
    take(kept.id, kept.data);
    empty = kept.empty || writeEmptyLists(kept.data);
    told.textContent = 'Your draft is back. It is kept in this browser only.';
  }

  /**
   * Take over a file, in place of what the form holds.
   * @param {string} name
   * @param {Data} data
   */
  function open(name, data) {
    packet.empty();
    const fitting = schema.fitting(given.schema, data);
    empty = writeEmptyLists(fitting);
    const held = take(name || writeSlug(String(fitting.title || '')), fitting);
    packet.input('id').dataset.own = 'yes';
    problems.hidden = true;
    changed();
    return held;
  }

  function mayReplace() { return !draft.restore() || window.confirm('Open the file? What the form holds now will be gone.'); }

  let timer = 0;
  function changed() {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      update();
      if (!draft.save(packet.ident.read(), form.now, empty)) told.textContent = 'This browser keeps no drafts: copy the file before you leave.';
    }, 150);
  }

  /* The id follows the title until somebody writes an id. */
  function follow() {
    const [title, input] = [packet.input('title'), packet.input('id')];
    title.addEventListener('input', () => {
      if (input.dataset.own) return;
      input.value = writeSlug(title.value);
    });
    input.addEventListener('input', () => { input.dataset.own = 'yes'; });
  }

  /** @param {Fault} fault */
  function link({ frame, message }) {
    const made = writeElement('a', { href: '#' + frame.id, textContent: frame.title + ': ' + message });
    made.addEventListener('click', (event) => {
      event.preventDefault();
      const target = document.getElementById(frame.id);
      if (target) target.focus();
    });
    return writeElement('li', {}, [made]);
  }

  function check() {
    update().forEach(({ frame }) => { frame.touch(); });
    const faults = update();
    problems.hidden = !faults.length;
    problems.replaceChildren(
      writeElement('p', { textContent: faults.length + (faults.length === 1 ? ' field' : ' fields') + ' to look at:' }),
      writeElement('ul', {}, faults.map(link)));
    if (faults.length) problems.focus();
    else told.textContent = 'Every field is right. Now opmodel check has the last word.';
  }

  function forget() {
    if (!window.confirm('Forget this draft? What you typed will be gone.')) return;
    clearTimeout(timer);
    draft.forget();
    delete packet.input('id').dataset.own;
    packet.empty();
    empty = [];
    packet.begin();
    problems.hidden = true;
    update();
    told.textContent = 'The draft is forgotten.';
  }

  const label = writeElement('label', { htmlFor: file.id }, ['The file ', path]);
  const actions = writeElement('div', { className: 'om-write__actions' }, [
    writeButton('Check the form', check, 'om-button--main'), ...buttons,
    ...(given.edit ? [editor] : []), writeButton('Forget this draft', forget),
  ]);
  place.replaceChildren(writeOpening(open, mayReplace), packet.body, writeSection('What is open, and your file', 'What you leave out is written as TBD. The file is complete when opmodel check says so.', [
    state, problems, gateList, label, file, actions, told,
  ]));
  follow();
  packet.begin();
  restore();
  update();
  packet.body.addEventListener('input', changed);
  packet.body.addEventListener('change', changed);
  packet.body.addEventListener('submit', (event) => { event.preventDefault(); });
}

document.querySelectorAll('[data-om-write]').forEach(writePage);
