const { text, shell, listed, matrix } = require("../includes/page.cjs");

const PAGES = {
  workflows: ({ packets }) => `<h1>Workflows</h1>${listed(packets)}`,
  matrix: ({ roles, rows }) => `<h1>Responsibilities</h1>${matrix(roles, rows)}`,
  teams: ({ teams }) =>
    `<h1>Teams</h1><ul>${teams.map((each) => `<li><a href="/teams/${each.id}/">${text(each.name)}</a> (${each.side}): ${text(each.purpose)}</li>`).join("")}</ul>`,
};

module.exports = class {
  data() {
    return { names: Object.keys(PAGES), pagination: { data: "names", size: 1, alias: "name" }, permalink: ({ name }) => `/${name}/` };
  }

  render({ name, page, ...data }) {
    return shell(name, page.url, PAGES[name](data));
  }
};
