/* Opening a file of a packet in the form: chosen or pasted, and never sent. What the form does not take over is listed. */
'use strict';

/** @param {any} value */
function writeText(value) {
  if (value instanceof Exact) return value.text;
  return value && typeof value === 'object' ? JSON.stringify(value, (_, each) => (each instanceof Exact ? each.text : each)) : String(value);
}

/**
 * Return a line for each value of a file that the form does not hold, or holds in another way.
 * @param {any} data the file
 * @param {any} held what the form would write
 * @param {string} path
 * @returns {string[]}
 */
function writeNotTaken(data, held, path = '') {
  if (data === null || data === undefined) return [];
  const isNested = typeof data === 'object' && !(data instanceof Exact);
  if (isNested && held && typeof held === 'object' && !(held instanceof Exact) && Array.isArray(data) === Array.isArray(held)) {
    return Object.keys(data).flatMap((key) => writeNotTaken(
      data[key], Object.hasOwn(held, key) ? held[key] : undefined, path + (Array.isArray(data) ? '[' + (Number(key) + 1) + ']' : (path && '.') + key)));
  }
  if (isNested && held === undefined && !Object.keys(data).length) return [];
  const same = (/** @type {any} */ value) => writeText(value).split('\n').map((line) => line.trim()).join('\n').trim();
  return !isNested && held !== undefined && same(data) === same(held) ? [] : [path + ': ' + writeText(data)];
}

/**
 * @param {(name: string, data: Data) => Data} take fills in the form and returns what it holds
 * @param {() => boolean} mayReplace
 */
function writeOpening(take, mayReplace) {
  const [fileId, pasteId] = [writeId(), writeId()];
  const chooser = writeElement('input', { type: 'file', accept: '.yml,.yaml', id: fileId });
  const paste = writeElement('textarea', { rows: 5, spellcheck: false, id: pasteId });
  const told = writeElement('div', { className: 'om-write__opened', tabIndex: -1 });
  told.setAttribute('role', 'status');

  /**
   * @param {string} message
   * @param {string[]} [lines]
   */
  function tell(message, lines = []) {
    told.replaceChildren(writeElement('p', { textContent: message }),
      ...(lines.length ? [writeElement('ul', {}, lines.map((textContent) => writeElement('li', { textContent })))] : []));
  }

  /** @param {ArrayBuffer} bytes */
  function decoded(bytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  }

  /** @param {number[]} numbers */
  function comments(numbers) {
    if (!numbers.length) return [];
    return [(numbers.length === 1 ? 'The comment on line ' : 'The comments on lines ') + numbers.join(', ') + ': the form keeps no comments.'];
  }

  /**
   * @param {string} text
   * @param {string} name the id that the name of the file says
   */
  function open(text, name) {
    let read;
    try {
      read = writeReadYaml(text);
    } catch (error) {
      if (!(error instanceof WriteYamlError)) throw error;
      tell('Not opened, and the form is as it was. ' + error.message);
      return;
    }
    const { data } = read;
    if (!data || typeof data !== 'object' || Array.isArray(data) || data instanceof Exact) {
      tell('Not opened, and the form is as it was. Expected the keys of a packet, such as title and owners.');
      return;
    }
    if (!mayReplace()) return;
    const lost = writeNotTaken(data, take(name, data)).concat(comments(read.comments));
    if (lost.length) tell('Opened. Not taken over, so it is not in the file below:', lost);
    else tell('Opened, with everything that the file holds.');
    if (lost.length) told.focus();
  }

  chooser.addEventListener('change', () => {
    const file = (chooser.files || [])[0];
    if (!file) return;
    file.arrayBuffer().then((bytes) => {
      chooser.value = '';
      const text = decoded(bytes);
      const name = file.name.replace(/\.ya?ml$/i, '');
      if (text === null) tell('Not opened, and the form is as it was. The file is not text in UTF-8.');
      else open(text, /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? name : '');
    });
  });
  const label = (/** @type {string} */ htmlFor, /** @type {string} */ text) => writeElement('label', { htmlFor, textContent: text });
  const opener = writeButton('Open what is pasted', () => { open(paste.value, ''); });
  return writeSection('Open a packet', 'To go on with a packet that has a file. The file is read here, in your browser, and sent nowhere.', [
    writeElement('div', { className: 'om-write__field' }, [label(fileId, 'A file of data/workflows/'), chooser]),
    writeElement('details', { className: 'om-write__paste' }, [
      writeElement('summary', { textContent: 'Or paste the text of a file' }),
      writeElement('div', { className: 'om-write__field' }, [label(pasteId, 'Text of the file'), paste]), opener,
    ]),
    told,
  ]);
}
