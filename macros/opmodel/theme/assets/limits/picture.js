/*
 * The picture of a lane: amounts from the top down, a bar for each rule. Holes and overlaps are hatched, and named.
 */
'use strict';

const SVG = 'http://www.w3.org/2000/svg';
/** The height of a band and of a line, and the size of letters. */
const ROW = 38;
const LINE = 14;
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
 * Return a text in lines that fit a width, the last one cut where it does not.
 * @param {string} text
 * @param {number} width
 * @param {number} most lines
 */
function fittingLines(text, width, most) {
  const room = Math.max(2, Math.floor(width / (FONT * LETTER)));
  /** @type {string[]} */
  const lines = [];
  text.split(' ').forEach((word) => {
    const last = lines.length - 1;
    if (last < 0 || (lines.length < most && Array.from(lines[last] + ' ' + word).length > room)) lines.push(word);
    else lines[last] += ' ' + word;
  });
  return lines.map((line) => {
    const letters = Array.from(line);
    return letters.length > room ? letters.slice(0, room - 1).join('') + '…' : line;
  });
}

/**
 * A bar of a picture: a rule from one band to another, in the first columns that are free.
 * @typedef {{ rule: number, from: number, to: number, column: number, columns: number }} Bar
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
      bars.push({ rule, from: at, to: at + 1, column, columns: 1 });
    });
  });
  const columns = Math.max(1, ...bars.map(({ column }) => column + 1));
  bars.forEach((bar) => {
    const beside = bars.filter(({ from, to, column }) => column > bar.column && from < bar.to && to > bar.from);
    bar.columns = Math.min(columns, ...beside.map(({ column }) => column)) - bar.column;
  });
  return { bars, columns };
}

/**
 * Return the picture of a lane at a width in pixels.
 * @param {Lane} lane
 * @param {(rule: number) => string} nameOf
 * @param {number} width
 */
function lanePicture(lane, nameOf, width) {
  const { bars, columns } = laneBars(lane);
  const longest = Math.max(...lane.bands.map(({ words }) => Array.from(words).length));
  const left = Math.round(Math.min(width * 0.55, longest * FONT * LETTER + 20));
  const step = (width - left - 1) / columns;
  const height = lane.bands.length * ROW + 2;
  const id = writeId();

  /* Lines of a text around a height. */
  /** @param {string[]} lines @param {number} x @param {number} y @param {string} name */
  function words(lines, x, y, name) {
    return lines.map((line, number) => svgElement('text', { x, y: y + 4 + (number - (lines.length - 1) / 2) * LINE, class: 'om-limits__' + name }, [line]));
  }

  /* The middle of the bands that a bar has for itself, or of the whole bar. */
  /** @param {Bar} bar */
  function middle({ from, to }) {
    let [start, stop] = [from, from];
    for (let at = from, first = from; at < to; at += 1) {
      if (lane.bands[at].rules.length > 1) first = at + 1;
      else if (at + 1 - first > stop - start) [start, stop] = [first, at + 1];
    }
    return ((stop > start ? start + stop : from + to) * ROW) / 2 + 1;
  }

  /** @param {string} kind */
  function hatch(kind) {
    return svgElement('pattern', { id: id + kind, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, [
      svgElement('path', { d: 'M0 0V7', class: 'om-limits__line om-limits__line--' + kind }),
    ]);
  }
  const shapes = bars.map(({ from, to, column, columns: wide }) => svgElement('rect', {
    x: left + 4 + column * step, y: from * ROW + 3, width: wide * step - 6, height: (to - from) * ROW - 4, rx: 4, class: 'om-limits__bar',
  }));
  const names = bars.flatMap((bar) => words(
    fittingLines(nameOf(bar.rule), bar.columns * step - 20, 2), left + 12 + bar.column * step, middle(bar), 'name'));
  const marks = lane.bands.flatMap(({ rules }, at) => {
    if (rules.length === 1) return [];
    const kind = rules.length ? 'overlap' : 'hole';
    const box = { x: left + 3, y: at * ROW + 2, width: width - left - 4, height: ROW - 2, rx: 4 };
    return [
      svgElement('rect', { ...box, fill: 'url(#' + id + kind + ')' }),
      svgElement('rect', { ...box, class: 'om-limits__mark om-limits__mark--' + kind }),
    ];
  });
  const labels = lane.bands.flatMap(({ words: text, rules }, at) => {
    const y = at * ROW + 1;
    const [label] = fittingLines(text, left - 10, 1);
    const [kind, note] = rules.length ? ['overlap', rules.length + ' rules'] : ['hole', '✕ no rule'];
    return [
      ...words([label], left - 10, y + ROW / 2 - (rules.length === 1 ? 0 : 7), 'label'),
      ...(rules.length === 1 ? [] : words([note], left - 10, y + ROW / 2 + 8, 'note om-limits__note--' + kind)),
      svgElement('path', { d: 'M' + (left - 5) + ' ' + y + 'h5', class: 'om-limits__axis' }),
    ];
  });
  const axis = svgElement('path', { d: 'M' + left + ' 1V' + (height - 1) + 'h-5', class: 'om-limits__axis' });
  const title = svgElement('title', { id: writeId() }, ['Bands of amounts' + (lane.title && ' for ' + lane.title) + '. The table behind it has the same in words.']);
  return svgElement('svg', {
    viewBox: '0 0 ' + width + ' ' + height, width, height, role: 'img', 'aria-labelledby': title.id, class: 'om-limits__picture',
  }, [title, hatch('hole'), hatch('overlap'), ...shapes, ...marks, ...names, axis, ...labels]);
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
