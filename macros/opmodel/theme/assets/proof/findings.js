/*
 * Gaps, overlaps and unreachable rules of a table in words, each with its smallest case: opmodel/approval/findings.py.
 */
'use strict';

/**
 * A table whose conditions are boxes on its axes.
 * @typedef {Table & { axes: Axis[], boxes: Box[], space: Box }} CompiledTable
 */
/**
 * A reason why a table is not proven. The box holds all its cases; a search that was given up, and a count of further
 * findings, have none.
 * @typedef {object} Finding
 * @property {string} rule approval-gap, approval-overlap, approval-unreachable or approval-too-complex
 * @property {string} message
 * @property {number[]} rows the numbers of the rules involved, from 0
 * @property {Record<string, string | boolean> | null} example the smallest case
 * @property {Box | null} box
 */

/**
 * Return the words for the findings of a table.
 * @param {CompiledTable} table
 */
function proofFindings(table) {
  const { inputs, rules, axes, space } = table;

  /* What a condition of an axis allows, as amount >= 5000 EUR. */
  /** @param {Input} input @param {Condition} condition */
  function valued(input, condition) {
    return input.id + ' ' + conditionText(input, condition) + (input.unit ? ' ' + input.unit : '');
  }

  /** @param {Box} box */
  function exampleOf(box) {
    return Object.fromEntries(axes.map((axis, number) => [axis.input.id, axis.sample(lowestCell(box[number]))]));
  }

  /** @param {Record<string, string | boolean>} example */
  function caseText(example) {
    return inputs.map((input) => valued(input, { not: false, tests: [{ equal: example[input.id] }] })).join(', ');
  }

  /** @param {Box} box */
  function regionText(box) {
    const limited = axes.filter((_, number) => box[number] !== space[number]);
    return limited.map((axis) => valued(axis.input, axis.condition(box[axes.indexOf(axis)]))).join(', ') || 'any case';
  }

  /** @param {number} number @param {bigint} mask */
  function containedText(number, mask) {
    return conditionText(inputs[number], axes[number].condition(mask));
  }

  /** @param {number} row @param {number} number */
  function writtenText(row, number) {
    const { id } = inputs[number];
    const { when } = rules[row];
    return '`' + (Object.hasOwn(when, id) ? conditionText(inputs[number], when[id]) : '-') + '`';
  }

  /**
   * Return the first rule that matches a case which differs from another in its cell on one axis.
   * @param {Box} first
   * @param {number} number
   * @param {bigint} cell
   */
  function beside(first, number, cell) {
    const point = withCells(first, number, cell);
    return table.boxes.findIndex((box) => boxOverlap(box, point));
  }

  /* The rules that end below and begin above a gap, on the first input where both do, or else one does. */
  /** @param {Box} first @param {Box} box @returns {{ text: string, rows: number[] }} */
  function gapBoundary(first, box) {
    const sides = axes.flatMap((axis, number) => {
      const mask = box[number];
      if (!axis.ordered || mask === axis.full) return [];
      const low = lowestBit(mask);
      return [{ number, below: beside(first, number, low >> 1n), above: beside(first, number, (mask + low) & axis.full) }];
    });
    const side = sides.find(({ below, above }) => below >= 0 && above >= 0) || sides.find(({ below, above }) => below >= 0 || above >= 0);
    if (!side) return { text: '', rows: [] };
    const { number, below, above } = side;
    const values = containedText(number, box[number]);
    /** @param {number} row */
    const named = (row) => writtenText(row, number) + ' (' + rules[row].id + ')';
    if (below >= 0 && above >= 0) {
      const rows = [...new Set([below, above])].sort((one, other) => one - other);
      return { text: inputs[number].id + ': neither ' + named(below) + ' nor ' + named(above) + ' contains ' + values, rows };
    }
    const row = Math.max(below, above);
    return { text: inputs[number].id + ': ' + named(row) + ' does not contain ' + values, rows: [row] };
  }

  /* Which conditions of two rules overlap, on the input on which they share least. */
  /** @param {number} one @param {number} other @param {Box} shared */
  function overlapBoundary(one, other, shared) {
    const [left, right] = [table.boxes[one], table.boxes[other]];
    if (left.every((mask, number) => mask === right[number])) return 'their conditions are the same';
    for (const [inner, outer] of [[one, other], [other, one]]) {
      if (table.boxes[inner].every((mask, number) => mask === shared[number])) {
        return rules[outer].id + ' matches every case of ' + rules[inner].id;
      }
    }
    const all = shared.map((_, number) => number);
    const partly = all.filter((number) => shared[number] !== left[number] && shared[number] !== right[number]);
    const differing = all.filter((number) => left[number] !== right[number]);
    const axis = smallestBy(partly.length ? partly : differing, (number) => cellCount(shared[number]) / axes[number].size);
    const names = writtenText(one, axis) + ' and ' + writtenText(other, axis);
    return inputs[axis].id + ': both ' + names + ' contain ' + containedText(axis, shared[axis]);
  }

  return {
    /** @param {Box} first @param {Box} box @returns {Finding} */
    gap(first, box) {
      const { text, rows } = gapBoundary(first, box);
      const example = exampleOf(first);
      const shown = caseText(example);
      const region = regionText(box);
      const message = 'no rule for ' + shown + (region === shown ? '' : '; nothing covers ' + region) + (text && '; ' + text);
      return { rule: 'approval-gap', message, rows, example, box };
    },

    /** @param {number} count @param {boolean} allCounted @returns {Finding} */
    moreGaps(count, allCounted) {
      const message = (allCounted ? '' : 'at least ') + count + (count === 1 ? ' more gap' : ' more gaps');
      return { rule: 'approval-gap', message, rows: [], example: null, box: null };
    },

    /** @param {number} one @param {number} other @param {Box} shared @returns {Finding} */
    overlap(one, other, shared) {
      const example = exampleOf(shared);
      const message = rules[one].id + ' and ' + rules[other].id + ' both match ' + caseText(example) + '; ' + overlapBoundary(one, other, shared);
      return { rule: 'approval-overlap', message, rows: [one, other], example, box: shared };
    },

    /** @param {number} count @returns {Finding} */
    moreOverlaps(count) {
      const message = count + (count === 1 ? ' more pair of rules overlaps' : ' more pairs of rules overlap');
      return { rule: 'approval-overlap', message, rows: [], example: null, box: null };
    },

    /** @param {number} row @param {number[]} earlier @returns {Finding} */
    unreachable(row, earlier) {
      const box = table.boxes[row];
      const first = firstCell(box);
      const winner = table.boxes.findIndex((each) => boxOverlap(each, first));
      const example = exampleOf(box);
      const names = listedWords(earlier.map((number) => rules[number].id));
      const message = rules[row].id + ' never decides: ' + names + ' above it ' + (earlier.length > 1 ? 'match' : 'matches') +
        ' every case of it; ' + caseText(example) + ' is decided by ' + rules[winner].id;
      return { rule: 'approval-unreachable', message, rows: [row, ...earlier], example, box };
    },

    /** @param {string} question @param {number} steps @returns {Finding} */
    tooComplex(question, steps) {
      const message = 'not proven: ' + question + ' was not decided within ' + steps + ' steps; split the table or use fewer inputs';
      return { rule: 'approval-too-complex', message, rows: [], example: null, box: null };
    },
  };
}
