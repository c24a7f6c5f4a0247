/*
 * The data of a decision table as opmodel.approval.export gives it, and its numbers: text there, so that nothing rounds
 * them, and whole numbers of their smallest part here.
 */
'use strict';

/**
 * @typedef {{ id: string, type: string, label: string, unit?: string | null, min?: string | null, max?: string | null,
 *   decimals?: number | null, values?: string[], may_be_missing?: boolean }} Input
 * @typedef {{ value: string, closed: boolean }} End
 * @typedef {{ equal?: string | boolean | null, low?: End | null, high?: End | null }} Test
 * @typedef {{ not: boolean, tests: Test[] }} Condition
 * @typedef {Record<string, any> & { id: string, when: Record<string, Condition> }} Rule
 * @typedef {{ hit_policy: string, inputs: Input[], rules: Rule[] }} Table
 * @typedef {{ scaled: bigint, decimals: number }} ExactNumber
 */

/** Digits of a number before its point, and decimals that a scaled number keeps. */
const EXACT_DIGITS = 34;

/**
 * Return the number that a text writes with a point and without separators, or null.
 * @param {string} text
 * @returns {ExactNumber | null}
 */
function exactNumber(text) {
  const match = /^(-?)(?:(\d+)(?:\.(\d*))?|\.(\d+))$/.exec(text.trim());
  if (!match) return null;
  const whole = (match[2] || '').replace(/^0+/, '');
  const decimals = match[3] || match[4] || '';
  if (whole.length > EXACT_DIGITS || decimals.length > EXACT_DIGITS) return null;
  const scaled = BigInt(whole + decimals.padEnd(EXACT_DIGITS, '0') || '0');
  return { scaled: match[1] ? -scaled : scaled, decimals: decimals.replace(/0+$/, '').length };
}
