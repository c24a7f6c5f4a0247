/*
 * On the page for unknown addresses: suggests the pages whose address and title are nearest to the words that were asked for.
 *
 * Markup: [data-om-unknown] holds the address of a list of all pages, [data-om-root] the site's root. The list is JSON:
 * {pages: [[address, title], …], moved: {former address: [address, title]}}. Without this script the page lists the site's
 * main parts, which stay below the suggestions.
 */
(function () {
  'use strict';

  const COUNT = 5;
  const ENOUGH = 0.34;
  const FILLERS = new Set(['a', 'an', 'and', 'are', 'for', 'html', 'htm', 'in', 'index', 'is', 'md', 'of', 'on', 'or', 'php', 'the', 'to']);

  /** @param {string} text */
  function words(text) {
    return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(function (word) { return word && !FILLERS.has(word); });
  }

  /** @param {string} path */
  function decoded(path) {
    try {
      return decodeURIComponent(path);
    } catch (malformed) {
      return path;
    }
  }

  /* How many letters must change to turn one word into the other; more than `most` is only known to be more. */
  /** @param {string} one @param {string} other @param {number} most */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = Array.from({ length: other.length + 1 }, function (_, index) { return index; });
    for (let row = 1; row <= one.length; row += 1) {
      const now = [row];
      for (let column = 1; column <= other.length; column += 1) {
        const change = before[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1);
        now.push(Math.min(change, before[column] + 1, now[column - 1] + 1));
      }
      before = now;
    }
    return before[other.length];
  }

  /* From 0 (another word) to 1 (the same). */
  /** @param {string} one @param {string} other */
  function likeness(one, other) {
    if (one === other) return 1;
    const shorter = Math.min(one.length, other.length);
    if (shorter >= 3 && (one.startsWith(other) || other.startsWith(one))) return 0.8;
    const most = shorter >= 7 ? 2 : shorter >= 4 ? 1 : 0;
    const changed = most ? distance(one, other, most) : most + 1;
    return changed <= most ? 0.9 - 0.2 * changed : 0;
  }

  /** @param {string} word @param {string[]} others */
  function best(word, others) {
    return others.reduce(function (most, other) { return Math.max(most, likeness(word, other)); }, 0);
  }

  /* The share of the asked words that a page has, its address counting more than its title, and short pages first. */
  /** @param {string[]} asked @param {string[]} page */
  function score(asked, page) {
    const address = words(page[0]);
    const title = words(page[1]);
    const found = asked.reduce(function (sum, word) {
      return sum + Math.max(best(word, address), 0.8 * best(word, title));
    }, 0);
    return found / asked.length - 0.01 * address.length;
  }

  /** @param {string[]} asked @param {{ pages: string[][], moved: Record<string, string[]>, file?: string }} list */
  function nearest(asked, list) {
    const moved = Object.keys(list.moved).map(function (former) {
      const to = list.moved[former];
      return { address: to[0], title: to[1], score: score(asked, [former, '']) };
    });
    const pages = list.pages.map(function (page) {
      return { address: page[0], title: page[1], score: score(asked, page) };
    });
    const seen = new Set();
    return pages.concat(moved)
      .filter(function (page) { return page.score >= ENOUGH; })
      .sort(function (one, other) { return other.score - one.score; })
      .filter(function (page) { return !seen.has(page.address) && seen.add(page.address); })
      .slice(0, COUNT);
  }

  /** @param {Element} place @param {{ address: string, title: string }[]} pages @param {URL} root @param {string} file of each page */
  function show(place, pages, root, file) {
    const intro = document.createElement('p');
    const list = document.createElement('ul');
    intro.textContent = pages.length === 1 ? 'Nearest to what you asked for:' : 'Nearest to what you asked for, best first:';
    list.className = 'om-nearest';
    pages.forEach(function (page) {
      const link = document.createElement('a');
      link.href = new URL(page.address.replace(/(^|\/)(?=#|$)/, '$1' + file), root).href;
      link.textContent = page.title;
      list.appendChild(document.createElement('li')).appendChild(link);
    });
    place.prepend(intro, list);
  }

  /** @param {HTMLElement} place */
  function start(place) {
    const root = new URL(place.dataset.omRoot || '', location.href);
    const path = decoded(location.pathname);
    const asked = words(path.startsWith(root.pathname) ? path.slice(root.pathname.length) : path);
    if (!asked.length) return;
    fetch(new URL(place.dataset.omUnknown || '', location.href))
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText)); })
      .then(function (list) {
        const pages = nearest(asked, list);
        if (pages.length) show(place, pages, root, list.file || '');
      })
      .catch(function () { /* the main parts of the site are listed already */ });
  }

  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-om-unknown]')).forEach(start);
})();
