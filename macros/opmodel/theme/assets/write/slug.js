/* Ids made of words. */
'use strict';

/* Letters of the Latin script that Unicode does not take apart into one of ASCII and an accent, as in opmodel/text/slugs.py. */
/** @type {Record<string, string>} */
const ASCII_LETTERS = {
  'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i', 'ħ': 'h', 'ŧ': 't', 'ŋ': 'ng', 'ß': 'ss',
};

/**
 * Return a text in lower case, with Latin letters without accents.
 * @param {string} text
 */
function withoutAccents(text) {
  const letters = text.toLowerCase().replace(/[^\0-\x7f]/g, letter => ASCII_LETTERS[letter] || letter);
  return letters.normalize('NFKD').replace(/\p{Mn}/gu, '');
}

/**
 * Return an id made of the words of a text, at most 60 characters and whole words where that is possible.
 * @param {string} text
 */
function writeSlug(text) {
  const joined = (withoutAccents(text).match(/[a-z0-9]+/g) || []).join('-');
  if (joined.length <= 60) return joined;
  return joined.slice(0, joined.slice(0, 61).lastIndexOf('-')) || joined.slice(0, 60);
}
