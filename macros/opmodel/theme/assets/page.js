/*
 * What every page needs beside the theme's own script: real buttons for menu, search and colours, nothing focusable that
 * is out of sight, no single-letter shortcuts, and tables that are tab stops only where they scroll.
 *
 * Markup: a button with data-om-toggle="drawer|search" opens and closes what the theme ties to the hidden checkbox
 * "__drawer" or "__search"; a button with data-om-scheme switches between light and dark; .om-table is a scroll region.
 */
(function () {
  'use strict';

  const drawerIsBeside = matchMedia('(min-width: 76.25em)');
  const searchIsInBar = matchMedia('(min-width: 60em)');
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;

  /** @param {string} selector @returns {HTMLElement[]} */
  function all(selector) {
    return Array.from(document.querySelectorAll(selector));
  }

  /** @param {string} selector @param {boolean} inert */
  function setInert(selector, inert) {
    all(selector).forEach(function (element) { element.inert = inert; });
  }

  /* Colours */

  function isDark() {
    return root.dataset.scheme ? root.dataset.scheme === 'dark' : prefersDark.matches;
  }

  /** @param {HTMLElement} button */
  function startScheme(button) {
    function show() { button.setAttribute('aria-pressed', String(isDark())); }
    button.addEventListener('click', function () {
      root.dataset.scheme = isDark() ? 'light' : 'dark';
      try { localStorage.setItem('opmodel.scheme', root.dataset.scheme); } catch (denied) { /* holds for this page */ }
      show();
    });
    prefersDark.addEventListener('change', show);
    show();
  }

  /* Menu and search */

  /** @param {string} name */
  function isOpen(name) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById('__' + name));
    return Boolean(box && box.checked);
  }

  function settle() {
    const drawer = isOpen('drawer') && !drawerIsBeside.matches;
    const search = isOpen('search') && !searchIsInBar.matches;
    setInert('.md-sidebar--primary', !drawer && !drawerIsBeside.matches);
    setInert('.md-search__inner', !search && !searchIsInBar.matches);
    setInert('.md-search__output', !isOpen('search'));
    setInert('.md-header', drawer);
    setInert('.om-brand, .om-tool--menu, .om-tool--search, .om-tool--scheme', search);
    setInert('.md-skip, .md-tabs, .md-content, .md-sidebar--secondary, .md-top, .md-footer', drawer || search);
    all('[data-om-toggle][aria-expanded]').forEach(function (button) {
      button.setAttribute('aria-expanded', String(isOpen(button.dataset.omToggle || '')));
    });
  }

  /** @param {string} name */
  function opener(name) {
    return /** @type {HTMLElement | null} */ (document.querySelector('[data-om-toggle="' + name + '"][aria-expanded]'));
  }

  /** @param {string} name */
  function startToggle(name) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById('__' + name));
    if (!box) return;
    box.addEventListener('change', function () {
      const inside = /** @type {Element} */ (document.querySelector(name === 'drawer' ? '.om-nav' : '.md-search'));
      const button = opener(name);
      const had = inside.contains(document.activeElement) || document.activeElement === document.body;
      settle();
      if (box.checked) /** @type {HTMLElement} */ (inside.querySelector(name === 'drawer' ? 'button' : 'input')).focus();
      else if (had && button && button.offsetParent) button.focus();
    });
    all('[data-om-toggle="' + name + '"]').forEach(function (button) {
      button.addEventListener('click', function () { box.click(); });
    });
  }

  /** @param {KeyboardEvent} event */
  function closeOnEscape(event) {
    const box = document.getElementById('__drawer');
    if (event.key === 'Escape' && box && isOpen('drawer')) box.click();
  }

  /* The theme looks for what was typed when a key comes up; words also come by voice, from a menu or with a paste. */
  /** @param {HTMLElement} input */
  function searchWhatComes(input) {
    input.addEventListener('input', function () { input.dispatchEvent(new KeyboardEvent('keyup')); });
  }

  /* The theme acts on single letters anywhere on a page, which speech input and shaking hands set off. */
  /** @param {KeyboardEvent} event */
  function withoutShortcuts(event) {
    const target = event.target;
    const writes = target instanceof Element && target.closest('input, textarea, select, [contenteditable]');
    const plain = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && !writes && !isOpen('search') && 'fs/np.,'.includes(event.key.toLowerCase())) event.stopPropagation();
  }

  /* Tables: a region with a name and a tab stop where it scrolls, nothing of the kind where it does not. Headings so
     tall that they would hide the rows do not stick. */
  /** @param {HTMLElement} region @param {boolean} fits @param {boolean} tall */
  function settleTable(region, fits, tall) {
    region.classList.toggle('om-tall', tall);
    if (region.classList.contains('om-fits') === fits) return;
    region.classList.toggle('om-fits', fits);
    /* A table that stops scrolling by itself grows, and the row that the address names moves out of sight. */
    const target = region.querySelector(':target');
    if (target) target.scrollIntoView();
    if (region.dataset.label === undefined) region.dataset.label = region.getAttribute('aria-label') || '';
    Object.entries({ role: 'region', tabindex: '0', 'aria-label': region.dataset.label }).forEach(function ([name, value]) {
      if (fits) region.removeAttribute(name);
      else region.setAttribute(name, value);
    });
  }

  function startTables() {
    const regions = all('.om-table');
    if (!regions.length) return;
    /* All are measured before one is changed, so that the page is laid out once and not once a table. */
    const sizes = new ResizeObserver(function (entries) {
      entries.map(function (entry) {
        const region = /** @type {HTMLElement} */ (entry.target);
        const headings = /** @type {HTMLElement} */ (region.querySelector('thead'));
        const fits = region.scrollWidth <= region.clientWidth + 1;
        return { region: region, fits: fits, tall: headings.offsetHeight > innerHeight / 3 };
      }).forEach(function (found) { settleTable(found.region, found.fits, found.tall); });
    });
    regions.forEach(function (region) { sizes.observe(region); });
  }

  all('[data-om-scheme]').forEach(startScheme);
  ['drawer', 'search'].forEach(startToggle);
  all('.md-search__input').forEach(searchWhatComes);
  drawerIsBeside.addEventListener('change', settle);
  searchIsInBar.addEventListener('change', settle);
  document.addEventListener('keydown', closeOnEscape);
  window.addEventListener('keydown', withoutShortcuts, true);
  settle();
  startTables();
})();
