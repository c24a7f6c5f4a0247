const { shell } = require("./page.cjs");

exports.render = ({ page, content }) => shell(page.fileSlug, page.url, content);
