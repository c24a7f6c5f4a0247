const { shell } = require("./page.cjs");

exports.render = ({ page, content }) => shell({ title: page.fileSlug, url: page.url, article: content });
