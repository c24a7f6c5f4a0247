// Packets come straight from their YAML files; guide pages are Markdown.
const fs = require("node:fs");
const path = require("node:path");
const yaml = require("js-yaml");

const read = (file) => yaml.load(fs.readFileSync(file, "utf8"));
const packets = () =>
  fs.readdirSync("data/workflows").sort().map((name) => ({ id: path.parse(name).name, ...read(`data/workflows/${name}`) }));

module.exports = function (config) {
  config.addGlobalData("packets", packets);
  config.addGlobalData("teams", () => read("data/teams.yml").teams);
  config.addGlobalData("roles", () => read("data/roles.yml").roles);
  config.addGlobalData("rows", () => read("data/responsibilities.yml").responsibilities);
  config.addWatchTarget("data/");
  config.setQuietMode(true);
  return { dir: { input: "content", includes: "../includes", output: "public" }, markdownTemplateEngine: false };
};
