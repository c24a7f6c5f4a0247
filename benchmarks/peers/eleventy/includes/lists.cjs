// The lists of packets, and the matrix of the organisation.
const { text, filled, words } = require("./page.cjs");
const { day, badges } = require("./words.cjs");

const rows = new WeakMap();
const HEAD = [["title", "Workflow"], ["status", "Status"], ["value", "Value owner"], ["safety", "Safety owner"], ["review", "Next review"]];
const row = ({ id, title, summary, status, owners, shared }, names) => `<tr data-status="${status}">
<th scope="row"><a href="/workflows/${id}/">${text(title)}</a><span class="om-note">${text(summary)}</span></th>
<td data-label="Status">${badges.status[status]}</td>
<td data-label="Value owner">${text(owners.value.holder)}</td>
<td data-label="Safety owner">${text(owners.safety.holder)}<span class="om-note"><a href="/teams/${owners.safety.team}/">${text(names.get(owners.safety.team))}</a></span></td>
<td data-label="Next review" data-order="${shared.review.next}">${day(shared.review.next)}</td>
</tr>
`;
const listed = (packets, names) => `<div class="om-table om-portfolio" role="region" aria-label="Workflows" tabindex="0">
<table class="om-grid">
<caption>Workflows</caption>
<thead><tr>${HEAD.map(([id, name]) => `<th scope="col" data-om-sort="${id}">${name}</th>`).join("")}</tr></thead>
<tbody>
${packets.map((packet) => rows.get(packet) ?? rows.set(packet, row(packet, names)).get(packet)).join("")}</tbody>
</table>
</div>`;
const organisation = (roles, given) =>
  filled("Who does what", ["Responsibility", "Layer", "Phase", ...roles.map(({ name }) => name), "Evidence"], [], given.map((each) => ({
    id: each.id,
    cells: [
      `${text(each.name)}<span class="om-note">${text(each.meaning)}</span>`, badges.layer[each.layer], words.phase[each.phase].label,
      ...roles.map(({ id }) => each.raci[id] ?? ""), words.section[each.evidence].label,
    ],
  })));

module.exports = { listed, organisation };
