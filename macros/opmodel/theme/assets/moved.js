/*
 * Follows what has moved: a whole page ([data-om-moved-page], a link), or a part of one ([data-om-moved], with the former
 * anchor as its id and a link in it). The anchor and query of the address that was asked for are kept. Without this script
 * the page's own link and refresh still lead on; only the anchor is lost.
 */
(function () {
  'use strict';

  function asked() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch (malformed) {
      return '';
    }
  }

  function follow() {
    const part = asked() && document.getElementById(asked());
    const link = part && part.matches('[data-om-moved]') ? part.querySelector('a') : null;
    const page = document.querySelector('[data-om-moved-page]');
    if (!link && !page) return;
    const to = new URL(/** @type {HTMLAnchorElement} */ (link || page).href);
    if (!to.hash) to.hash = link ? '' : location.hash;
    if (!to.search) to.search = location.search;
    location.replace(to.href);
  }

  addEventListener('hashchange', follow);
  follow();
})();
