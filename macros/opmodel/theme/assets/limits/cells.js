/*
 * A pasted table as rows of cells: from a spreadsheet (tabs), as CSV with any usual separator, or in Markdown. For CSV the
 * same as opmodel/worksheets/csv_table.py: change both.
 */
'use strict';

const MOST_ROWS = 5000;
const MOST_COLUMNS = 200;

/**
 * Return the rows of a text with one separator. A cell in quotation marks can hold separators and line breaks.
 * @param {string} text
 * @param {string} separator
 * @param {number} most
 */
function separatedRows(text, separator, most) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let at = 0;
  let open = false;
  while (at < text.length && rows.length < most) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; at < text.length && (text[at] !== '"' || text[at + 1] === '"'); at += 1) {
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      if (at >= text.length) open = true;
      at += 1;
    }
    while (at < text.length && text[at] !== separator && text[at] !== '\n') {
      cell += text[at];
      at += 1;
    }
    row.push(cell);
    if (text[at] === separator) {
      at += 1;
      if (at === text.length || text[at] === '\n') row.push('');
      if (at < text.length && text[at] !== '\n') continue;
    }
    rows.push(row);
    row = [];
    at += 1;
  }
  if (row.length) rows.push(row);
  return { rows, open };
}

/**
 * Return the separator with which most rows have the same number of columns, more than one.
 * @param {string} text
 */
function likelySeparator(text) {
  return smallestBy([';', '\t', ',', '|'], (separator) => {
    const widths = separatedRows(text, separator, 40).rows.map((row) => row.length).filter((width) => width > 1);
    return -Math.max(0, ...widths.map((width) => widths.filter((each) => each === width).length * Math.min(width, 8)));
  });
}

/**
 * Return the rows of the first table in Markdown: a line of hyphens and bars under a heading. Null when there is none.
 * @param {string} text
 */
function markdownRows(text) {
  const lines = text.split('\n');
  const rule = lines.findIndex((line) => /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$/.test(line));
  if (rule < 1 || !lines[rule - 1].includes('|')) return null;
  const end = lines.findIndex((line, at) => at > rule && !line.trim());
  return [lines[rule - 1], ...lines.slice(rule + 1, end < 0 ? lines.length : end)].map((line) => {
    const inner = line.trim().replace(/^\|/, '').replace(/(^|[^\\])\|$/, '$1');
    return inner.split(/(?<!\\)\|/).map((cell) => plainMarkdown(cell.trim()));
  });
}

/** @param {string} cell */
function plainMarkdown(cell) {
  return cell.replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2').replace(/(^|\W)([*_])(\S.*?)\2(?=\W|$)/g, '$1$3')
    .replace(/<br ?\/?>/gi, '\n').replace(/\\([\\`*_{}[\]()#+\-.!|<>~$])/g, '$1');
}

/**
 * Return the cells of a pasted table, in rows of the same length, and what was wrong with the text.
 * @param {string} pasted
 */
function pastedTable(pasted) {
  const text = pasted.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  /** @type {string[]} */
  const notes = [];
  let rows = markdownRows(text);
  if (!rows) {
    const found = separatedRows(text, likelySeparator(text), MOST_ROWS + 1);
    rows = found.rows;
    if (found.open) notes.push('A quotation mark is left open; rows after it may have been joined.');
  }
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (rows.length > MOST_ROWS || width > MOST_COLUMNS) notes.push('Only ' + MOST_ROWS + ' rows and ' + MOST_COLUMNS + ' columns are read.');
  const kept = Math.min(width, MOST_COLUMNS);
  const cells = rows.slice(0, MOST_ROWS).map((row) => Array.from({ length: kept }, (_, column) => cleanCell(row[column] || '')));
  return { rows: cells, notes };
}

/**
 * Return a cell with trimmed lines.
 * @param {string} cell
 */
function cleanCell(cell) {
  return cell.trim().split('\n').map((line) => line.trim()).join('\n');
}
