// Parts that every page is put together from.
const text = (value) =>
  value === undefined || value === null
    ? ""
    : String(value instanceof Date ? value.toISOString().slice(0, 10) : value)
        .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const table = (head, rows) =>
  `<table><thead><tr>${head.map((each) => `<th>${text(each)}</th>`).join("")}</tr></thead><tbody>\n${rows
    .map(({ id, cells: [first, ...others] }) =>
      `<tr id="${id.toLowerCase()}"><th>${first}</th>${others.map((each) => `<td>${each}</td>`).join("")}</tr>`)
    .join("\n")}\n</tbody></table>`;
const terms = (pairs) => `<dl>${pairs.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`).join("")}</dl>`;
const list = (values) => `<ul>${values.map((each) => `<li>${text(each)}</li>`).join("")}</ul>`;
const shell = (title, url, main) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} – Operating model</title>
<meta property="og:title" content="${text(title)}">
<link rel="canonical" href="https://model.example${url}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">Operating model</a></header>
<nav><a href="/guide/">Guide</a> <a href="/workflows/">Workflows</a> <a href="/matrix/">Responsibilities</a> <a href="/teams/">Teams</a> <a href="/faq/">FAQ</a></nav>
<main>${main}</main>
<footer>Published under the MIT licence.</footer>
</body>
</html>
`;

let known;
const matrix = (roles, rows) =>
  (known ??= table(
    ["Responsibility", "Layer", "Phase", ...roles.map((role) => role.name), "Evidence"],
    rows.map((row) => ({
      id: `responsibility-${row.id}`,
      cells: [
        `${text(row.name)}<p>${text(row.meaning)}</p>`, text(row.layer), text(row.phase),
        ...roles.map((role) => text(row.raci[role.id])), `<a href="#${row.evidence}">${row.evidence}</a>`,
      ],
    })),
  ));
const listed = (packets) =>
  table(
    ["Workflow", "Status", "Value owner", "Safety owner", "Next review", "Tags"],
    packets.map((packet) => ({
      id: packet.id,
      cells: [
        `<a href="/workflows/${packet.id}/">${text(packet.title)}</a>`, packet.status, text(packet.owners.value.holder),
        text(packet.owners.safety.holder), text(packet.shared.review.next), packet.tags.join(", "),
      ],
    })),
  );

module.exports = { text, table, terms, list, shell, matrix, listed };
