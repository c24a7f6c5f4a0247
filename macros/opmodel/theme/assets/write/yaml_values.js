/* The values of YAML: texts with and without quotation marks, and lists and mappings in brackets. */
'use strict';

/** A text that is not read: which line, and why. */
class WriteYamlError extends Error {
  /**
   * @param {number} line from 1
   * @param {string} message
   */
  constructor(line, message) { super('Line ' + line + ': ' + message); }
}

/**
 * Return what reads values. Each refuses what it does not know.
 * @param {(message: string) => never} refuse
 */
function writeYamlValues(refuse) {
  /**
   * Return the text within quotes.
   * @param {string} whole
   * @returns {string}
   */
  function unquoted(whole) {
    const inner = whole.slice(1, -1);
    if (whole[0] === "'") return inner.replace(/''/g, "'");
    /** @type {Record<string, string>} */
    const named = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0', a: '\x07', e: '\x1b', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' };
    return inner.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/g, (_, sign) => {
      if (sign.length === 1) return named[sign] || (/["\\/ ]/.test(sign) ? sign : refuse('the escape \\' + sign + ' is not known.'));
      const code = parseInt(sign.slice(1), 16);
      return code > 0x10ffff ? refuse('the escape \\' + sign + ' is no character.') : String.fromCodePoint(code);
    });
  }

  /**
   * Return the value of text without quotes.
   * @param {string} word
   */
  function plain(word) {
    if (/^(~|null|Null|NULL|)$/.test(word)) return null;
    if (/^(true|True|TRUE|false|False|FALSE)$/.test(word)) return word.toLowerCase() === 'true';
    if (/^-?\d+(\.\d+)?$/.test(word)) return new Exact(word);
    if (/^[-+.]?\.?\d[\d_.]*([eE][-+]?\d+)?$|^0[xo][\da-fA-F]+$/.test(word) && !/^\d+\.\d+\.[\d.]*$/.test(word)) {
      refuse('write the number ' + word + ' with digits and a point, or quote the text.');
    }
    return word;
  }

  /**
   * Return a text over several lines as one: a line break is a space, an empty line a line break.
   * @param {string[]} rows
   */
  function folded(rows) {
    return rows.reduce((all, row, number) => {
      if (!number) return row;
      if (!row) return all + '\n';
      return all + (rows[number - 1] || number === 1 ? ' ' : '') + row;
    }, '');
  }

  /**
   * Return the length of the quoted text at the beginning; 0 if it does not end.
   * @param {string} text
   */
  function quotedLength(text) {
    const found = /^(?:"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*')/.exec(text);
    return found ? found[0].length : 0;
  }

  /**
   * Return the length of the list or mapping in brackets at the beginning; 0 if it does not end.
   * @param {string} text
   */
  function bracketLength(text) {
    let depth = 0;
    for (let here = 0; here < text.length; here += 1) {
      if (/["']/.test(text[here]) && /[[{,:\s]/.test(text[here - 1])) {
        const length = quotedLength(text.slice(here));
        if (!length) return 0;
        here += length - 1;
      } else if (/[[{]/.test(text[here])) depth += 1;
      else if (/[\]}]/.test(text[here]) && (depth -= 1) === 0) return here + 1;
      else if (text[here] === '#' && /\s/.test(text[here - 1])) refuse('a comment within brackets is not read here.');
    }
    return 0;
  }

  /**
   * Return the data of a list or mapping in brackets.
   * @param {string} text
   */
  function brackets(text) {
    let here = 0;
    let level = 0;
    function space() { while (/\s/.test(text[here] || '')) here += 1; }
    /** @returns {any} */
    function item() {
      space();
      if (text[here] === '[' || text[here] === '{') return collection();
      const length = quotedLength(text.slice(here));
      const found = length ? text.slice(here, here + length) : (/^(?:[^,[\]{}:]|:(?=[^\s,[\]{}]))*/.exec(text.slice(here)) || [''])[0];
      here += found.length;
      if (!length && /^[&*!|>%@`"']/.test(found)) refuse('anchors, aliases and tags are not read here.');
      return length ? unquoted(found) : plain(found.trim());
    }
    /** @returns {any} */
    function collection() {
      const isList = text[here] === '[';
      const close = isList ? ']' : '}';
      /** @type {any} */
      const found = isList ? [] : Object.create(null);
      here += 1;
      if ((level += 1) > 50) refuse('brackets stand in each other more than 50 deep.');
      for (space(); text[here] !== close; space()) {
        const value = item();
        space();
        if (isList) found.push(value);
        else {
          if (text[here] !== ':') refuse('expected “:” behind a key within braces.');
          here += 1;
          if (value && typeof value === 'object' && !(value instanceof Exact)) refuse('expected text as a key within braces.');
          put(found, value instanceof Exact ? value.text : String(value), item());
        }
        space();
        if (text[here] === ',') here += 1;
        else if (text[here] !== close) refuse('expected “,” or “' + close + '” within brackets.');
      }
      here += 1;
      level -= 1;
      return found;
    }
    return collection();
  }

  /**
   * @param {Data} found
   * @param {string} key
   * @param {any} value
   */
  function put(found, key, value) {
    if (Object.hasOwn(found, key)) refuse('the key ' + key + ' stands twice.');
    found[key] = value;
  }

  return { unquoted, plain, folded, quotedLength, bracketLength, brackets };
}
