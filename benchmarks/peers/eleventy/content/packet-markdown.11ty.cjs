const { SITE, words, tables } = require("../includes/page.cjs");
const { counted, day, duration } = require("../includes/words.cjs");
const { markdown } = require("../includes/matrix.cjs");
const made = require("../includes/packet.cjs");

const filled = (caption, columns, rows) => `**${caption}**

| ${columns.join(" | ")} |
|${" --- |".repeat(columns.length)}
${rows.map((cells) => `| ${cells.join(" | ")} |\n`).join("")}`;
const table = (name, rows) => filled(tables[name].caption, tables[name].columns, rows);
const facts = (pairs) => pairs.map(([name, value]) => `- **${name}**: ${value}\n`).join("");
const list = (values) => values.map((each) => `- ${each}\n`).join("");
const SECTIONS = new Map(words.sections.map((each) => [each.id, each]));

module.exports = class {
  data() {
    return { pagination: { data: "packets", size: 1, alias: "packet" }, permalink: ({ packet }) => `/workflows/${packet.id}/index.md` };
  }

  render({ packet, packets, teams, roles, rows, signoffs, organisation }) {
    this.teams ??= new Map(teams.map(({ id, name }) => [id, `[${name}](${SITE}/teams/${id}/)`]));
    this.roles ??= new Map(roles.map(({ id, name }) => [id, name]));
    this.packets ??= new Map(packets.map(({ id, title }) => [id, `[${title}](${SITE}/workflows/${id}/)`]));
    this.successors ??= new Map(packets.map(({ id, supersedes }) => [supersedes, id]));
    const own = made(packet);
    const { id, title, status, owners, business, it, shared } = packet;
    const { approval, exceptions, audit, review } = shared;
    const { titles, labels, holders, answers } = own;
    const address = `${SITE}/workflows/${id}/`;
    const link = (words, anchor) => `[${words}](${address}#${anchor.toLowerCase()})`;
    const assigned = ({ team, role }) => `${this.teams.get(team)} (${this.roles.get(role)})`;
    const holding = (role) => `${this.roles.get(role)} (${holders.get(role)})`;
    const head = (name) => {
      const { label, meaning, layer } = SECTIONS.get(name);
      return `## ${link(label, name)}\n\n${words.layer[layer].label}. ${meaning}\n`;
    };
    const later = this.successors.get(id);
    const policy = words.hit_policy[approval.hit_policy ?? "unique"];
    const { drag, volume, cost_of_error } = business.pain;
    const { channel, runbook, stop, tiers } = it.support;
    return `# ${title}

${packet.summary}
${later ? `\nSuperseded by ${this.packets.get(later)}.\n` : ""}
${facts([
  ["Status", words.status[status].label], ["Value owner", `${owners.value.holder}, ${this.teams.get(owners.value.team)}`],
  ["Safety owner", `${owners.safety.holder}, ${this.teams.get(owners.safety.team)}`],
  ["Next review", status === "retired" ? "None: retired" : day(review.next)],
])}
How a case moves: **Trigger** (${business.trigger.event}) → **Agent** (${own.systems}) → **Approval** (${own.rules}) → **Output** (${business.output.good.split(". ")[0]}). What may not go on goes to the **Exception queue** (${exceptions.queue}).

${head("owners")}
${table("owners", [
  ...[["Value owner", owners.value], ["Safety owner", owners.safety]].map(([name, { role, holder, team }]) =>
    [`${link(name, `owners-${role}`)} (${this.roles.get(role)})`, holder, this.teams.get(team)]),
  ...Object.entries(owners.others).map(([role, { holder, team }]) =>
    [link(this.roles.get(role), `owners-${role}`), holder, this.teams.get(team)]),
])}
${head("pain")}
${drag}

${facts([
  ["Volume", `${counted(volume.cases, "case")} every ${own.period}`],
  ["Manual work", `${volume.minutes_each} minutes each, ${own.hours} hours every ${own.period}`], ["Cost of an error", cost_of_error],
])}
${head("scope")}
**In scope**

${list(business.scope.in)}
**Stays with people**

${list(business.scope.out)}
${head("trigger")}
${facts([
  ["Event", business.trigger.event], ["Seen in", business.trigger.source], ["Started by", titles.get(approval.started_by)],
])}
${head("inputs")}
${table("inputs", business.inputs.map((each) => [link(each.name, `inputs-${each.id}`), each.source, words.data[each.data_class].label]))}
${head("output")}
${business.output.good}

**Example**

${business.output.example}

${head("outcomes")}
${table("outcomes", business.outcomes.map((each) => [link(each.metric, `outcomes-${each.id}`), each.baseline, each.target, each.source]))}
${head("access")}
${table("access", it.access.map((each) => [
  link(each.system, `access-${each.id}`), each.operations.map((may) => words.operation[may].label).join("; "), each.scope,
  words.data[each.data_class].label, each.identity, each.justification,
]))}
${head("forbidden")}
${table("forbidden", it.forbidden.map((each) => [link(each.action, `forbidden-${each.id}`), each.enforced_by]))}
${head("contracts")}
${table("contracts", it.contracts.map((each) => [
  link(each.interface, `contracts-${each.id}`), this.teams.get(each.owner), each.version, each.limits, each.on_failure,
]))}
${head("policies")}
${table("policies", it.policies.map((each) => [link(each.name, `policies-${each.id}`), each.met_by]))}
${head("support")}
${facts([
  ["Channel", channel], ["Runbook", runbook ? `[Runbook](${runbook})` : "None yet"], ["How to stop the agent", stop.how],
  ["Who may stop it", stop.who.map(holding).join("; ")], ["Stopped within", duration(stop.within)],
])}
${table("support", tiers.map((each) => [link(each.name, `support-${each.id}`), this.teams.get(each.team), each.hours, duration(each.response)]))}
${head("approval")}
Hit policy: ${policy.label.toLowerCase()}. ${policy.meaning}

${filled("Approval table", ["Rule", ...labels, "Outcome", "Who, and how fast", "Why"], approval.rules.map((rule, n) => [
  link(rule.id, `approval-${rule.id}`), ...approval.inputs.map((each) => (rule.when[each.id] ? `\`${rule.when[each.id]}\`` : "any")),
  words.outcome[rule.outcome].label, answers[n].who + (answers[n].note && ` (${answers[n].note})`), rule.reason,
]))}
${table("domains", approval.inputs.map((each, n) => [link(each.label, `approval-input-${each.id}`), `\`${each.id}\``, own.domains[n]]))}
${table("parties", approval.parties.map((each, n) => [
  link(each.title, `approval-party-${each.id}`), own.parts[n], each.escalates_to ? `${titles.get(each.escalates_to)} decides` : "–",
  each.delegate ? `${titles.get(each.delegate.to)}, ${duration(each.delegate.at_most)} at most` : "–",
]))}
${filled("Cases with their expected answers", [...labels, "Outcome", "Rule"], approval.examples.map((each) => [
  ...approval.inputs.map((input) => each.given[input.id]), words.outcome[each.outcome].label, each.rule ?? "any",
]))}
${head("exceptions")}
${facts([["Queue", exceptions.queue], ["Owner", assigned(exceptions.owner)], ["States of a case", exceptions.states.join(" → ")]])}
${table("exceptions", exceptions.cases.map((each) => [link(each.case, `exceptions-${each.id}`), assigned(each.route), duration(each.within)]))}
${head("failure-cases")}
${table("failures", shared.failure_cases.map((each) => [
  `${link(each.case, `failure-cases-${each.id}`)} (${each.id})`, each.detection, each.test, assigned(each.owner),
  [words.result[each.result].label, each.date && day(each.date), each.evidence && `[Evidence](${each.evidence})`].filter(Boolean).join("; "),
]))}
${head("audit")}
${facts([["Kept for", audit.retention ? duration(audit.retention) : "Not set"], ["Read by", audit.readers.map(holding).join("; ")]])}
${table("audit", audit.records.map((each) => [link(each.event, `audit-${each.id}`), each.fields, each.where]))}
${head("review")}
${facts([
  ["Every", duration(review.cadence ?? organisation.review_cadence)], ["Last review", review.last ? day(review.last) : "–"],
  ["Next review", day(review.next)], ["Last material change", day(packet.revised)],
])}
${head("signoffs")}
${signoffs.has(id)
    ? table("signoffs", signoffs.get(id).map((each, n) => [link(day(each.date), `signoffs-${n + 1}`), words.side[each.side].label, each.name]))
    : "Nobody has signed yet.\n"}
## ${link("Responsibilities", "responsibilities")}

**Who does what in ${title}**

${markdown(rows, roles, holders, address)}

Letters: R responsible, A accountable, C consulted, I informed; an empty cell means no part in it.

${packet.supersedes ? `Supersedes ${this.packets.get(packet.supersedes)}.\n\n` : ""}Tags: ${packet.tags.join(", ")}

---

Address: [${address}](${address})
`;
  }
};
