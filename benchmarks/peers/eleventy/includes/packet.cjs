// What a packet's page and its Markdown both say and the YAML does not: worked out once for each packet.
const { words } = require("./page.cjs");
const { counted, duration, listed, upper, the } = require("./words.cjs");

const known = new WeakMap();

const even = (value) => Math.round(value) - (value % 2 === 0.5 ? 1 : 0);

function domain({ type, values, min, max, unit, decimals, window }) {
  if (type === "choice") return `One of: ${values.join(", ")}`;
  if (type === "boolean") return "True or false";
  if (type === "date") return `A day from ${min ?? "any time"} to ${max ?? "any time"}`;
  const low = min === undefined ? "with no lower bound" : `from ${min}`;
  const high = max === undefined ? "with no upper bound" : `up to ${max}`;
  const places = decimals === undefined ? "" : `, ${decimals} decimal places`;
  const sum = window ? `; the sum per ${window.per} over ${duration(window.over)}` : "";
  return `A number ${low} ${high}${unit ? ` ${unit}` : ""}${places}${sum}`;
}

function answer({ checked_by, approved_by = [], within, on_timeout }, titles) {
  const steps = approved_by.map(({ all, any }) =>
    `${listed((all ?? any).map((id) => the(titles.get(id))), all ? "and" : "or")} ${all?.length > 1 ? "approve" : "approves"}`);
  return {
    who: upper(checked_by ? `${the(titles.get(checked_by))} checks afterwards` : steps.join(", then ")),
    note: [within && `within ${duration(within)}`, on_timeout && `silence ${on_timeout}s`].filter(Boolean).join(", "),
  };
}

function made(packet) {
  const { owners, business, it, shared } = packet;
  const { inputs, parties, rules, started_by } = shared.approval;
  const titles = new Map(parties.map(({ id, title }) => [id, title]));
  const approving = new Set(rules.flatMap((rule) => (rule.approved_by ?? []).flatMap(({ all, any }) => all ?? any)));
  const checking = new Set(rules.map((rule) => rule.checked_by));
  const part = (id) =>
    [id === started_by && "starts cases", approving.has(id) && "approves", checking.has(id) && "checks afterwards"].filter(Boolean).join(", ");
  const counts = Object.entries(words.outcome)
    .map(([outcome, { label }]) => [rules.filter((rule) => rule.outcome === outcome).length, label.toLowerCase()])
    .filter(([count]) => count);
  const systems = [...new Set(it.access.map(({ system }) => system))];
  const more = systems.length > 3 ? [counted(systems.length - 3, "more system")] : [];
  const { cases, per, minutes_each } = business.pain.volume;
  return {
    titles,
    holders: new Map([
      ...Object.entries(owners.others).map(([role, { holder }]) => [role, holder]),
      [owners.value.role, owners.value.holder], [owners.safety.role, owners.safety.holder],
    ]),
    labels: inputs.map(({ label, unit }) => (unit ? `${label} (${unit})` : label)),
    domains: inputs.map(domain),
    answers: rules.map((rule) => answer(rule, titles)),
    parts: parties.map(({ id }) => upper(part(id) || "takes over or stands in")),
    systems: `Works in ${listed([...systems.slice(0, 3), ...more], "and")}.`,
    rules: `${counted(rules.length, "rule")}: ${counts.map((each) => each.join(" ")).join("; ")}.`,
    period: duration(per).replace(/^1 /, ""),
    hours: even((minutes_each * cases) / 6) / 10,
  };
}

module.exports = (packet) => known.get(packet) ?? known.set(packet, made(packet)).get(packet);
