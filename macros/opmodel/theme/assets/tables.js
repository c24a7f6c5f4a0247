/*
 * Filters and sorts the site's large tables, and shows long ones step by step. What is chosen stands in the address, so that
 * a filtered view can be linked.
 *
 * Markup: a container with data-om-filterable="row|rows" (one and many of what it lists) holds
 *   [data-om-filters]              the controls, hidden until this script runs; a container may do without
 *     [data-om-filter="layer"]     a select or an input; its key is also the name in the address
 *     [data-om-sort-by]            a select that sorts, for screens without table headings
 *     [data-om-clear]              any number of buttons
 *     [data-om-count]              role=status: how many rows show
 *   table                          a row or its tbody has data-layer="words that match"; the key "text" searches the row's
 *                                  words; .om-group rows are headings of their tbody; by th[data-om-sort="key"] rows are
 *                                  sorted by the words of their cells, or by the cells' data-order
 *   [data-om-none]                 shown when no row is left
 *   [data-om-more]                 holds a button that shows as many more rows as the container's data-om-step says; rows
 *                                  that wait have data-om-later, from the start
 */
(function () {
  'use strict';

  /** @typedef {{ element: HTMLElement, body: HTMLElement, text: string }} Row */

  /** @param {string} selector @param {ParentNode} scope @returns {HTMLElement[]} */
  function all(selector, scope) {
    return Array.from(scope.querySelectorAll(selector));
  }

  /** @param {HTMLElement} container */
  function start(container) {
    const table = /** @type {HTMLTableElement} */ (container.querySelector('table'));
    const [one, many] = (container.dataset.omFilterable || '').split('|');
    const controls = /** @type {HTMLSelectElement[]} */ (all('[data-om-filter]', container));
    const headings = all('th[data-om-sort]', table);
    /** @type {HTMLSelectElement | null} */
    const sortBy = container.querySelector('[data-om-sort-by]');
    const count = container.querySelector('[data-om-count]');
    /** @type {HTMLElement | null} */
    const none = container.querySelector('[data-om-none]');
    const more = container.querySelector('[data-om-more] button');
    const keyOf = (/** @type {HTMLElement} */ control) => control.dataset.omFilter || '';
    const step = Number(container.dataset.omStep) || Infinity;
    const bodies = all('tbody', table).map(function (body) {
      return {
        element: body,
        rows: all('tr:not(.om-group)', body).map(function (row) { return { element: row, body: body, text: '' }; }),
      };
    });
    const total = bodies.reduce(function (sum, body) { return sum + body.rows.length; }, 0);
    const words = new Intl.Collator(undefined, { numeric: true });
    let sorted = '';
    let most = step;

    /** @param {Row} row @param {string} key @param {string} value */
    function matches(row, key, value) {
      if (key !== 'text') return (row.element.dataset[key] || row.body.dataset[key] || '').split(' ').includes(value);
      if (!row.text) row.text = row.element.textContent.toLowerCase();
      return value.toLowerCase().split(/\s+/).every(function (word) { return row.text.includes(word); });
    }

    /** @param {Row} row @param {number} position */
    function orderOf(row, position) {
      const cell = /** @type {HTMLElement} */ (row.element.children[position]);
      return cell.dataset.order || /** @type {Node} */ (cell.firstChild).textContent || '';
    }

    function wanted() {
      return controls.map(function (control) { return [keyOf(control), control.value.trim()]; })
        .filter(function (pair) { return pair[1]; });
    }

    function filter() {
      const chosen = wanted();
      let found = 0;
      bodies.forEach(function (body) {
        const before = found;
        body.rows.forEach(function (row) {
          const fits = chosen.every(function (pair) { return matches(row, pair[0], pair[1]); });
          row.element.hidden = !fits;
          row.element.toggleAttribute('data-om-later', fits && found >= most);
          if (fits) found += 1;
        });
        body.element.hidden = found === before;
        body.element.toggleAttribute('data-om-later', before >= most);
      });
      table.hidden = found === 0;
      if (none) none.hidden = found > 0;
      if (more) {
        /** @type {HTMLElement} */ (more.parentElement).hidden = found <= most;
        more.textContent = 'Show ' + Math.min(step, found - most) + ' more of ' + found;
      }
      markColumn();
      if (count) count.textContent = told(chosen.length > 0, found);
      all('[data-om-clear]', container).forEach(function (button) {
        if (!none || !none.contains(button)) button.hidden = !chosen.length;
      });
    }

    /** @param {boolean} filtered @param {number} found */
    function told(filtered, found) {
      const all = (filtered ? found + ' of ' : '') + total + ' ' + (total === 1 ? one : many);
      if (found > most) return all + '; the first ' + most + ' shown';
      return filtered ? all + ' shown' : all;
    }

    /* A new question begins with the first rows. */
    function filterAnew() {
      most = step;
      filter();
    }

    function showMore() {
      const waiting = all('tr[data-om-later]', table)[0];
      most += step;
      filter();
      const link = waiting && waiting.querySelector('a');
      if (link) link.focus({ preventScroll: true });
    }

    /* The column of the chosen role. */
    function markColumn() {
      const control = controls.find(function (each) { return keyOf(each) === 'role'; });
      all('col', table).forEach(function (column) {
        column.classList.toggle('om-chosen', Boolean(control && control.value && column.dataset.role === control.value));
      });
    }

    /** @param {string} wish */
    function sort(wish) {
      const key = wish.replace(/^-/, '');
      const position = headings.findIndex(function (heading) { return heading.dataset.omSort === key; });
      if (position < 0) return;
      sorted = wish;
      const direction = wish === key ? 1 : -1;
      bodies.forEach(function (body) {
        const keys = new Map(body.rows.map(function (row) { return [row, orderOf(row, position)]; }));
        body.rows.sort(function (a, b) { return direction * words.compare(keys.get(a) || '', keys.get(b) || ''); });
        body.element.append(...body.rows.map(function (row) { return row.element; }));
      });
      headings.forEach(function (heading, index) {
        if (index === position) heading.setAttribute('aria-sort', direction > 0 ? 'ascending' : 'descending');
        else heading.removeAttribute('aria-sort');
      });
      if (sortBy) sortBy.value = wish;
    }

    /** @param {string} wish */
    function sortAnew(wish) {
      sort(wish);
      filterAnew();
      write();
    }

    function write() {
      const address = new URL(location.href);
      controls.forEach(function (control) { address.searchParams.delete(keyOf(control)); });
      address.searchParams.delete('sort');
      wanted().forEach(function (pair) { address.searchParams.set(pair[0], pair[1]); });
      if (sorted) address.searchParams.set('sort', sorted);
      history.replaceState(history.state, '', address);
    }

    function read() {
      const given = new URLSearchParams(location.search);
      controls.forEach(function (control) {
        control.value = given.get(keyOf(control)) || '';
        if (control.value === '' && control.tagName === 'SELECT') control.selectedIndex = 0;
      });
      sort(given.get('sort') || '');
    }

    function clear() {
      controls.forEach(function (control) { control.value = ''; });
      filterAnew();
      write();
      controls[0].focus();
    }

    /* A link to a row must show that row, whatever is filtered. */
    function reveal() {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && table.contains(target) && target.closest('[hidden], [data-om-later]')) {
        controls.forEach(function (control) { control.value = ''; });
        most = Infinity;
        filter();
        target.scrollIntoView();
      }
    }

    headings.forEach(function (heading) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'om-sort';
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener('click', function () {
        const key = heading.dataset.omSort || '';
        sortAnew(heading.getAttribute('aria-sort') === 'ascending' ? '-' + key : key);
      });
    });
    if (sortBy) sortBy.addEventListener('change', function () { sortAnew(sortBy.value); });
    if (more) more.addEventListener('click', showMore);
    controls.forEach(function (control) {
      control.addEventListener('input', function () { filterAnew(); write(); });
    });
    all('[data-om-clear]', container).forEach(function (button) { button.addEventListener('click', clear); });
    window.addEventListener('hashchange', reveal);
    table.addEventListener('pointerover', function (event) {
      const target = /** @type {Element} */ (event.target);
      const cell = /** @type {HTMLTableCellElement} */ (target.closest('td, th'));
      all('col', table).forEach(function (column, index) {
        column.classList.toggle('om-under', Boolean(cell && cell.colSpan === 1 && index > 0 && index === cell.cellIndex));
      });
    });
    table.addEventListener('pointerleave', function () {
      all('col.om-under', table).forEach(function (column) { column.classList.remove('om-under'); });
    });

    read();
    filter();
    all('[data-om-filters]', container).forEach(function (filters) { filters.hidden = false; });
    reveal();
  }

  all('[data-om-filterable]', document).forEach(function (container) {
    if (container.dataset.omStarted) return;
    container.dataset.omStarted = 'yes';
    start(container);
  });
})();
