/*
 * The page that checks approval limits, at the element with data-om-limits. The words of limits and an example stand there
 * as JSON. Nothing is sent anywhere, and nothing is kept.
 */
'use strict';

/**
 * The data of the page; see views/limits_form.py.
 * @typedef {{ phrases: WordEntry[], signs: Record<string, string[]>, reserved: string[], example: string }} LimitsData
 */

/** How long typing rests before the table is read, in milliseconds. */
const REST = 150;
/** Pictures are drawn for at most this many sets of choices. */
const MOST_PICTURES = 12;

/**
 * @param {string} title
 * @param {(Node | string)[]} content
 * @param {string} [className]
 */
function limitsSection(title, content, className = '') {
  const id = writeId();
  const node = writeElement('section', { className }, [writeElement('h2', { id, textContent: title }), ...content]);
  node.setAttribute('aria-labelledby', id);
  return node;
}

/**
 * Return a list of findings, each with a mark of its kind.
 * @param {{ text: string, kind: string }[]} findings
 */
function findingsList(findings) {
  return writeElement('ul', { className: 'om-limits__list' }, findings.map(({ text, kind }) => (
    writeElement('li', { textContent: text[0].toUpperCase() + text.slice(1) + '.', className: 'om-limits__found om-limits__found--' + kind }))));
}

/**
 * Return a list of notes, each with the name and the text of its cell.
 * @param {CheckedLimits['notes']} notes
 */
function notesList(notes) {
  return writeElement('ul', { className: 'om-limits__list' }, notes.map(({ place, value, why }) => writeElement('li', {}, [
    ...(place ? [writeElement('strong', { textContent: place }), ' '] : []), ...(value ? ['“' + value + '”: '] : []), why,
  ])));
}

/**
 * Return the pictures of a table, which are drawn anew when their room changes.
 * @param {CompiledTable} table
 * @param {string[]} names
 */
function limitsPictures(table, names) {
  const { lanes, isCut } = tableLanes(table);
  /** @param {number} row */
  const nameOf = (row) => names[row];
  const figures = lanes.slice(0, MOST_PICTURES).map((lane) => {
    const holder = writeElement('div', { className: 'om-limits__frame' });
    const words = writeElement('details', {}, [writeElement('summary', { textContent: 'The same in words' }), laneTable(lane, nameOf)]);
    return { lane, holder, node: writeElement('figure', { className: 'om-limits__figure' }, [
      ...(lane.title ? [writeElement('figcaption', { textContent: lane.title })] : []), holder, words,
    ]) };
  });
  let drawn = 0;
  const draw = () => {
    const width = Math.min(560, figures[0].holder.clientWidth);
    if (!width || width === drawn) return;
    drawn = width;
    figures.forEach(({ lane, holder }) => { holder.replaceChildren(lanePicture(lane, nameOf, width)); });
  };
  new ResizeObserver(draw).observe(figures[0].holder);
  const rest = lanes.length - figures.length;
  const note = isCut || rest > 0 ? [writeElement('p', { textContent: 'Further sets of choices are not drawn; the findings cover all of them.' })] : [];
  return writeElement('div', { className: 'om-limits__pictures' }, [...figures.map(({ node }) => node), ...note]);
}

/** @param {Element} place */
function limitsPage(place) {
  const source = /** @type {HTMLElement} */ (place.querySelector('script'));
  /** @type {LimitsData} */
  const given = JSON.parse(source.textContent || '');
  const book = new PhraseBook(given.phrases, given.signs);
  const pasted = writeElement('textarea', { rows: 9, spellcheck: false, id: writeId(), className: 'om-limits__paste', autocomplete: 'off' });
  const decimals = writeElement('select', { id: writeId() }, [
    new Option('Not known', ''), new Option('Yes', '2'), new Option('No', '0'),
  ]);
  const state = writeElement('p', { className: 'om-limits__state' });
  const told = writeElement('p');
  const results = writeElement('div', { className: 'om-limits__results' });
  state.setAttribute('role', 'status');
  told.setAttribute('role', 'status');
  const { area: file, buttons } = writeFile({
    rows: 14, told, name: () => 'approval.yml', saved: 'The file is saved.',
  });

  /** @param {CheckedLimits} checked */
  function resultSections({ notes, result }) {
    const open = notes.filter(({ recognised }) => !recognised);
    const noted = notes.filter(({ recognised }) => recognised);
    const unread = open.length ? [limitsSection('Not read, or to be checked', [notesList(open)])] : [];
    const more = noted.length ? [writeElement('details', {}, [writeElement('summary', { textContent: 'How it was read' }), notesList(noted)])] : [];
    if (!result) return [...unread, ...more];
    const { compiled, findings, sentences, names, yaml } = result;
    file.value = yaml;
    const sound = [{ text: 'Every case has exactly one rule', kind: 'sound' }];
    return [
      limitsSection('Holes and double claims', [
        findingsList(findings.length ? findings : sound), ...(compiled ? [limitsPictures(compiled, names)] : []),
      ]),
      ...unread,
      limitsSection('The rules in words', [writeElement('ol', { className: 'om-limits__list' }, sentences.map((textContent) => writeElement('li', { textContent }))), ...more]),
      limitsSection('The approval section', [
        writeElement('p', { textContent: 'It says what the table says, with its holes, and that the source names no time limits. opmodel check says what a packet needs besides.' }),
        writeElement('label', { htmlFor: file.id, textContent: 'approval.yml' }), file,
        writeElement('div', { className: 'om-write__actions' }, buttons), told,
      ], 'om-limits__result'),
    ];
  }

  function update() {
    const cents = decimals.value === '' ? null : Number(decimals.value);
    const checked = pasted.value.trim() ? checkLimits(book, given.reserved, pasted.value, cents) : null;
    told.textContent = '';
    state.textContent = checked ? checked.summary : '';
    results.replaceChildren(...(checked ? resultSections(checked) : []));
  }

  /** @param {string} text */
  function fill(text) {
    pasted.value = text;
    update();
  }

  let timer = 0;
  pasted.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(update, REST);
  });
  decimals.addEventListener('change', update);
  const form = writeElement('div', { className: 'om-limits__form' }, [
    writeElement('label', { htmlFor: pasted.id, textContent: 'Your table' }),
    pasted,
    writeElement('div', { className: 'om-limits__tools' }, [
      writeButton('Try an example', () => { fill(given.example); }, 'om-button--main'),
      writeButton('Clear', () => {
        fill('');
        pasted.focus();
      }),
      writeElement('label', { htmlFor: decimals.id, textContent: 'Do amounts have cents?' }), decimals,
    ]),
    state,
  ]);
  place.replaceChildren(form, results);
  update();
}

document.querySelectorAll('[data-om-limits]').forEach(limitsPage);
