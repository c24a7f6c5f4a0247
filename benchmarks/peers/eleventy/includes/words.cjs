// Words that several pages say, each worked out once.
const { words, text } = require("./page.cjs");

const MONTHS = "January February March April May June July August September October November December".split(" ");
const UNITS = [{ Y: "year", M: "month", W: "week", D: "day" }, { H: "hour", M: "minute", S: "second" }];
const once = (make) => {
  const known = new Map();
  return (key) => known.get(key) ?? known.set(key, make(key)).get(key);
};
const counted = (number, noun) => `${number} ${noun}${Number(number) === 1 ? "" : "s"}`;
const day = once((value) => {
  const [year, month, date] = value.split("-");
  return `${Number(date)} ${MONTHS[month - 1]} ${year}`;
});
const duration = once((value) =>
  value.slice(1).split("T")
    .flatMap((part, n) => [...part.matchAll(/(\d+)([A-Z])/g)].map(([, count, unit]) => counted(count, UNITS[n][unit])))
    .join(" "));
const listed = (values, last) => (values.length > 1 ? `${values.slice(0, -1).join(", ")} ${last} ${values.at(-1)}` : values.join(""));
const upper = (value) => value.charAt(0).toUpperCase() + value.slice(1);
const the = (title) => (/^the /i.test(title) ? title : `the ${title}`);
const badge = (group, word, css = group) =>
  `<span class="om-badge om-${css} om-${css}--${word}" title="${text(words[group][word].meaning)}">${text(words[group][word].label)}</span>`;
const badges = Object.fromEntries(
  ["status", "data", "outcome", "result", "layer", "side"].map((group) => [
    group, Object.fromEntries(Object.keys(words[group]).map((word) => [word, badge(group, word, group === "side" ? "layer" : group)])),
  ]));

module.exports = { counted, day, duration, listed, upper, the, badges };
