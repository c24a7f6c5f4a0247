// The matrix of every packet, in pieces between which the holders stand: made once for all packets.
const { words, text } = require("./page.cjs");
const { badges } = require("./words.cjs");

const COLUMNS = [["Accountable", ["A", "A/R"]], ["Responsible", ["R", "A/R"]], ["Consulted", ["C"]], ["Informed", ["I"]]];
const options = (values) => values.map(([value, label]) => `<option value="${value}">${label}</option>`).join("");
const labels = (group) => options(Object.entries(words[group]).map(([value, { label }]) => [value, label]));
let pieces;
let rows;

const row = (each, roles) => `<tr id="responsibility-${each.id}" data-om-copy data-layer="${each.layer}" data-phase="${each.phase}" data-role="${Object.keys(each.raci).join(" ")}">
<th scope="row">${text(each.name)} ${badges.layer[each.layer]}<span class="om-note">${text(each.meaning)}</span></th>
${COLUMNS.map(([word, letters]) => {
  const held = roles.filter((role) => letters.includes(each.raci[role.id]));
  const holders = held.map((role) => `<li title="${text(role.name)}"><span class="om-shape om-shape--${role.side}"></span>[[${role.id}]]</li>`);
  return `<td data-label="${word}">${held.length ? `<ul class="om-holders">${holders.join("")}</ul>` : ""}</td>`;
}).join("\n")}
<td data-label="Evidence"><a href="#${each.evidence}">${words.section[each.evidence].label}</a></td>
</tr>
`;
const phase = (name, given, roles) => `<tbody>
<tr class="om-group"><th scope="rowgroup" colspan="6"><span>${words.phase[name].label} <span class="om-note">${words.phase[name].meaning}</span></span></th></tr>
${given.filter((each) => each.phase === name).map((each) => row(each, roles)).join("")}</tbody>
`;
const whole = (given, roles) => `<div class="om-listing" data-om-filterable="row|rows">
<div class="om-filters" data-om-filters role="group" aria-label="Filter the matrix">
<label>Layer <select data-om-filter="layer"><option value="">All layers</option>${labels("layer")}</select></label>
<label>Role <select data-om-filter="role"><option value="">All roles</option>${options(roles.map(({ id, name }) => [id, name]))}</select></label>
<label>Phase <select data-om-filter="phase"><option value="">All phases</option>${labels("phase")}</select></label>
<button type="button" data-om-clear hidden>Clear filters</button>
<p class="om-count" role="status" data-om-count></p>
</div>
<div class="om-table" role="region" aria-label="Who does what in [[title]]" tabindex="0">
<table class="om-grid">
<caption>Who does what in [[title]]</caption>
<thead><tr><th scope="col">Responsibility</th>${COLUMNS.map(([word]) => `<th scope="col"><abbr class="om-letter om-letter--${word[0].toLowerCase()}" title="${word}">${word[0]}</abbr> ${word}</th>`).join("")}<th scope="col">Evidence</th></tr></thead>
${[...new Set(given.map((each) => each.phase))].map((name) => phase(name, given, roles)).join("")}</table>
</div>
<p class="om-empty" data-om-none hidden>No row matches these filters. <button type="button" data-om-clear>Clear filters</button></p>
</div>`;

const matrix = (given, roles, holders, title) => {
  pieces ??= whole(given, roles).split(/\[\[([\w-]+)\]\]/);
  const own = new Map(roles.map(({ id }) => [id, text(holders.get(id) ?? "Nobody")])).set("title", text(title));
  return pieces.map((piece, n) => (n % 2 ? own.get(piece) : piece)).join("");
};
const markdown = (given, roles, holders, address) => {
  rows ??= given.map((each) =>
    `| [${each.name}]([[page]]#responsibility-${each.id}): ${each.meaning} | ${words.layer[each.layer].label} | ${words.phase[each.phase].label} | ${roles.map(({ id }) => each.raci[id] ?? "").join(" | ")} | [${words.section[each.evidence].label}]([[page]]#${each.evidence}) |`).join("\n");
  return `| Responsibility | Layer | Phase |${roles.map(({ id, name }) => ` ${name} (${holders.get(id) ?? "Nobody"}) |`).join("")} Evidence |
| --- | --- | --- |${" --- |".repeat(roles.length)} --- |
${rows.replaceAll("[[page]]", address)}`;
};

module.exports = { matrix, markdown };
