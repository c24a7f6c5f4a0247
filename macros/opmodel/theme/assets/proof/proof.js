/*
 * The proof that a table decides every case, exactly once under "unique", or cases where it does not:
 * opmodel/approval/proof.py, for tables of numbers and choices.
 */
'use strict';

const PROOF_LIMIT = 400000;
const MOST_FINDINGS = 10;
const MOST_COUNTED = 100;
const COUNTING_LIMIT = 25000;

/** @param {Table} table @returns {CompiledTable} */
function compileTable({ hit_policy, inputs, rules }) {
  /** @param {Rule} rule @param {Input} input */
  const conditionOf = (rule, { id }) => (Object.hasOwn(rule.when, id) ? rule.when[id] : ANYTHING);
  const axes = inputs.map((input) => axisOf(input, rules.map((rule) => conditionOf(rule, input))));
  const boxes = rules.map((rule) => axes.map((axis) => axis.mask(conditionOf(rule, axis.input))));
  return { hit_policy, inputs, rules, axes, boxes, space: axes.map((axis) => axis.full) };
}

/**
 * Return what is wrong with a table: gaps, then overlaps or unreachable rules.
 * @param {CompiledTable} table
 * @returns {Finding[]}
 */
function proveTable(table) {
  const words = proofFindings(table);
  return [...findGaps(table, words), ...(table.hit_policy === 'unique' ? findOverlaps : findUnreachable)(table, words)];
}

/**
 * Return what a search finds, or that it was given up.
 * @template Result
 * @param {() => Result} search
 * @returns {Result | null}
 */
function withinLimit(search) {
  try {
    return search();
  } catch (error) {
    if (error instanceof WorkLimitError) return null;
    throw error;
  }
}

/**
 * Return a box grown in every direction until it meets a rule: along choices first, then numbers.
 * @param {CompiledTable} table
 * @param {Box} box
 */
function grownBox(table, box) {
  const numbers = table.axes.map((_, number) => number);
  const order = [...numbers.filter((n) => !table.axes[n].ordered), ...numbers.filter((n) => table.axes[n].ordered)];
  return order.reduce((grown, number) => {
    const wide = withCells(grown, number, table.space[number]);
    const free = table.boxes.reduce((rest, each) => {
      const shared = boxOverlap(wide, each);
      return shared ? rest & ~shared[number] : rest;
    }, table.space[number]);
    return withCells(grown, number, table.axes[number].run(free, lowestCell(grown[number])));
  }, box);
}

/** @param {CompiledTable} table @param {ReturnType<typeof proofFindings>} words */
function findGaps(table, words) {
  const boxes = [...table.boxes];
  /** @type {Finding[]} */
  const found = [];
  const work = new WorkCounter(PROOF_LIMIT);
  while (found.length < MOST_FINDINGS) {
    const result = withinLimit(() => ({ first: firstHole(table.space, boxes, work) }));
    if (!result) return [...found, words.tooComplex('whether every case has a rule', PROOF_LIMIT)];
    if (!result.first) return found;
    const box = grownBox(table, result.first);
    boxes.push(box);
    found.push(words.gap(result.first, box));
  }
  return [...found, ...furtherGaps(table, boxes, words)];
}

/** @param {CompiledTable} table @param {Box[]} boxes @param {ReturnType<typeof proofFindings>} words */
function furtherGaps(table, boxes, words) {
  const work = new WorkCounter(COUNTING_LIMIT);
  let count = 0;
  while (count < MOST_COUNTED) {
    const result = withinLimit(() => ({ hole: findHole(table.space, boxes, work) }));
    if (!result) return [words.moreGaps(count, false)];
    if (!result.hole) break;
    count += 1;
    boxes.push(grownBox(table, firstCell(result.hole)));
  }
  return count ? [words.moreGaps(count, count < MOST_COUNTED)] : [];
}

/** @param {CompiledTable} table @param {ReturnType<typeof proofFindings>} words */
function findOverlaps(table, words) {
  /** @type {{ first: Box, one: number, other: number, shared: Box }[]} */
  const pairs = [];
  table.boxes.forEach((box, one) => {
    table.boxes.slice(one + 1).forEach((next, after) => {
      const shared = boxOverlap(box, next);
      if (shared) pairs.push({ first: firstCell(shared), one, other: one + 1 + after, shared });
    });
  });
  pairs.sort((left, right) => compareBoxes(left.first, right.first) || left.one - right.one || left.other - right.other);
  const shown = pairs.slice(0, MOST_FINDINGS).map(({ one, other, shared }) => words.overlap(one, other, shared));
  return pairs.length > MOST_FINDINGS ? [...shown, words.moreOverlaps(pairs.length - MOST_FINDINGS)] : shown;
}

/** @param {Box} one @param {Box} other */
function compareBoxes(one, other) {
  const axis = one.findIndex((mask, number) => mask !== other[number]);
  return axis < 0 ? 0 : one[axis] < other[axis] ? -1 : 1;
}

/** @param {CompiledTable} table @param {ReturnType<typeof proofFindings>} words */
function findUnreachable(table, words) {
  const work = new WorkCounter(PROOF_LIMIT);
  /** @type {Finding[]} */
  const found = [];
  for (const [row, box] of table.boxes.entries()) {
    const earlier = table.boxes.map((_, number) => number).filter((number) => number < row && boxOverlap(box, table.boxes[number]));
    const boxes = earlier.map((number) => table.boxes[number]);
    const result = withinLimit(() => ({ cover: findHole(box, boxes, work) ? null : minimalCover(box, boxes, work) }));
    if (!result) return [...found, words.tooComplex('whether ' + table.rules[row].id + ' or a later rule is ever reached', PROOF_LIMIT)];
    if (result.cover) found.push(words.unreachable(row, result.cover.map((number) => earlier[number])));
  }
  return found;
}
