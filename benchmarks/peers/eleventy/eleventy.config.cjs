// Packets come straight from their YAML files; guide pages are Markdown.
const fs = require("node:fs");
const path = require("node:path");
const yaml = require("js-yaml");

const read = (file) => yaml.load(fs.readFileSync(file, "utf8"), { schema: yaml.CORE_SCHEMA });
const folder = (name) =>
  fs.readdirSync(`data/${name}`).sort().map((file) => ({ id: path.parse(file).name, ...read(`data/${name}/${file}`) }));

module.exports = function (config) {
  config.addGlobalData("packets", () => folder("workflows"));
  config.addGlobalData("signoffs", () => new Map(folder("signoffs").map((each) => [each.id, each.records])));
  config.addGlobalData("teams", () => read("data/teams.yml").teams);
  config.addGlobalData("roles", () => read("data/roles.yml").roles);
  config.addGlobalData("rows", () => read("data/responsibilities.yml").responsibilities);
  config.addGlobalData("organisation", () => read("data/site.yml"));
  config.addWatchTarget("data/");
  config.setQuietMode(true);
  return { dir: { input: "content", includes: "../includes", output: "public" }, markdownTemplateEngine: false };
};
