/* The data of YAML files, and its numbers as they were typed. */
'use strict';

/** A number as it was typed, so that 0.10 stays exact. */
class Exact {
  /** @param {string} text */
  constructor(text) { this.text = text; }

  /**
   * Give a number back from JSON, where it stands as {"exact": "0.10"}.
   * @param {string} _
   * @param {any} value
   */
  static revived(_, value) {
    return value && typeof value === 'object' && typeof value.exact === 'string' ? new Exact(value.exact) : value;
  }
}

/**
 * A packet or a part of one, with the keys of the YAML file; numbers are Exact.
 * @typedef {Record<string, any>} Data
 */
