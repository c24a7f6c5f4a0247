const { text, facts, shell } = require("../includes/page.cjs");
const { badges } = require("../includes/words.cjs");
const { listed } = require("../includes/lists.cjs");

const holding = ({ owners }) => new Set([owners.value, owners.safety, ...Object.values(owners.others)].map(({ team }) => team));

module.exports = class {
  data() {
    return { pagination: { data: "teams", size: 1, alias: "team" }, permalink: ({ team }) => `/teams/${team.id}/` };
  }

  render({ team, teams, packets, page }) {
    this.names ??= new Map(teams.map(({ id, name }) => [id, name]));
    this.held ??= packets.map((packet) => ({ packet, teams: holding(packet) }));
    const own = this.held.filter((each) => each.teams.has(team.id)).map(({ packet }) => packet);
    const above = team.escalates_to;
    return shell({ title: team.name, description: team.purpose, url: page.url, article: `<article class="om-team">
<nav class="om-crumbs" aria-label="Breadcrumb"><a href="/teams/">Teams</a></nav>
<h1 id="top">${text(team.name)}</h1>
<p class="om-summary">${badges.side[team.side]} ${text(team.purpose)}</p>
${facts([
  ["Channel", text(team.channel)], ["Contact", text(team.contact)],
  ...(above ? [["Escalates to", `<a href="/teams/${above}/">${text(this.names.get(above))}</a>`]] : []),
])}
<h2 id="packets">Workflows</h2>
${listed(own, this.names)}
</article>` });
  }
};
