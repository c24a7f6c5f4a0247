/* YAML, in the style of the data files. */
'use strict';

/**
 * Return data as YAML, each line with an indent.
 * @param {any} data
 * @param {number} [depth]
 */
function writeYaml(data, depth = 0) {
  const WIDTH = 118;

  /** @param {string} text */
  function isPlain(text) {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return true;
    return /^[A-Za-z][A-Za-z0-9 ,.;:()'/&%@_+–-]*$/.test(text) && !/: |:$| $/.test(text) &&
      !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  }

  /* What YAML does not print, or editors do not show, is escaped. */
  /** @param {string} text */
  function quoted(text) {
    return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g,
      (sign) => '\\u' + sign.charCodeAt(0).toString(16).padStart(4, '0'));
  }

  /** @param {string} text */
  function fitsBlock(text) {
    // eslint-disable-next-line no-control-regex -- these are what a block cannot hold
    return !/[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ud800-\udfff]/.test(text);
  }

  /**
   * @param {string} text
   * @param {number} indent
   * @param {number} used how much of the first line is taken
   */
  function scalar(text, indent, used) {
    const space = ' '.repeat(indent);
    if (text.includes('\n') && fitsBlock(text)) {
      return '|-\n' + text.split('\n').map((line) => (line ? space + line : '')).join('\n');
    }
    const short = isPlain(text) ? text : quoted(text);
    if (used + short.length <= WIDTH || !fitsBlock(text) || / {2}/.test(text)) return short;
    const rows = [''];
    text.split(' ').forEach((word) => {
      const last = rows.length - 1;
      if (rows[last] && indent + rows[last].length + word.length > WIDTH) rows.push(word);
      else rows[last] += (rows[last] ? ' ' : '') + word;
    });
    return rows.length > 1 ? '>-\n' + rows.map((row) => space + row).join('\n') : short;
  }

  /**
   * @param {any} value
   * @param {number} indent
   * @param {number} used
   */
  function written(value, indent, used) {
    if (value instanceof Exact) return value.text.replace(/^(-?)0+(?=\d)/, '$1');
    return typeof value === 'boolean' ? String(value) : scalar(String(value), indent, used);
  }

  /** @param {any} value */
  function isNested(value) { return value && typeof value === 'object' && !(value instanceof Exact); }

  /**
   * @param {any} item
   * @param {number} indent
   */
  function entry(item, indent) {
    const space = ' '.repeat(indent);
    if (!isNested(item)) return space + '- ' + written(item, indent + 2, indent + 2) + '\n';
    const body = mapping(item, indent + 2);
    return body ? space + '- ' + body.slice(indent + 2) : space + '- {}\n';
  }

  /**
   * @param {string} name
   * @param {any} item
   * @param {number} indent
   */
  function pair(name, item, indent) {
    const key = ' '.repeat(indent) + (isPlain(name) ? name : quoted(name)) + ':';
    const apart = indent === 0 && ['owners', 'business', 'it', 'shared'].includes(name) ? '\n' : '';
    if (!isNested(item)) return apart + key + ' ' + written(item, indent + 2, key.length + 1) + '\n';
    const body = mapping(item, indent + 2);
    return apart + key + (body ? '\n' + body : Array.isArray(item) ? ' []\n' : ' {}\n');
  }

  /**
   * @param {any} value
   * @param {number} indent
   * @returns {string}
   */
  function mapping(value, indent) {
    if (Array.isArray(value)) return value.map((item) => entry(item, indent)).join('');
    return Object.entries(value).filter(([, item]) => item !== undefined)
      .map(([name, item]) => pair(name, item, indent)).join('');
  }

  return mapping(data, depth);
}
