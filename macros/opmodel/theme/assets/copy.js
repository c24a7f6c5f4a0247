/*
 * Copy controls: the link to a place, or the place as Markdown (title, text, link).
 *
 * Markup: an element with data-om-copy. Its value is the title, data-om-copy-text the text below it, and data-om-copy-link
 * the address where that is not the element's own anchor. A table row has no values: its heading and cells are read.
 * The controls are made here, so that they exist only where they work.
 */
(function () {
  'use strict';

  const LASTS = 2500;
  const status = document.createElement('p');

  /** @template {keyof HTMLElementTagNameMap} Name @param {Name} name @param {string} className @param {string} [text] */
  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  /* What is copied */

  /** @param {Element} node @param {string} [without] */
  function plain(node, without) {
    const copy = /** @type {Element} */ (node.cloneNode(true));
    copy.querySelectorAll('.headerlink, .om-copy' + (without || '')).forEach(function (part) { part.remove(); });
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }

  /* A link to a file on a disk is of no use to others, so a copy on a disk gives those of the published site. */
  function here() {
    const published = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=canonical]'));
    return location.protocol === 'file:' && published ? published.href : location.href;
  }

  /** @param {HTMLElement} place */
  function linkTo(place) {
    const target = place.dataset.omCopyLink;
    const page = new URL(here());
    const link = new URL(target === undefined ? page.pathname : target, page);
    if (location.protocol === 'file:' && page.pathname.endsWith('/')) link.pathname = link.pathname.replace(/index\.html$/, '');
    if (target === undefined && place.id !== 'top') link.hash = place.id;
    return link.href;
  }

  /** @param {HTMLElement} td */
  function cell(td) {
    const word = td.querySelector('.om-word');
    const parts = word ? [word.textContent] : td.innerText.split('\n');
    const text = parts.map(function (part) { return part.trim(); }).filter(Boolean).join(', ');
    return text && [td.dataset.label, text].filter(Boolean).join(': ');
  }

  /** @param {HTMLElement} tr */
  function row(tr) {
    const heading = /** @type {HTMLElement} */ (tr.querySelector('th'));
    const page = document.querySelector('h1');
    const note = heading.querySelector('.om-note');
    const cells = Array.from(tr.querySelectorAll('td'), cell).filter(Boolean);
    return {
      title: plain(heading, ', .om-note, .om-badge') + (page ? ' (' + plain(page) + ')' : ''),
      text: (note ? [plain(note), ''] : []).concat(cells.map(function (text) { return '- ' + text; })).join('\n'),
    };
  }

  /** @param {HTMLElement} place */
  function said(place) {
    if (place.matches('tr')) return row(place);
    return { title: place.dataset.omCopy || '', text: place.dataset.omCopyText || '' };
  }

  /** @param {string} text */
  function escaped(text) {
    return text.replace(/[\\`*_[\]<>|]/g, '\\$&');
  }

  /** @param {HTMLElement} place */
  function asMarkdown(place) {
    const parts = said(place);
    return ['**' + escaped(parts.title) + '**', escaped(parts.text), linkTo(place)].filter(Boolean).join('\n\n') + '\n';
  }

  /* Copying */

  /* For browsers and pages where the clipboard is closed to scripts: the text is selected, and copied or left to the reader. */
  /** @param {string} text @param {HTMLElement} button */
  function copySelected(text, button) {
    const area = element('textarea', 'om-copy__text');
    area.value = text;
    area.readOnly = true;
    area.setAttribute('aria-label', 'Text to copy');
    /** @type {Element} */ (button.parentElement).append(area);
    area.select();
    if (document.execCommand('copy')) {
      area.remove();
      button.focus();
      return true;
    }
    area.addEventListener('blur', function () { area.remove(); });
    area.addEventListener('keydown', function (event) { if (event.key === 'Escape') button.focus(); });
    return false;
  }

  /** @param {string} text @param {HTMLElement} button */
  function copy(text, button) {
    if (!navigator.clipboard) return Promise.resolve(copySelected(text, button));
    return navigator.clipboard.writeText(text).then(
      function () { return true; },
      function () { return copySelected(text, button); },
    );
  }

  /** @param {HTMLElement} button @param {boolean} copied */
  function tell(button, copied) {
    const what = button.dataset.what || '';
    const label = /** @type {Element} */ (button.firstElementChild);
    status.textContent = '';
    requestAnimationFrame(function () {
      status.textContent = copied ? what + ' copied' : 'Not allowed to copy: the text is selected, press Ctrl+C';
    });
    if (!copied) return;
    button.dataset.copied = '';
    label.textContent = 'Copied';
    clearTimeout(Number(button.dataset.timer));
    button.dataset.timer = String(setTimeout(function () {
      delete button.dataset.copied;
      label.textContent = what;
    }, LASTS));
  }

  /* Controls */

  /** @param {string} what @param {string} name @param {() => string} text */
  function control(what, name, text) {
    const button = element('button', 'om-copy__button om-copy__button--' + what.toLowerCase());
    button.type = 'button';
    button.dataset.what = what;
    button.setAttribute('aria-label', name);
    button.title = name;
    button.append(element('span', '', what));
    button.addEventListener('click', function () {
      copy(text(), button).then(function (copied) { tell(button, copied); });
    });
    return button;
  }

  /** @param {HTMLElement} place */
  function start(place) {
    const isRow = place.matches('tr');
    const heading = isRow ? /** @type {HTMLElement} */ (place.querySelector('th')) : place;
    const name = isRow ? plain(heading, ', .om-note, .om-badge') : place.dataset.omCopy || '';
    const controls = element('div', 'om-copy' + (isRow ? ' om-copy--row' : ''));
    controls.append(
      control('Link', 'Copy link to “' + name + '”', function () { return linkTo(place); }),
      control('Markdown', 'Copy “' + name + '” as Markdown', function () { return asMarkdown(place); }),
    );
    if (isRow) {
      heading.setAttribute('aria-label', name);
      heading.append(controls);
    } else {
      place.after(controls);
    }
  }

  /** @type {NodeListOf<HTMLElement>} */
  const places = document.querySelectorAll('[data-om-copy]');
  if (!places.length) return;
  status.className = 'om-copy__status';
  status.setAttribute('role', 'status');
  document.body.append(status);
  places.forEach(start);
})();
