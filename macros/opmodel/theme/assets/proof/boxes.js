/*
 * Boxes, a set of cells for each axis, and what they leave uncovered: the search of opmodel/approval/boxes.py. Steps are
 * counted, and a search ends at its limit.
 */
'use strict';

/** @typedef {bigint[]} Box */

/** Thrown when a search takes more steps than its limit. It has no result then. */
class WorkLimitError extends Error {}

/** A counter of steps with a limit; one step compares two boxes. */
class WorkCounter {
  /** @param {number} limit */
  constructor(limit) {
    this.limit = limit;
    this.steps = 0;
  }

  /** @param {number} steps */
  spend(steps) {
    this.steps += steps;
    if (this.steps > this.limit) throw new WorkLimitError();
  }
}

/** @param {Box} box */
function boxVolume(box) { return box.reduce((all, mask) => all * BigInt(cellCount(mask)), 1n); }

/**
 * Return the cells that two boxes share, or null.
 * @param {Box} one
 * @param {Box} other
 */
function boxOverlap(one, other) {
  const shared = one.map((mask, axis) => mask & other[axis]);
  return shared.every(Boolean) ? shared : null;
}

/** @param {Box} box @param {number} axis @param {bigint} mask */
function withCells(box, axis, mask) { return box.map((each, at) => (at === axis ? mask : each)); }

/** @param {Box} box */
function firstCell(box) { return box.map(lowestBit); }

/** @param {Box[]} boxes @param {WorkCounter} work */
function areDisjoint(boxes, work) {
  return boxes.every((box, number) => {
    work.spend(number);
    return !boxes.slice(0, number).some((other) => boxOverlap(box, other));
  });
}

/**
 * Clip boxes to a part, without what single boxes cover from side to side; null when nothing is left.
 * @param {Box} part
 * @param {Box[]} boxes
 * @returns {{ part: Box, near: Box[] } | null}
 */
function reducePart(part, boxes) {
  for (;;) {
    /** @type {Box[]} */
    const near = [];
    let rest = part;
    for (const box of boxes) {
      const clipped = boxOverlap(box, rest);
      if (!clipped) continue;
      const limits = clipped.map((_, axis) => axis).filter((axis) => clipped[axis] !== rest[axis]);
      if (!limits.length) return null;
      if (limits.length === 1) rest = withCells(rest, limits[0], rest[limits[0]] & ~clipped[limits[0]]);
      else near.push(clipped);
    }
    if (rest === part) return { part, near };
    [part, boxes] = [rest, near];
  }
}

/**
 * Return the first of some values that has the smallest measure.
 * @template Value
 * @param {Value[]} values
 * @param {(value: Value) => number} measure
 */
function smallestBy(values, measure) {
  const measures = values.map(measure);
  return values[measures.reduce((best, each, at) => (each < measures[best] ? at : best), 0)];
}

/**
 * Halve a part along a side of the box that is nearest to covering it, so that this box soon drops out.
 * @param {Box} part
 * @param {Box[]} near
 * @returns {[Box, Box[]][]}
 */
function splitPart(part, near) {
  /** @param {Box} box */
  const sidesOf = (box) => part.map((_, axis) => axis).filter((axis) => box[axis] !== part[axis]);
  const sides = near.map((box) => sidesOf(box).length);
  const fewest = near.filter((_, at) => sides[at] === Math.min(...sides));
  const best = fewest.reduce((found, box) => (boxVolume(box) > boxVolume(found) ? box : found));
  const axis = smallestBy(sidesOf(best), (side) => cellCount(best[side]) / cellCount(part[side]));
  return [[withCells(part, axis, best[axis]), near], [withCells(part, axis, part[axis] & ~best[axis]), near]];
}

/**
 * Return a part of a space that meets none of the boxes, or null when they cover it.
 * @param {Box} space
 * @param {Box[]} boxes
 * @param {WorkCounter} work
 */
function findHole(space, boxes, work) {
  /** @type {[Box, Box[]][]} */
  const todo = [[space, boxes]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    work.spend(next[1].length + 1);
    const reduced = reducePart(...next);
    if (!reduced) continue;
    const { part, near } = reduced;
    if (!near.length) return part;
    const filled = near.reduce((all, box) => all + boxVolume(box), 0n);
    if (filled === boxVolume(part) && areDisjoint(near, work)) continue;
    todo.push(...splitPart(part, near));
  }
  return null;
}

/**
 * Return the first uncovered cell of a space in the order of the axes, as a box, or null.
 * @param {Box} space
 * @param {Box[]} boxes
 * @param {WorkCounter} work
 */
function firstHole(space, boxes, work) {
  let found = findHole(space, boxes, work);
  if (!found) return null;
  for (let axis = 0; axis < space.length; axis += 1) {
    let cell = lowestBit(found[axis]);
    for (;;) {
      const before = space[axis] & (cell - 1n);
      const better = before ? findHole(withCells(space, axis, before), boxes, work) : null;
      if (!better) break;
      found = better;
      cell = lowestBit(found[axis]);
    }
    space = withCells(space, axis, cell);
    found = withCells(found, axis, cell);
  }
  return space;
}

/**
 * Return the numbers of a minimal set of boxes that covers a space which all of them cover, preferring early ones. The
 * method is QuickXplain: halves are tried before singles.
 * @param {Box} space
 * @param {Box[]} boxes
 * @param {WorkCounter} work
 */
function minimalCover(space, boxes, work) {
  /** @param {number[]} have @param {boolean} added @param {number[]} rest @returns {number[]} */
  function explain(have, added, rest) {
    if (added && !findHole(space, have.map((number) => boxes[number]), work)) return [];
    if (rest.length === 1) return rest;
    const half = Math.floor(rest.length / 2);
    const [early, late] = [rest.slice(0, half), rest.slice(half)];
    const fromLate = explain([...have, ...early], true, late);
    return [...explain([...have, ...fromLate], fromLate.length > 0, early), ...fromLate];
  }
  return explain([], false, boxes.map((_, number) => number)).sort((one, other) => one - other);
}
