/*
 * Amounts among the phrases of a limit: figures or words, with powers of ten and units. The same as
 * opmodel/approval/limit_amounts.py: change both.
 */
'use strict';

/**
 * What the heading and the table say about a cell: what a number alone means, the power of ten of all numbers, the unit of
 * numbers that have none, and the sign before decimals.
 * @typedef {{ alone: string, scale: number, unit: string, mark: string }} LimitContext
 */
/** @typedef {{ value: bigint, power: number }} LimitAmount */

const AMOUNT_KINDS = ['figures', 'numbers', 'units'];

/** @param {bigint} number @param {number} power */
function shiftedNumber(number, power) { return number * 10n ** BigInt(power); }

/** Reads amounts from the phrase at which it stands. */
class AmountReader {
  /** @param {LimitContext} context */
  constructor(context) {
    this.context = context;
    /** @type {Phrase[]} */
    this.phrases = [];
    this.at = 0;
    /** @type {string[]} */
    this.units = [];
    this.decimals = 0;
    /** @type {LimitAmount[]} */
    this.amounts = [];
  }

  kind() { return this.at < this.phrases.length ? this.phrases[this.at].kind : ''; }

  readUnits() {
    for (; this.kind() === 'units'; this.at += 1) this.units.push(this.phrases[this.at].value);
  }

  /**
   * Read a number with its unit.
   * @param {string} before
   * @param {boolean} [apart] whether "and" is no part of a number in words
   */
  amount(before, apart = false) {
    this.readUnits();
    /** @type {LimitAmount} */
    let amount;
    if (this.kind() === 'figures') amount = this.figures();
    else if (this.kind() === 'numbers') amount = this.numberWords(apart);
    else throw new LimitNotRead('no number after ' + before);
    this.readUnits();
    if (amount.value >= 10n ** BigInt(2 * EXACT_DIGITS)) throw new LimitNotRead(TOO_LONG);
    this.amounts.push(amount);
    return amount;
  }

  figures() {
    const { text } = this.phrases[this.at];
    const read = readFigures(text, this.context.mark);
    if (!read) throw new LimitNotRead(text + ' can be read as two numbers');
    this.at += 1;
    let power = 0;
    for (; this.kind() === 'powers'; this.at += 1) power += Number(this.phrases[this.at].value);
    power = power || this.context.scale;
    this.decimals = Math.max(this.decimals, read.decimals - power);
    return { value: shiftedNumber(read.value, power), power };
  }

  /**
   * Read a number in words, with the power of ten of its last word.
   * @param {boolean} apart
   */
  numberWords(apart) {
    let [total, part, power] = [0n, 0n, 0];
    for (;;) {
      const kind = this.kind();
      if (kind !== 'numbers' && kind !== 'powers' && !this.joinsNumber(apart)) break;
      const value = Number(this.phrases[this.at].value || 0);
      this.at += 1;
      if (kind === 'numbers') [part, power] = [part + BigInt(value), 0];
      else if (kind === 'powers' && value === 2) [part, power] = [part * 100n, 2];
      else if (kind === 'powers') [total, part, power] = [total + shiftedNumber(part, value), 0n, value];
    }
    return { value: shiftedNumber(total + part, EXACT_DIGITS), power };
  }

  /* Whether "and" or a hyphen stands within a number in words: "two hundred and fifty", "twenty-five". */
  /** @param {boolean} apart */
  joinsNumber(apart) {
    const next = this.phrases[this.at + 1];
    const kind = this.kind();
    if ((kind !== 'joins' && kind !== 'dashes') || !next || next.kind !== 'numbers') return false;
    const before = this.phrases[this.at - 1];
    if (kind === 'dashes') return before.kind === 'numbers' && Number(before.value) >= 20 && Number(next.value) < 10;
    return before.kind === 'powers' && !apart;
  }
}
