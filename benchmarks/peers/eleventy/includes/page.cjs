// The shell of every page, and the parts that pages are put together from.
const fs = require("node:fs");
const yaml = require("js-yaml");

const SITE = "https://model.example";
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const words = JSON.parse(fs.readFileSync("data/words.json", "utf8"));
const tables = yaml.load(fs.readFileSync("data/tables.yml", "utf8"));
const pieces = fs.readFileSync("includes/shell.html", "utf8").split(/\[\[(\w+)\]\]/);

const text = (value) => {
  const plain = value === undefined || value === null ? "" : String(value);
  return /[&<>"']/.test(plain) ? plain.replace(/[&<>"']/g, (each) => ESCAPES[each]) : plain;
};
const shell = ({ title, description = "", url, ...parts }) => {
  const own = { title: text(title), description: text(description), address: SITE + url, ...parts };
  return pieces.map((piece, n) => (n % 2 ? own[piece] ?? "" : piece)).join("");
};
const begin = (caption, columns, narrow = []) =>
  `<div class="om-table" role="region" aria-label="${caption}" tabindex="0">
<table class="om-grid">
<caption>${caption}</caption>
<thead><tr>${columns.map((each) => `<th scope="col"${narrow.includes(each) ? ' class="om-narrow"' : ""}>${each}</th>`).join("")}</tr></thead>
<tbody>
`;
const filled = (caption, columns, narrow, rows) => {
  const class_ = columns.map((each) => (narrow.includes(each) ? ' class="om-narrow"' : ""));
  const open = columns.map((each, n) => (n ? `<td${class_[n]} data-label="${each}">` : `<th scope="row"${class_[n]}>`));
  const row = ({ id, copy, cells }) =>
    `<tr${id ? ` id="${id}"` : ""}${copy ? ' data-om-copy=""' : ""}>${cells.map((each, n) => `${open[n]}${each}${n ? "</td>" : "</th>"}`).join("")}</tr>\n`;
  return `${begin(caption, columns, narrow)}${rows.map(row).join("")}</tbody>
</table>
</div>`;
};
const table = (name, rows) => filled(tables[name].caption, tables[name].columns, [tables[name].narrow], rows);
const facts = (pairs) =>
  `<dl class="om-facts">\n${pairs.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>\n`).join("")}</dl>`;
const items = (values) => `<ul class="om-items">${values.map((each) => `<li>${each}</li>`).join("")}</ul>`;
const list = (values) => `<ul>${values.map((each) => `<li>${text(each)}</li>`).join("")}</ul>`;
const note = (value) => ` <span class="om-note">${value}</span>`;

module.exports = { SITE, words, tables, text, shell, begin, filled, table, facts, items, list, note };
