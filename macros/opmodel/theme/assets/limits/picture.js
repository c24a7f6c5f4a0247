/*
 * The picture of a lane: amounts from the top down, a bar for each rule. Holes and overlaps are hatched, and named.
 */
'use strict';

const SVG = 'http://www.w3.org/2000/svg';
/** The height of a band, and the size of letters. */
const ROW = 36;
const FONT = 12;
/** How wide a letter is, on average and at most, as a part of the size of the font. */
const LETTER = 0.56;

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {(Node | string)[]} [children]
 */
function svgElement(name, attributes, children = []) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => { made.setAttribute(key, String(value)); });
  made.append(...children);
  return made;
}

/**
 * Return a text that fits a width, cut at its end where it does not.
 * @param {string} text
 * @param {number} width
 */
function fittingText(text, width) {
  const letters = Array.from(text);
  const most = Math.floor(width / (FONT * LETTER));
  return letters.length <= most ? text : letters.slice(0, Math.max(1, most - 1)).join('') + '…';
}

/**
 * A bar of a picture: a rule from one band to another, in the first column that is free.
 * @typedef {{ rule: number, from: number, to: number, column: number }} Bar
 */

/**
 * Return the bars of a lane.
 * @param {Lane} lane
 */
function laneBars({ bands }) {
  /** @type {Bar[]} */
  const bars = [];
  bands.forEach(({ rules }, at) => {
    rules.forEach((rule) => {
      const going = bars.find((bar) => bar.rule === rule && bar.to === at);
      if (going) {
        going.to = at + 1;
        return;
      }
      const taken = bars.filter((bar) => bar.to > at || (bar.to === at && rules.includes(bar.rule))).map((bar) => bar.column);
      let column = 0;
      while (taken.includes(column)) column += 1;
      bars.push({ rule, from: at, to: at + 1, column });
    });
  });
  return bars;
}

/**
 * Return the picture of a lane at a width in pixels.
 * @param {Lane} lane
 * @param {(rule: number) => string} nameOf
 * @param {number} width
 */
function lanePicture(lane, nameOf, width) {
  const bars = laneBars(lane);
  const columns = Math.max(1, ...bars.map(({ column }) => column + 1));
  const longest = Math.max(...lane.bands.map(({ words }) => Array.from(words).length));
  const left = Math.round(Math.min(width * 0.55, longest * FONT * LETTER + 20));
  const step = (width - left - 1) / columns;
  const height = lane.bands.length * ROW + 2;
  const id = writeId();

  /** @param {string} text @param {number} x @param {number} y @param {number} room @param {string} name */
  function words(text, x, y, room, name) {
    return svgElement('text', { x, y, class: 'om-limits__' + name }, [fittingText(text, room)]);
  }

  const hatch = svgElement('pattern', { id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, [
    svgElement('path', { d: 'M0 0V7', class: 'om-limits__line' }),
  ]);
  const drawn = bars.flatMap(({ rule, from, to, column }) => {
    const x = left + 4 + column * step;
    const middle = ((from + to) * ROW) / 2 + 5;
    return [
      svgElement('rect', { x, y: from * ROW + 3, width: step - 6, height: (to - from) * ROW - 4, rx: 4, class: 'om-limits__bar' }),
      words(nameOf(rule), x + 8, middle, step - 20, 'name'),
    ];
  });
  const marks = lane.bands.flatMap(({ rules }, at) => {
    if (rules.length === 1) return [];
    const kind = rules.length ? 'overlap' : 'hole';
    const box = { x: left + 3, y: at * ROW + 2, width: width - left - 4, height: ROW - 2, rx: 4 };
    return [
      svgElement('rect', { ...box, fill: 'url(#' + id + ')', class: 'om-limits__hatch--' + kind }),
      svgElement('rect', { ...box, class: 'om-limits__mark om-limits__mark--' + kind }),
    ];
  });
  const labels = lane.bands.flatMap(({ words: text, rules }, at) => {
    const y = at * ROW + 1;
    const lines = rules.length === 1 ? [words(text, left - 10, y + 22, left - 12, 'label')] : [
      words(text, left - 10, y + 15, left - 12, 'label'),
      words(rules.length ? rules.length + ' rules' : '✕ no rule', left - 10, y + 29, left - 12, rules.length ? 'overlap' : 'hole'),
    ];
    return [...lines, svgElement('path', { d: 'M' + (left - 5) + ' ' + y + 'h5', class: 'om-limits__axis' })];
  });
  const axis = svgElement('path', { d: 'M' + left + ' 1V' + (height - 1) + 'h-5', class: 'om-limits__axis' });
  const title = svgElement('title', { id: writeId() }, ['Bands of amounts' + (lane.title && ' for ' + lane.title) + '. The table behind it has the same in words.']);
  return svgElement('svg', {
    viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-labelledby': title.id, class: 'om-limits__picture',
  }, [title, hatch, ...drawn, ...marks, axis, ...labels]);
}

/**
 * Return the bands of a lane as a table.
 * @param {Lane} lane
 * @param {(rule: number) => string} nameOf
 */
function laneTable(lane, nameOf) {
  /** @param {string} name @param {string} scope @param {string} text */
  function head(name, scope, text) { return writeElement('th', { scope, className: name, textContent: text }); }
  const rows = lane.bands.map(({ words, rules }) => writeElement('tr', {}, [
    head('', 'row', words),
    writeElement('td', { textContent: (rules.length > 1 ? rules.length + ' rules: ' : '') + (rules.map(nameOf).join(', ') || 'No rule') }),
  ]));
  const table = writeElement('table', {}, [
    writeElement('caption', { textContent: 'Bands of amounts' + (lane.title && ' for ' + lane.title) }),
    writeElement('thead', {}, [writeElement('tr', {}, [head('', 'col', 'Amount'), head('', 'col', 'Rule')])]),
    writeElement('tbody', {}, rows),
  ]);
  return writeElement('div', { className: 'om-table' }, [table]);
}
