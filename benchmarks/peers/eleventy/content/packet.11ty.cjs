const { text, table, terms, list, shell, matrix } = require("../includes/page.cjs");

module.exports = class {
  data() {
    return {
      pagination: { data: "packets", size: 1, alias: "packet" },
      permalink: ({ packet }) => `/workflows/${packet.id}/`,
    };
  }

  render({ packet, teams, roles, rows, page }) {
    this.names ??= new Map(teams.map((each) => [each.id, each.name]));
    return shell(packet.title, page.url, this.article(packet, matrix(roles, rows)));
  }

  team(id) {
    return id ? `<a href="/teams/${id}/">${text(this.names.get(id))}</a>` : "";
  }

  article(packet, responsibilities) {
    const { owners, business, it, shared } = packet;
    const { approval, exceptions, audit, review } = shared;
    const titles = new Map(approval.parties.map((party) => [party.id, text(party.title)]));
    const holders = [owners.value, owners.safety, ...Object.entries(owners.others).map(([role, each]) => ({ role, ...each }))];
    const who = (rule) =>
      [
        rule.checked_by && `${titles.get(rule.checked_by)} checks`,
        ...(rule.approved_by ?? []).map((step) =>
          (step.any ?? step.all).map((id) => titles.get(id)).join(step.any ? " or " : " and ")),
        rule.within && `within ${rule.within}`,
        rule.on_timeout,
        rule.exception && `<a href="#exceptions-${rule.exception.toLowerCase()}">${rule.exception}</a>`,
      ].filter(Boolean).join(" ");
    return `<article>
<h1>${text(packet.title)}</h1>
<p>${text(packet.summary)}</p>
${terms([
  ["Status", packet.status], ["Revised", text(packet.revised)],
  ...(packet.supersedes ? [["Supersedes", `<a href="/workflows/${packet.supersedes}/">${packet.supersedes}</a>`]] : []),
  ["Next review", text(review.next)], ["Tags", packet.tags.join(", ")],
])}
<h2 id="owners">Owners</h2>
${table(["Role", "Held by", "Team"], holders.map((each) => ({ id: `owners-${each.role}`, cells: [each.role, text(each.holder), this.team(each.team)] })))}
<h2 id="pain">Pain</h2>
<p>${text(business.pain.drag)}</p>
${terms([
  ["Volume", `${business.pain.volume.cases} cases every ${business.pain.volume.per}`],
  ["Manual work", `${business.pain.volume.minutes_each} minutes each`], ["Cost of an error", text(business.pain.cost_of_error)],
])}
<h2 id="scope">Scope</h2>
<h3>In scope</h3>${list(business.scope.in)}
<h3>Stays with people</h3>${list(business.scope.out)}
<h2 id="trigger">Trigger</h2>
${terms([["Event", text(business.trigger.event)], ["Seen in", text(business.trigger.source)]])}
<h2 id="inputs">Inputs</h2>
${table(["Input", "Source", "Data class"], business.inputs.map((each) => ({ id: `inputs-${each.id}`, cells: [text(each.name), text(each.source), each.data_class] })))}
<h2 id="output">Output</h2>
<p>${text(business.output.good)}</p><blockquote>${text(business.output.example)}</blockquote>
<h2 id="outcomes">Outcomes</h2>
${table(["Metric", "Before", "Target", "Read from"], business.outcomes.map((each) => ({ id: `outcomes-${each.id}`, cells: [text(each.metric), text(each.baseline), text(each.target), text(each.source)] })))}
<h2 id="access">Access</h2>
${table(["System", "May", "Which records", "Data class", "As", "Why"], it.access.map((each) => ({ id: `access-${each.id}`, cells: [text(each.system), each.operations.join(", "), text(each.scope), each.data_class, text(each.identity), text(each.justification)] })))}
<h2 id="forbidden">Forbidden</h2>
${table(["The agent never", "Enforced by"], it.forbidden.map((each) => ({ id: `forbidden-${each.id}`, cells: [text(each.action), text(each.enforced_by)] })))}
<h2 id="contracts">System contracts</h2>
${table(["Interface", "Owner", "Version", "Limits", "When it fails"], it.contracts.map((each) => ({ id: `contracts-${each.id}`, cells: [text(each.interface), this.team(each.owner), text(each.version), text(each.limits), text(each.on_failure)] })))}
<h2 id="policies">Policies</h2>
${table(["Policy", "How it is met"], it.policies.map((each) => ({ id: `policies-${each.id}`, cells: [text(each.name), text(each.met_by)] })))}
<h2 id="support">Support</h2>
${terms([
  ["Channel", text(it.support.channel)], ["Runbook", `<a href="${it.support.runbook}">Runbook</a>`],
  ["How to stop the agent", text(it.support.stop.how)], ["Who may stop it", it.support.stop.who.join(", ")],
  ["Stopped within", it.support.stop.within],
])}
${table(["Tier", "Team", "Hours", "Answers within"], it.support.tiers.map((each) => ({ id: `support-${each.id}`, cells: [text(each.name), this.team(each.team), text(each.hours), each.response] })))}
<h2 id="approval">Approval</h2>
${table(
  ["Rule", ...approval.inputs.map((each) => each.label + (each.unit ? ` (${each.unit})` : "")), "Outcome", "Who, and how fast", "Why"],
  approval.rules.map((rule) => ({
    id: `approval-${rule.id}`,
    cells: [
      rule.id, ...approval.inputs.map((each) => (rule.when[each.id] ? `<code>${text(rule.when[each.id])}</code>` : "any")),
      rule.outcome, who(rule), text(rule.reason),
    ],
  })),
)}
<h3>Inputs and their domains</h3>
${table(["Input", "Name", "What can occur"], approval.inputs.map((each) => ({
  id: `approval-input-${each.id}`,
  cells: [text(each.label), `<code>${each.id}</code>`, text([each.type, each.values?.join(", "), each.unit && `from ${each.min} ${each.unit}, ${each.decimals} decimals`, each.window && `sum per ${each.window.per} over ${each.window.over}`].filter(Boolean).join(" "))],
})))}
<h3>Who takes part in an approval</h3>
${table(["Who", "Team", "Role", "When they do not answer", "Stand-in"], approval.parties.map((each) => ({
  id: `approval-party-${each.id}`,
  cells: [
    text(each.title) + (each.id === approval.started_by ? " (starts)" : ""), this.team(each.team), text(each.role),
    titles.get(each.escalates_to) ?? "", each.delegate ? `${titles.get(each.delegate.to)}, at most ${each.delegate.at_most}` : "",
  ],
})))}
<h3>Examples</h3>
${table(["Rule", ...approval.inputs.map((each) => each.label), "Outcome"], approval.examples.map((each, n) => ({
  id: `approval-example-${n + 1}`,
  cells: [`<a href="#approval-${each.rule.toLowerCase()}">${each.rule}</a>`, ...approval.inputs.map((input) => text(each.given[input.id])), each.outcome],
})))}
<h2 id="exceptions">Exception queue</h2>
${terms([["Queue", text(exceptions.queue)], ["Owner", `${exceptions.owner.role}, ${this.team(exceptions.owner.team)}`], ["States", exceptions.states.join(", ")]])}
${table(["Case", "Taken by", "Team", "Within"], exceptions.cases.map((each) => ({ id: `exceptions-${each.id}`, cells: [text(each.case), each.route.role, this.team(each.route.team), each.within] })))}
<h2 id="failure-cases">Failure cases</h2>
${table(["Case", "Noticed by", "Test", "Owner", "Result", "Evidence"], shared.failure_cases.map((each) => ({
  id: `failure-cases-${each.id}`,
  cells: [text(each.case), text(each.detection), text(each.test), `${each.owner.role}, ${this.team(each.owner.team)}`, each.result, `${each.evidence ? `<a href="${each.evidence}">Evidence</a>` : ""} ${text(each.date)}`],
})))}
<h2 id="audit">Audit trail</h2>
${terms([["Kept for", audit.retention], ["Read by", audit.readers.join(", ")]])}
${table(["Event", "Fields", "Where"], audit.records.map((each) => ({ id: `audit-${each.id}`, cells: [text(each.event), text(each.fields), text(each.where)] })))}
<h2 id="review">Review</h2>
${terms([["Last", text(review.last)], ["Next", text(review.next)]])}
<h2 id="responsibilities">Responsibilities</h2>
${responsibilities}
</article>`;
  }
};
