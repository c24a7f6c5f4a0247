const { SITE, words } = require("../includes/page.cjs");

module.exports = class {
  data() {
    return { pagination: { data: "packets", size: 1, alias: "packet" }, permalink: ({ packet }) => `/workflows/${packet.id}/index.json` };
  }

  render({ packet, signoffs }) {
    const { id, ...own } = packet;
    const address = `${SITE}/workflows/${id}/`;
    const sections = Object.fromEntries(words.sections.map((section) => [section.id, `${address}#${section.id}`]));
    const source = `data/workflows/${id}.yml`;
    return JSON.stringify({ address, id, status: own.status, sections, source, packet: own, signoffs: signoffs.get(id) ?? [] }, null, 2);
  }
};
