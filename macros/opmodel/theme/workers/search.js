/*
 * Takes the place of the theme's search worker and hands every message on to it. Only the question is rewritten:
 *
 * - words that carry no meaning are left out, unless nothing else was typed: the theme finds words by their beginning,
 *   so that "a" would find every word with that letter;
 * - endings are cut (approves, approved, approving → approv), so that every form of a word finds every other;
 *
 * and the pages found are put in order by how well their titles and other words (tags) answer the question. The theme
 * adds up every form of every word, which puts long lists of words before the one that was meant.
 */
"use strict";

(function () {
  const SMALL = new Set(
    ("a about again all also am an and any are as at be been before but by can cannot could did do does else for from " +
     "get had has have he her here him his how i if in into is its just let like may me might must my no nor not of on " +
     "or our out over own she should so some than that the their them then there these they this those to too us was " +
     "we were what when where which while who whom whose why will with would you your").split(" "));
  const ENDINGS = [["ies", "y"], ["sses", "ss"], ["ing", ""], ["ed", ""], ["es", ""], ["s", ""], ["e", ""]];
  const SHORTEST = 3;
  const OWN_LANGUAGE = /["+*:^~]/; // the reader speaks the search's own language
  const IDENTIFIER_OR_WORD = /\p{L}+-\p{N}+|[\p{L}\p{N}]+/gu; // AP-07 is one word
  const [QUESTION, ANSWER] = [2, 3]; // the theme's numbers for its messages

  function beginning(word) {
    if (word.length <= SHORTEST + 1 || word.endsWith("ss") || /[^a-z]/.test(word)) return word;
    for (const [ending, instead] of ENDINGS) {
      const stem = word.slice(0, word.length - ending.length);
      if (word.endsWith(ending) && stem.length >= SHORTEST) return ending === "ies" ? stem : stem + instead;
    }
    return word;
  }

  function words(text) {
    const all = text.replace(/\bIT\b/g, "platform").toLowerCase().replace(/<[^>]*>/g, "").match(IDENTIFIER_OR_WORD) || [];
    const telling = all.filter((word) => !SMALL.has(word));
    return (telling.length ? telling : all).map(beginning);
  }

  function rewritten(question) {
    return OWN_LANGUAGE.test(question) ? question : words(question).join(" ");
  }

  const same = (one, other) => one.startsWith(other) || (other.length > SHORTEST && other.startsWith(one));
  const share = (asked, found) => asked.filter((term) => found.some((word) => same(word, term))).length;

  /* How alike a question and a title or phrase are: 1 when each word of one is in the other. */
  function likeness(asked, phrase) {
    return phrase.length ? share(asked, phrase) / Math.max(asked.length, phrase.length) : 0;
  }

  function worth(asked, entry) {
    const phrases = [entry.title, ...(entry.tags || [])].map(words);
    const told = share(asked, phrases.flat()) / asked.length;
    const anywhere = share(asked, [...phrases.flat(), ...words(entry.text || "")]) / asked.length;
    const likest = Math.max(...phrases.map((phrase) => likeness(asked, phrase)));
    const said = (entry.tags || []).map((text) => text.replace(/<[^>]*>/g, "").toLowerCase());
    const exact = said.includes(question.trim().toLowerCase()) ? 1 : 0;
    const whole = entry.location.includes("#") ? 0 : 0.5; // a page about it before a section that mentions it
    return exact + whole + 4 * told + anywhere + 2 * likest + 0.6 * likeness(asked, phrases[0]) + 0.3 * (entry.boost || 1);
  }

  function ordered(groups) {
    const asked = words(question);
    if (!asked.length || OWN_LANGUAGE.test(question)) return groups;
    const ranked = groups.map((group, place) => ({ group, place, worth: Math.max(...group.map((e) => worth(asked, e))) }));
    return ranked.sort((one, other) => other.worth - one.worth || one.place - other.place).map(({ group }) => group);
  }

  const listen = self.addEventListener.bind(self);
  const tell = self.postMessage.bind(self);
  let theirs = null;
  let question = "";
  self.addEventListener = function (type, listener, options) {
    if (type === "message" && !theirs) theirs = listener;
    else listen(type, listener, options);
  };
  self.postMessage = function (message) {
    const found = message && message.type === ANSWER && message.data && message.data.items;
    tell(found ? { ...message, data: { ...message.data, items: ordered(found) } } : message);
  };
  importScripts("theme-search.js");

  listen("message", function (event) {
    const { type, data } = event.data;
    const asks = type === QUESTION && typeof data === "string";
    if (asks) question = data;
    theirs(asks ? { data: { type, data: rewritten(data) } } : event);
  });
})();
