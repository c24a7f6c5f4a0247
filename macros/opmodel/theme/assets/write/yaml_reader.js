/* Reading of YAML: the part of it that data files use. What it does not know it refuses, with the line, and never guesses. */
'use strict';

/**
 * Return the data of a YAML file, with numbers as Exact and days as text, and the numbers of the lines that have a comment.
 * @param {string} text
 * @returns {{ data: any, comments: number[] }}
 */
function writeReadYaml(text) {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  /** @type {Set<number>} */
  const comments = new Set();
  let at = 0;

  /**
   * @param {string} message
   * @returns {never}
   */
  function refuse(message) { throw new WriteYamlError(Math.min(at, lines.length - 1) + 1, message); }

  /** The most levels, lines of one value and characters of a line or file that are read: far more than a packet has. */
  const MOST = { levels: 50, lines: 200, inLine: 10000, inFile: 200000 };
  if (text.length > MOST.inFile) refuse('the file has more than ' + MOST.inFile + ' characters.');
  at = lines.findIndex((line) => line.length > MOST.inLine);
  if (at >= 0) refuse('the line has more than ' + MOST.inLine + ' characters.');
  at = 0;
  let level = 0;

  const { unquoted, plain, folded, quotedLength, bracketLength, brackets } = writeYamlValues(refuse);

  /** @param {string} line */
  function indentOf(line) { return line.length - line.trimStart().length; }

  function note() { if (!/^\s*# yaml-language-server:/.test(lines[at])) comments.add(at + 1); }

  /** Go to the next line with content and return its indent, or -1 at the end. */
  function next() {
    for (; at < lines.length; at += 1) {
      const line = lines[at];
      if (/^\s*#/.test(line)) note();
      else if (line.trim() && !(/^---\s*$/.test(line) && !lines.slice(0, at).some((each) => each.trim() && !/^\s*#/.test(each)))) {
        if (/^ *\t/.test(line)) refuse('a tab stands where spaces belong.');
        return indentOf(line);
      }
    }
    return -1;
  }

  /**
   * Return text without the comment behind it.
   * @param {string} rest
   */
  function uncommented(rest) {
    const found = /(^|\s)#/.exec(rest);
    if (!found) return rest.trim();
    note();
    return rest.slice(0, found.index).trim();
  }

  /**
   * Return the key at the beginning of a text, and what follows it; null if there is none.
   * @param {string} line
   * @returns {{ key: string, rest: string } | null}
   */
  function keyOf(line) {
    const found = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*!|>%@`[\]{},?-](?:[^:#]|:(?=\S)|(?<=\S)#)*?|-(?=\S)(?:[^:#]|:(?=\S))*?)\s*:(?:\s+(.*))?$/.exec(line);
    if (!found) return null;
    const [, key, rest = ''] = found;
    return { key: /^["']/.test(key) ? unquoted(key) : key, rest };
  }

  /**
   * A text after | or >, whose lines stand deeper than what it belongs to.
   * @param {string} header
   * @param {number} outer
   */
  function block(header, outer) {
    const found = /^([|>])([-+]?)$/.exec(uncommented(header));
    if (!found) return refuse('expected |, |-, > or >- and nothing after it.');
    const [, style, chomp] = found;
    at += 1;
    const rows = [];
    while (at < lines.length && (!lines[at].trim() || indentOf(lines[at]) > outer)) rows.push(lines[at++]);
    const first = rows.find((row) => row.trim());
    if (first === undefined) return '';
    const indent = indentOf(first);
    const inner = rows.map((row) => row.slice(indent));
    if (rows.some((row) => row.trim() && indentOf(row) < indent)) refuse('a line of the text above stands too far left.');
    let count = inner.length;
    while (count && !inner[count - 1].trim()) count -= 1;
    const kept = inner.slice(0, count);
    if (style === '>' && kept.some((row) => /^\s/.test(row) && row.trim())) refuse('a line of the text above stands deeper than its first.');
    const body = style === '|' ? kept.join('\n') : folded(kept);
    return body + (chomp === '-' ? '' : chomp === '+' ? '\n'.repeat(1 + rows.length - count - (at === lines.length ? 1 : 0)) : '\n');
  }

  /**
   * Take lines until a pattern matches all of them, joined.
   * @param {string} first
   * @param {number} outer
   * @param {(text: string) => number} end the length of the value; 0 while it goes on
   * @param {string} message
   */
  function until(first, outer, end, message) {
    const rows = [first.trim()];
    const start = at;
    for (;;) {
      const text = folded(rows);
      const length = end(text);
      if (length) {
        if (uncommented(text.slice(length))) refuse('something stands behind the end of the value.');
        at += 1;
        return text.slice(0, length);
      }
      at += 1;
      if (at >= lines.length || (lines[at].trim() && indentOf(lines[at]) <= outer)) {
        at = start;
        refuse(message);
      }
      rows.push(lines[at].trim());
      if (rows.length > MOST.lines) refuse('the value has more than ' + MOST.lines + ' lines; write it after | or >.');
    }
  }

  /**
   * A value that begins on this line, behind a key or a dash with this indent.
   * @param {string} rest
   * @param {number} outer
   * @returns {any}
   */
  function value(rest, outer) {
    const first = rest.trim()[0];
    if (first === '|' || first === '>') return block(rest, outer);
    if (first === '"' || first === "'") return unquoted(until(rest, outer, quotedLength, 'the quotation mark that begins here has no end.'));
    if (first === '[' || first === '{') return brackets(until(rest, outer, bracketLength, 'the bracket that begins here has no end.'));
    if (/[&*!%@`]/.test(first)) refuse('anchors, aliases and tags are not read here: write the value itself.');
    if (/^[?,\]}]|^-\s/.test(rest.trim())) refuse('expected a value, found ' + first);
    return bareText(rest, outer);
  }

  /**
   * A value without quotation marks, and the lines on which it goes on.
   * @param {string} first
   * @param {number} outer
   */
  function bareText(first, outer) {
    const start = at;
    const rows = [uncommented(first)];
    const goesOn = () => !/(^|\s)#/.test(lines[at - 1]) && !/^\s*#/.test(lines[at]) && (!lines[at].trim() || indentOf(lines[at]) > outer);
    for (at += 1; at < lines.length && goesOn(); at += 1) {
      rows.push(uncommented(lines[at]));
    }
    const end = at;
    while (rows.length > 1 && !rows[rows.length - 1]) rows.pop();
    const wrong = rows.findIndex((row) => /:(\s|$)/.test(row));
    at = start + Math.max(0, wrong);
    if (wrong >= 0) refuse('a text with “: ” needs quotation marks.');
    const found = rows.length > 1 ? folded(rows) : plain(rows[0]);
    at = end;
    return found;
  }

  /**
   * What stands below a key or dash with this indent; null when nothing does.
   * @param {number} outer
   * @param {boolean} isKey
   * @returns {any}
   */
  function below(outer, isKey) {
    at += 1;
    const indent = next();
    if (indent > outer) return node(indent);
    return isKey && indent === outer && /^\s*-(\s|$)/.test(lines[at]) ? sequence(indent) : null;
  }

  /** @param {number} indent */
  function mapping(indent) {
    const found = Object.create(null);
    while (next() === indent) {
      const pair = keyOf(lines[at].slice(indent));
      if (!pair) return refuse('expected a key with “:”, such as title: Invoice triage');
      const isLast = !pair.rest.trim() || pair.rest.trim()[0] === '#';
      if (isLast) uncommented(pair.rest);
      if (Object.hasOwn(found, pair.key)) refuse('the key ' + pair.key + ' stands twice.');
      found[pair.key] = isLast ? below(indent, true) : value(pair.rest, indent);
    }
    return found;
  }

  /** @param {number} indent */
  function sequence(indent) {
    const found = [];
    while (next() === indent && /^-(\s|$)/.test(lines[at].slice(indent))) {
      const rest = lines[at].slice(indent + 1);
      if (!rest.trim() || rest.trim()[0] === '#') {
        uncommented(rest);
        found.push(below(indent, false));
      } else if (keyOf(rest.trim()) || /^-\s/.test(rest.trim())) {
        lines[at] = ' '.repeat(indent + 1) + rest;
        found.push(node(indentOf(lines[at])));
      } else found.push(value(rest, indent));
    }
    return found;
  }

  /**
   * @param {number} indent
   * @returns {any}
   */
  function node(indent) {
    const line = lines[at].slice(indent);
    if ((level += 1) > MOST.levels) refuse('lists and mappings stand in each other more than ' + MOST.levels + ' deep.');
    const isList = /^-(\s|$)/.test(line);
    const found = isList ? sequence(indent) : keyOf(line) ? mapping(indent) : value(line, indent - 1);
    level -= 1;
    return found;
  }

  const indent = next();
  if (indent < 0) return { data: null, comments: [...comments] };
  const data = node(indent);
  if (next() >= 0 && !/^\.\.\.\s*$/.test(lines[at])) refuse('this line does not belong to what stands above it.');
  return { data, comments: [...comments].sort((one, two) => one - two) };
}
