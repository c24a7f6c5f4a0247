const { text, shell } = require("../includes/page.cjs");
const { listed, organisation } = require("../includes/lists.cjs");

const PAGES = {
  workflows: ({ packets, teams }) => `<h1 id="top">Workflows</h1>${listed(packets, new Map(teams.map(({ id, name }) => [id, name])))}`,
  matrix: ({ roles, rows }) => `<h1 id="top">Responsibilities</h1>${organisation(roles, rows)}`,
  teams: ({ teams }) =>
    `<h1 id="top">Teams</h1><ul>${teams.map(({ id, name, side, purpose }) => `<li><a href="/teams/${id}/">${text(name)}</a> (${side}): ${text(purpose)}</li>`).join("")}</ul>`,
};

module.exports = class {
  data() {
    return { names: Object.keys(PAGES), pagination: { data: "names", size: 1, alias: "name" }, permalink: ({ name }) => `/${name}/` };
  }

  render({ name, page, ...data }) {
    return shell({ title: name, url: page.url, article: PAGES[name](data) });
  }
};
