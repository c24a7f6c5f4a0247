/*
 * The bands of a table, for a picture: along the amount, once for each set of choices that the same rules decide.
 */
'use strict';

/**
 * Amounts next to each other that the same rules match.
 * @typedef {{ words: string, rules: number[] }} Band
 */
/**
 * The bands of some choices.
 * @typedef {{ title: string, bands: Band[] }} Lane
 */

/** Most sets of choices that are looked at one by one. */
const MOST_SETS = 2000;
/** Most sets of choices that are named in a title. */
const MOST_NAMED = 3;

/**
 * Return a run of amounts in few words: $5,000.01 to $10,000.
 * @param {Input} input
 * @param {Test | undefined} test
 */
function rangeWords(input, test) {
  /** @param {string} number */
  const shown = (number) => valueWords(input, number);
  if (!test) return 'any amount';
  if ('equal' in test) return 'exactly ' + shown(String(test.equal));
  const { low, high } = test;
  if (!low) return high ? (high.closed ? 'up to ' : 'under ') + shown(high.value) : 'any amount';
  if (!high) return (low.closed ? 'from ' : 'over ') + shown(low.value);
  return (low.closed ? '' : 'over ') + shown(low.value) + (high.closed ? ' to ' : ' to under ') + shown(high.value);
}

/**
 * Return the sets of cells on some axes, one cell on each.
 * @param {Axis[]} axes
 */
function cellSets(axes) {
  return axes.reduce((sets, { size }) => sets.flatMap((set) => Array.from({ length: size }, (_, cell) => [...set, cell]))
    .slice(0, MOST_SETS), /** @type {number[][]} */ ([[]]));
}

/**
 * Return the lanes of a table, and whether there are too many sets of choices to show them all.
 * @param {CompiledTable} table
 */
function tableLanes(table) {
  const amount = table.axes.findIndex((axis) => axis.ordered);
  const others = table.axes.filter((_, number) => number !== amount);
  const sets = cellSets(others);
  const axis = table.axes[amount];

  /** @param {number[]} set @param {number} cell */
  function rulesAt(set, cell) {
    const point = table.axes.map((each) => 1n << BigInt(each === axis ? cell : set[others.indexOf(each)]));
    return table.rules.map((_, row) => row).filter((row) => boxOverlap(table.boxes[row], point));
  }

  /** @param {number[]} set @returns {Band[]} */
  function bandsOf(set) {
    if (!axis) return [{ words: 'every case', rules: rulesAt(set, 0) }];
    /** @type {{ mask: bigint, rules: number[] }[]} */
    const runs = [];
    for (let cell = 0; cell < axis.size; cell += 1) {
      const rules = rulesAt(set, cell);
      const last = runs[runs.length - 1];
      if (last && last.rules.join() === rules.join()) last.mask |= 1n << BigInt(cell);
      else runs.push({ mask: 1n << BigInt(cell), rules });
    }
    return runs.map(({ mask, rules }) => ({ words: rangeWords(axis.input, axis.condition(mask).tests[0]), rules }));
  }

  /** @param {number[]} set */
  function named(set) {
    return others.map((each, number) => {
      const words = conditionWords(each.input, each.condition(1n << BigInt(set[number])));
      return each.ordered ? words : each.input.label + ': ' + each.sample(set[number]);
    }).join(' · ');
  }

  /** @type {Map<string, { sets: number[][], bands: Band[] }>} */
  const lanes = new Map();
  sets.forEach((set) => {
    const bands = bandsOf(set);
    const key = JSON.stringify(bands);
    const lane = lanes.get(key);
    if (lane) lane.sets.push(set);
    else lanes.set(key, { sets: [set], bands });
  });
  /** @param {number[][]} alike */
  function title(alike) {
    if (alike.length === sets.length) return '';
    const more = alike.length - MOST_NAMED;
    return alike.slice(0, MOST_NAMED).map(named).join('; ') + (more > 0 ? '; and ' + more + ' more' : '');
  }
  const all = others.reduce((count, each) => count * each.size, 1);
  return {
    lanes: [...lanes.values()].map(({ sets: alike, bands }) => ({ title: title(alike), bands })),
    isCut: all > MOST_SETS,
  };
}
