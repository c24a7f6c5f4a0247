/*
 * Who approves the cases of a row, from all columns that say it. A part of opmodel/worksheets/limit_rows.py: change both.
 */
'use strict';

/** Reads who approves in the rows of a table. */
class RowApprovers {
  /**
   * @param {LimitLayout} layout
   * @param {(why: string, row: number, column: number) => void} note
   */
  constructor(layout, note) {
    this.layout = layout;
    this.book = layout.book;
    this.note = note;
  }

  /** @param {number} number @param {number} limit @returns {Approvers} */
  ofRow(number, limit) {
    const { layout, book } = this;
    const row = layout.rows[number];
    /** @param {string} text */
    const says = (text) => text && !wholeMeaning(book, text).has('nothing');
    const named = [
      ...layout.of('approver').filter((column) => says(row[column])).map((column) => ({ column, text: row[column] })),
      ...layout.of('marks').filter((column) => wholeMeaning(book, row[column]).has('marks')).map((column) => ({ column, text: layout.heading(column) })),
    ];
    const read = named.map(({ column, text }) => ({ column, approvers: this.ofCell(number, column, text) }));
    if (!read.length) {
      this.note('says nobody who approves', number, limit);
      return NOBODY;
    }
    const approvers = this.together(number, read);
    const told = layout.of('advised').map((column) => row[column]).filter(says);
    const titles = told.flatMap((text) => readApprovers(book, text).steps.flatMap((step) => step.titles));
    return { ...approvers, advised: [...approvers.advised, ...titles] };
  }

  /** @param {number} number @param {number} column @param {string} text */
  ofCell(number, column, text) {
    const approvers = readApprovers(this.book, text);
    if (approvers.doubt) this.note(approvers.doubt + '; the words stand as one title', number, column);
    return approvers;
  }

  /* The approvers of several columns: in the order that their headings name, or else all of them. */
  /** @param {number} number @param {{ column: number, approvers: Approvers }[]} read @returns {Approvers} */
  together(number, read) {
    const orders = signatureOrders(this.book, read.map(({ column }) => this.layout.heading(column)));
    const places = new Map(read.map((each, position) => [each, orders[position]]));
    read.sort((one, other) => (places.get(one) || 0) - (places.get(other) || 0));
    let steps = read.flatMap(({ approvers }) => approvers.steps);
    if (new Set(orders).size < orders.length) {
      this.note('several columns name approvers; read as all of them approve', number, read[1].column);
      steps = [{ mode: 'all', titles: [...new Set(steps.flatMap((step) => step.titles))] }];
    }
    return {
      ...read[0].approvers, steps,
      advised: read.flatMap(({ approvers }) => approvers.advised),
      lowerTiers: read.some(({ approvers }) => approvers.lowerTiers),
    };
  }
}
