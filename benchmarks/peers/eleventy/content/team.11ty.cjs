const { text, terms, shell, listed } = require("../includes/page.cjs");

const teams = ({ owners }) => new Set([owners.value, owners.safety, ...Object.values(owners.others)].map((each) => each.team));

module.exports = class {
  data() {
    return { pagination: { data: "teams", size: 1, alias: "team" }, permalink: ({ team }) => `/teams/${team.id}/` };
  }

  render({ team, packets, page }) {
    this.held ??= packets.map((packet) => ({ packet, teams: teams(packet) }));
    const own = this.held.filter((each) => each.teams.has(team.id)).map((each) => each.packet);
    return shell(team.name, page.url, `<h1>${text(team.name)}</h1>
<p>${text(team.purpose)}</p>
${terms([["Side", team.side], ["Channel", text(team.channel)], ["Contact", text(team.contact)], ["Escalates to", text(team.escalates_to)]])}
<h2 id="packets">Workflows</h2>
${listed(own)}`);
  }
};
