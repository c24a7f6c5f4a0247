/*
 * Axes: the domain of an input as a line of cells, and a condition as a set of cells (the bits of an integer), as in
 * opmodel/approval/axis.py. Within one cell, no condition changes its answer.
 */
'use strict';

/**
 * @typedef {object} Axis
 * @property {Input} input
 * @property {boolean} ordered
 * @property {number} size
 * @property {bigint} full all cells, one bit each
 * @property {Cut[]} edges the cuts around the cells of a number; none of a choice
 * @property {(condition: Condition) => bigint} mask the cells that a condition matches
 * @property {(cell: number) => string | boolean} sample the value of a cell
 * @property {(mask: bigint) => Condition} condition the cells of a mask as a condition
 * @property {(mask: bigint, cell: number) => bigint} run the run of cells in a mask that a cell belongs to
 */

/** @type {Condition} */
const ANYTHING = { not: false, tests: [] };

/** @param {bigint} mask */
function cellCount(mask) { return mask.toString(2).replace(/0/g, '').length; }

/** @param {bigint} mask */
function lowestBit(mask) { return mask & -mask; }

/**
 * Return the number of the lowest cell of a mask.
 * @param {bigint} mask
 */
function lowestCell(mask) { return lowestBit(mask).toString(2).length - 1; }

/**
 * Return how many of the lowest cells of a mask stand together, from cell 0 on.
 * @param {bigint} mask
 */
function runLength(mask) { return lowestCell(~mask); }

/** @param {Input} input @returns {Axis} */
function choiceAxis(input) {
  const values = input.type === 'boolean' ? [false, true] : input.values || [];
  const full = (1n << BigInt(values.length)) - 1n;
  return {
    input, ordered: false, size: values.length, full, edges: [],
    mask({ tests, not }) {
      const named = tests.reduce((all, { equal }) => all | (1n << BigInt(values.findIndex((value) => value === equal))), 0n);
      return not ? full & ~named : tests.length ? named : full;
    },
    sample: (cell) => values[cell],
    condition: (mask) => (mask === full ? ANYTHING
      : { not: false, tests: values.filter((_, at) => mask >> BigInt(at) & 1n).map((equal) => ({ equal })) }),
    run: (mask) => mask,
  };
}

/** @param {Input} input @param {Condition[]} conditions @returns {Axis} */
function numberAxis(input, conditions) {
  const step = stepOf(input);
  /** @param {string | null | undefined} value */
  const closed = (value) => (value == null ? null : { value, closed: true });
  const [start, end] = spanOf({ low: closed(input.min), high: closed(input.max) }, step);
  const cuts = new Set(conditions.flatMap(({ tests }) => tests.flatMap((test) => spanOf(test, step))));
  const inner = /** @type {bigint[]} */ ([...cuts]).filter((cut) => cut !== null && (start === null || cut > start) && (end === null || cut < end))
    .sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const edges = [start, ...inner, end];
  const size = edges.length - 1;
  const full = (1n << BigInt(size)) - 1n;

  /** @param {Cut} cut @param {number} otherwise */
  function cellsBefore(cut, otherwise) {
    if (cut === null) return otherwise;
    return inner.filter((each) => each <= cut).length + (end !== null && cut >= end ? 1 : 0);
  }

  /* On a grid both ends of a range are closed. */
  /** @param {Cut} cut @param {boolean} high @returns {End | null} */
  function bound(cut, high) {
    if (cut === null) return null;
    const value = cut >> 1n;
    if (high && step !== null) return { value: numberText(value - step), closed: true };
    return { value: numberText(value), closed: (cut & 1n) === (high ? 1n : 0n) };
  }

  /** @param {number} first @param {number} stop @returns {Test} */
  function test(first, stop) {
    const low = bound(edges[first], false);
    const high = bound(edges[stop], true);
    if (low && high && low.value === high.value) return { equal: low.value };
    return { low: first ? low : null, high: stop < size ? high : null };
  }

  return {
    input, ordered: true, size, full, edges,
    mask({ tests, not }) {
      const named = tests.reduce((all, each) => {
        const [low, high] = spanOf(each, step);
        const first = cellsBefore(low, 0);
        const stop = Math.max(first, cellsBefore(high, size));
        return all | ((1n << BigInt(stop)) - (1n << BigInt(first)));
      }, 0n);
      return not ? full & ~named : tests.length ? named : full;
    },
    sample(cell) { // the smallest value, or the simplest where any decimals can occur
      const low = edges[cell];
      return numberText(step !== null && low !== null ? low >> 1n : simplestNumber(low, edges[cell + 1]));
    },
    condition(mask) {
      if (mask === full) return ANYTHING;
      const tests = [];
      for (let first = 0, rest = mask; rest; rest = mask >> BigInt(first)) {
        first += lowestCell(rest);
        const stop = first + runLength(mask >> BigInt(first));
        tests.push(test(first, stop));
        first = stop;
        if (!(mask >> BigInt(first))) break;
      }
      return { not: false, tests };
    },
    run(mask, cell) {
      if (mask === full) return mask;
      const stop = cell + runLength(mask >> BigInt(cell));
      const below = ~mask & ((1n << BigInt(cell)) - 1n);
      const first = below ? below.toString(2).length : 0;
      return (1n << BigInt(stop)) - (1n << BigInt(first));
    },
  };
}

/**
 * Return the axis of an input, cut only where one of the conditions can change its answer.
 * @param {Input} input
 * @param {Condition[]} conditions
 */
function axisOf(input, conditions) {
  return input.type === 'number' ? numberAxis(input, conditions) : choiceAxis(input);
}
