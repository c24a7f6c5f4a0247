const { SITE, words, text, shell, filled, table, facts, items, list, note } = require("../includes/page.cjs");
const { counted, day, duration, badges } = require("../includes/words.cjs");
const { matrix } = require("../includes/matrix.cjs");
const made = require("../includes/packet.cjs");

const shape = (layer) => `<span class="om-shape om-shape--${layer}"></span>`;
const SIDE = words.sections.map(({ id, label, layer }) =>
  `\n<li class="md-nav__item">\n  <a class="md-nav__link" href="#${id}">${shape(layer)}<span>${label}</span></a>\n</li>\n`).join("");
const CONTENTS = `<details class="om-contents">
  <summary>On this page</summary>
  <ul>${words.sections.map(({ id, label, layer }) => `<li><a href="#${id}">${shape(layer)}${label}</a></li>`).join("")}</ul>
</details>`;
const SECTIONS = new Map(words.sections.map((each) => [each.id, each]));
const section = (id, title, ...blocks) => {
  const { label, meaning, layer } = SECTIONS.get(id);
  return `<section class="om-section om-section--${layer}">
<h2 id="${id}" data-om-copy="${title}: ${label}" data-om-copy-text="${meaning}">${label}</h2>
<p class="om-meaning">${badges.layer[layer]} ${meaning}</p>
${blocks.join("\n")}
</section>`;
};
const prose = (value, lead = "") =>
  `<div class="om-text">\n${lead}${value.split("\n\n").map((each) => `<p>${text(each)}</p>`).join("\n")}\n</div>`;
const step = (name, anchor, layer, words) =>
  `<a class="om-step om-step--${layer}" href="#${anchor}"><span class="om-step__name">${shape(layer)}${name}</span> <span class="om-step__text">${text(words)}</span></a>`;
const arrow = (words, way = "on") => `<span class="om-arrow om-arrow--${way}"><span>${words}</span></span>`;
const outside = (href, words) => `<a href="${text(href)}" rel="noopener noreferrer">${words}</a>`;
const tests = (condition) =>
  condition ? `<code><span>${text(condition).replaceAll(", ", ",</span> <span>")}</span></code>` : "any";

module.exports = class {
  data() {
    return {
      pagination: { data: "packets", size: 1, alias: "packet" },
      permalink: ({ packet }) => `/workflows/${packet.id}/`,
    };
  }

  render({ packet, packets, teams, roles, page, ...data }) {
    this.names ??= new Map(teams.map(({ id, name }) => [id, name]));
    this.roles ??= new Map(roles.map(({ id, name }) => [id, name]));
    this.titles ??= new Map(packets.map(({ id, title }) => [id, title]));
    this.successors ??= new Map(packets.map(({ id, supersedes }) => [supersedes, id]));
    this.day ??= day(new Date().toISOString().slice(0, 10));
    const { title, status, owners } = packet;
    const description = `${title}. ${words.status[status].label}. Value: ${owners.value.holder}; safety: ${owners.safety.holder}.`;
    return shell({
      title, description, url: page.url, sections: SIDE, contents: CONTENTS,
      data: `<link rel=" alternate" type="application/json" title="This packet as JSON" href="${page.url}index.json">`,
      article: this.article(packet, description, { roles, ...data }),
    });
  }

  team(id) {
    return `<a href="/teams/${id}/">${text(this.names.get(id))}</a>`;
  }

  packet(id) {
    return `<a href="/workflows/${id}/">${text(this.titles.get(id))}</a>`;
  }

  assigned({ team, role }) {
    return this.team(team) + note(text(this.roles.get(role)));
  }

  article(packet, description, { roles, rows, signoffs, organisation }) {
    const own = made(packet);
    const { id, owners, status, supersedes, tags } = packet;
    const { exceptions, review, approval } = packet.shared;
    const title = text(packet.title);
    const holding = (role) => text(this.roles.get(role)) + note(text(own.holders.get(role)));
    const holder = (side, name, { holder, team }) =>
      `<div class="om-owner om-owner--${side}"><dt>${shape(side)}${name}</dt><dd>${text(holder)}${note(this.team(team))}</dd></div>`;
    const signature = (side, { holder }) => `<div>
<p>${badges.side[side]} <strong>${text(holder)}</strong></p>
<p class="om-signing__line">Name</p>
<p class="om-signing__line">Date</p>
<p class="om-signing__line om-signing__line--tall">Signature</p>
</div>`;
    const later = this.successors.get(id);
    return `<article class="om-packet" data-packet="${id}">
<nav class="om-crumbs" aria-label="Breadcrumb"><a href="/workflows/">Workflows</a></nav>
<h1 id="top" class="om-title" data-om-copy="${title}" data-om-copy-text="${text(description)}">${title}</h1>
<p class="om-summary">${text(packet.summary)}</p>
${later ? `<p class="om-notice">Superseded by ${this.packet(later)}.</p>` : ""}
<dl class="om-cover">
<div><dt>Packet of</dt><dd>${text(organisation.organisation)}, ${text(organisation.name)}</dd></div>
<div><dt>Original</dt><dd>${SITE}/workflows/${id}/</dd></div>
<div><dt>As of</dt><dd>${this.day}</dd></div>
</dl>
<section class="om-glance" aria-label="At a glance">
<dl>
<div><dt>Status</dt><dd>${badges.status[status]}</dd></div>
${holder("business", "Value owner", owners.value)}
${holder("it", "Safety owner", owners.safety)}
<div><dt>Next review</dt><dd>${status === "retired" ? "None: retired" : day(review.next)}</dd></div>
</dl>
<figure class="om-flow">
<ol>
<li class="om-flow__trigger">
${step("Trigger", "trigger", "business", packet.business.trigger.event)}
</li>
<li class="om-flow__agent">
${arrow("starts")}${step("Agent", "access", "it", own.systems)}
</li>
<li class="om-flow__approval">
${arrow("proposes")}${step("Approval", "approval", "shared", own.rules)}
${arrow("refused or unclear", "down")}
${step("Exception queue", "exceptions", "shared", exceptions.queue)}
</li>
<li class="om-flow__output">
${arrow("allowed")}${step("Output", "output", "business", packet.business.output.good.split(". ")[0])}
</li>
</ol>
<figcaption>How a case moves. Each box leads to its section.</figcaption>
</figure>
</section>
${section("owners", title, table("owners", [
  ...[["Value owner", owners.value], ["Safety owner", owners.safety]].map(([name, { role, holder, team }]) => ({
    id: `owners-${role}`, cells: [name + note(text(this.roles.get(role))), text(holder), this.team(team)],
  })),
  ...Object.entries(owners.others).map(([role, { holder, team }]) => ({
    id: `owners-${role}`, cells: [text(this.roles.get(role)), text(holder), this.team(team)],
  })),
]))}
${this.business(packet.business, title, own, approval)}
${this.it(packet.it, title, holding)}
${this.approval(approval, title, own)}
${this.shared(packet.shared, title, holding)}
${section("review", title, facts([
  ["Every", duration(review.cadence ?? organisation.review_cadence)], ["Last review", review.last ? day(review.last) : "–"],
  ["Next review", day(review.next)], ["Last material change", day(packet.revised)],
]))}
${section("signoffs", title, signoffs.has(id)
  ? table("signoffs", signoffs.get(id).map(({ date, side, name }, n) => ({
    id: `signoffs-${n + 1}`, cells: [day(date), badges.side[side], text(name)],
  })))
  : '<p class="om-empty">Nobody has signed yet.</p>',
  "<p>A digest of each section shows what was signed. Who signed is shown by the history of <code>data/signoffs/</code> in version control.</p>")}
${section("responsibilities", title, matrix(rows, roles, own.holders, packet.title))}
<section class="om-signing">
<h2>For signature</h2>
<p>Both sides have read this packet, as of ${this.day}.</p>
<div class="om-signing__sides">
${signature("business", owners.value)}
${signature("it", owners.safety)}
</div>
</section>
<footer class="om-source">
${supersedes ? `<p>Supersedes ${this.packet(supersedes)}.</p>` : ""}
<p>Tags: ${tags.map((tag) => `<span class="om-tag">${text(tag)}</span> `).join("")}</p>
<p>This page is made from <code>data/workflows/${id}.yml</code>.</p>
</footer>
</article>`;
  }

  business({ pain, scope, trigger, inputs, output, outcomes }, title, own, approval) {
    const { cases, minutes_each } = pain.volume;
    return `${section("pain", title, prose(pain.drag), facts([
  ["Volume", `${counted(cases, "case")} every ${own.period}`],
  ["Manual work", `${minutes_each} minutes each, ${own.hours} hours every ${own.period}`],
  ["Cost of an error", text(pain.cost_of_error)],
]))}
${section("scope", title, `<div class="om-lists">
<div class="om-list om-list--in">
<p class="om-lead">In scope</p>
${list(scope.in)}</div>
<div class="om-list om-list--out">
<p class="om-lead">Stays with people</p>
${list(scope.out)}</div>
</div>`)}
${section("trigger", title, facts([
  ["Event", text(trigger.event)], ["Seen in", text(trigger.source)], ["Started by", text(own.titles.get(approval.started_by))],
]))}
${section("inputs", title, table("inputs", inputs.map(({ id, name, source, data_class }) => ({
  id: `inputs-${id}`, cells: [text(name), text(source), badges.data[data_class]],
}))))}
${section("output", title, prose(output.good), prose(output.example, '<p class="om-lead">Example</p>'))}
${section("outcomes", title, table("outcomes", outcomes.map(({ id, metric, baseline, target, source }) => ({
  id: `outcomes-${id}`, cells: [text(metric), text(baseline), text(target), text(source)],
}))))}`;
  }

  it({ access, forbidden, contracts, policies, support }, title, holding) {
    const { channel, runbook, stop, tiers } = support;
    return `${section("access", title, table("access", access.map((each) => ({
  id: `access-${each.id}`,
  cells: [
    text(each.system), items(each.operations.map((operation) => words.operation[operation].label)), text(each.scope),
    badges.data[each.data_class], text(each.identity), text(each.justification),
  ],
}))))}
${section("forbidden", title, table("forbidden", forbidden.map(({ id, action, enforced_by }) => ({
  id: `forbidden-${id.toLowerCase()}`, cells: [text(action), text(enforced_by)],
}))))}
${section("contracts", title, table("contracts", contracts.map((each) => ({
  id: `contracts-${each.id}`,
  cells: [text(each.interface), this.team(each.owner), text(each.version), text(each.limits), text(each.on_failure)],
}))))}
${section("policies", title, table("policies", policies.map(({ id, name, met_by }) => ({
  id: `policies-${id.toLowerCase()}`, cells: [text(name), text(met_by)],
}))))}
${section("support", title, facts([
  ["Channel", text(channel)], ["Runbook", runbook ? outside(runbook, "Runbook") : "None yet"],
  ["How to stop the agent", text(stop.how)], ["Who may stop it", items(stop.who.map(holding))], ["Stopped within", duration(stop.within)],
]), table("support", tiers.map(({ id, name, team, hours, response }) => ({
  id: `support-${id.toLowerCase()}`, cells: [text(name), this.team(team), text(hours), duration(response)],
}))))}`;
  }

  approval(approval, title, { titles, labels, domains, answers, parts }) {
    const { inputs, parties, rules, examples, hit_policy = "unique" } = approval;
    const policy = words.hit_policy[hit_policy];
    const names = labels.map(text);
    return section("approval", title,
      `<p>Hit policy: ${policy.label.toLowerCase()}. ${policy.meaning}</p>`,
      filled("Approval table", ["Rule", ...names, "Outcome", "Who, and how fast", "Why"], ["Rule"], rules.map((rule, n) => ({
        id: `approval-${rule.id.toLowerCase()}`,
        copy: true,
        cells: [
          rule.id, ...inputs.map(({ id }) => tests(rule.when[id])), badges.outcome[rule.outcome],
          text(answers[n].who) + (answers[n].note && note(answers[n].note)), text(rule.reason),
        ],
      }))),
      this.form(approval, names),
      '<h3 id="approval-inputs">What it depends on</h3>',
      table("domains", inputs.map(({ id, label }, n) => ({
        id: `approval-input-${id}`, cells: [text(label), `<code>${id}</code>`, text(domains[n])],
      }))),
      '<h3 id="approval-parties">Who takes part</h3>',
      table("parties", parties.map(({ id, title, escalates_to, delegate }, n) => ({
        id: `approval-party-${id}`,
        cells: [
          text(title), parts[n], escalates_to ? `${text(titles.get(escalates_to))} decides` : "–",
          delegate ? `${text(titles.get(delegate.to))}, ${duration(delegate.at_most)} at most` : "–",
        ],
      }))),
      '<h3 id="approval-examples">Examples, run at every check</h3>',
      filled("Cases with their expected answers", [...names, "Outcome", "Rule"], ["Rule"], examples.map(({ given, outcome, rule }) => ({
        cells: [...inputs.map(({ id }) => text(given[id])), badges.outcome[outcome], rule ?? "any"],
      }))));
  }

  form(approval, names) {
    const field = ({ id, type, values, window }, n) => `<div class="om-form__field">
<label for="ask-${id}">${names[n]}</label>
${type === "number"
    ? `<input id="ask-${id}" name="${id}" type="text" inputmode="decimal" autocomplete="off"${window ? ` aria-describedby="ask-${id}-hint"` : ""}>`
    : `<select id="ask-${id}" name="${id}"><option value="">Choose …</option>${(values ?? ["true", "false"]).map((value) =>
      `<option value="${text(value)}">${values ? text(value) : value === "true" ? "Yes" : "No"}</option>`).join("")}</select>`}
${window ? `<span class="om-note" id="ask-${id}-hint">The sum per ${text(window.per)} over ${duration(window.over)}</span>` : ""}
</div>`;
    return `<h3 id="approval-ask">Who approves this?</h3>
<div class="om-ask">
<script type="application/json">${JSON.stringify(approval).replaceAll("<", "\\u003c")}</script>
<p class="om-ask__none">The form needs JavaScript. The table above gives the same answers.</p>
<form class="om-form" data-opmodel-decide data-rule-link="#approval-" aria-labelledby="approval-ask" hidden novalidate>
${approval.inputs.map(field).join("\n")}
<button type="submit">Who approves?</button>
<output class="om-form__answer" aria-live="polite"></output>
</form>
</div>`;
  }

  shared({ exceptions, failure_cases, audit }, title, holding) {
    return `${section("exceptions", title, facts([
  ["Queue", text(exceptions.queue)], ["Owner", this.assigned(exceptions.owner)], ["States of a case", text(exceptions.states.join(" → "))],
]), table("exceptions", exceptions.cases.map(({ id, route, within, ...each }) => ({
  id: `exceptions-${id.toLowerCase()}`, cells: [text(each.case), this.assigned(route), duration(within)],
}))))}
${section("failure-cases", title, table("failures", failure_cases.map(({ id, detection, test, owner, result, evidence, date, ...each }) => ({
  id: `failure-cases-${id.toLowerCase()}`,
  copy: true,
  cells: [
    text(each.case) + note(id), text(detection), text(test), this.assigned(owner),
    items([badges.result[result], ...(date ? [day(date)] : []), ...(evidence ? [outside(evidence, "Evidence")] : [])]),
  ],
}))))}
${section("audit", title, facts([
  ["Kept for", audit.retention ? duration(audit.retention) : "Not set"], ["Read by", items(audit.readers.map(holding))],
]), table("audit", audit.records.map(({ id, event, fields, where }) => ({
  id: `audit-${id.toLowerCase()}`, cells: [text(event), text(fields), text(where)],
}))))}`;
  }
};
