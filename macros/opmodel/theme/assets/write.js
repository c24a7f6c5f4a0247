/*
 * The form that writes a packet. It is built from the packet's JSON Schema, which stands in the page as JSON, with a label
 * for each field (x-label) and what it names (x-reference). Nothing is sent anywhere; a draft is kept in this browser.
 *
 * A part of the form is an object with: node (what is shown), read() (its value, undefined when empty), fill(value), and
 * faults() ([control, message] of everything that is wrong). Numbers are kept as text, so that 0.10 stays exact.
 */
(function () {
  'use strict';

  const place = document.querySelector('[data-om-write]');
  if (!place) return;
  const given = JSON.parse(place.querySelector('script').textContent);
  const schema = given.schema;
  const DRAFT = 'opmodel-packet-draft';
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const SECONDS = [31557600, 2629800, 604800, 86400, 3600, 60, 1];
  const watchers = [];
  let count = 0;
  let now = {};

  /* Elements */

  function element(name, properties, children) {
    const made = Object.assign(document.createElement(name), properties || {});
    made.append(...(children || []));
    return made;
  }

  function button(text, act, className) {
    const made = element('button', { type: 'button', textContent: text, className: 'om-button ' + (className || '') });
    made.addEventListener('click', act);
    return made;
  }

  function unique() {
    count += 1;
    return 'om-write-' + count;
  }

  /* Values */

  function Exact(text) { this.text = text; }

  function resolved(part) {
    if (part.$ref) return Object.assign({}, schema.$defs[part.$ref.split('/').pop()], part, { $ref: undefined });
    const options = (part.anyOf || []).filter(function (option) { return option.type !== 'null'; });
    if (!options.length) return part;
    const number = options.find(function (option) { return option.type === 'number'; });
    return Object.assign({}, part, resolved(number || options[0]), pick(part), { anyOf: undefined });
  }

  function pick(part) {
    const kept = {};
    ['description', 'x-label', 'x-reference'].forEach(function (key) { if (part[key]) kept[key] = part[key]; });
    return kept;
  }

  function seconds(text) {
    const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text || '');
    return match ? SECONDS.reduce(function (sum, each, at) { return sum + each * Number(match[at + 1] || 0); }, 0) : 0;
  }

  function isDuration(part) { return (part.pattern || '').startsWith('^P(?!$)'); }

  function isLink(part) { return (part.pattern || '').includes('[Mm][Aa][Ii]'); }

  function get(data, path) {
    return path.split('/').reduce(function (found, step) { return found === undefined ? found : found[step]; }, data);
  }

  function ids(list) { return (list || []).map(function (each) { return each.id; }).filter(Boolean); }

  /* What may be named: what the site has, and what this packet itself declares. */
  function known(kind) {
    if (given.choices[kind]) return given.choices[kind].map(function (choice) { return choice[0]; });
    const own = {
      party: ids(get(now, 'shared/approval/parties')),
      case: ids(get(now, 'shared/exceptions/cases')),
      rule: ids(get(now, 'shared/approval/rules')),
    };
    return own[kind] || [];
  }

  function sideOf(kind, name) {
    const found = (given.choices[kind] || []).find(function (choice) { return choice[0] === name; });
    return found ? found[2] : '';
  }

  /* What is wrong with one value, in a sentence; nothing when it is right. */

  function wrong(part, text) {
    if (part.maxLength && text.length > part.maxLength) {
      return 'At most ' + part.maxLength + ' characters; these are ' + text.length + '.';
    }
    if (part.type === 'integer' && !/^\d+$/.test(text)) return 'Write a whole number, such as 120.';
    if (part.type === 'number' && !/^-?\d{1,30}(\.\d{1,30})?$/.test(text)) return 'Write a number with a point, such as 7.5.';
    if (part.maximum !== undefined && Number(text) > part.maximum) return 'At most ' + part.maximum + '.';
    if (part.minimum !== undefined && Number(text) < part.minimum) return 'At least ' + part.minimum + '.';
    if (part.format === 'date') return isDay(text) ? '' : 'Write a day that exists, such as 2026-11-30.';
    if (!part.pattern || part.type !== 'string' || new RegExp(part.pattern).test(text)) return named(part, text);
    if (isDuration(part)) return 'Write a time such as P1D (a day), PT8H (eight hours) or P3M (three months).';
    if (isLink(part)) return 'Write an address that starts with https://, http:// or mailto:.';
    if (part.pattern.startsWith('^[A-Za-z0-9]')) return 'Letters, digits and single hyphens only, such as AP-01.';
    if (part.pattern.startsWith('^[a-z0-9]')) return 'Lower-case letters, digits and single hyphens only, such as month-end.';
    if (text.includes('\n')) return 'Keep this on one line.';
    return 'This holds a character or form that is not allowed here.';
  }

  function named(part, text) {
    const kind = part['x-reference'];
    if (!kind || kind === 'input' || known(kind).includes(text)) return '';
    const have = known(kind);
    return 'No ' + kind + ' is called “' + text + '”' + (have.length ? '; there are ' + have.join(', ') : '') + '.';
  }

  function isDay(text) {
    const day = new Date(text + 'T00:00:00Z');
    return /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(day) && day.toISOString().startsWith(text);
  }

  /* One control with its label, help and error */

  function control(input, part, needed, groupName) {
    const id = unique();
    const help = element('p', { id: id + '-help', className: 'om-write__help', textContent: part.description || '' });
    const error = element('p', { id: id + '-error', className: 'om-write__error' });
    const title = (part['x-label'] || part.title || '') + (needed || part.owed ? '' : ' (optional)');
    const label = element(groupName ? 'legend' : 'label', { textContent: title });
    const node = element(groupName ? 'fieldset' : 'div', { className: 'om-write__field' }, [label, help, input, error]);
    const target = groupName ? node : input;
    input.id = id;
    if (!groupName) label.htmlFor = id;
    target.setAttribute('aria-describedby', id + '-help ' + id + '-error');
    if (needed && !groupName) input.required = true;
    let touched = false;
    function show(message) {
      const shown = touched ? message : '';
      if (error.textContent !== shown) error.textContent = shown;
      target.setAttribute('aria-invalid', shown ? 'true' : 'false');
      node.classList.toggle('om-write__field--wrong', Boolean(shown));
    }
    node.addEventListener('change', function () { touched = true; });
    node.addEventListener('focusout', function () { touched = true; changed(); });
    return {
      node: node,
      id: id,
      title: title,
      show: show,
      touch: function () { touched = true; },
      /* While something is typed, what is wrong with it shows at once; that it is missing shows later. */
      typed: function (text) { if (text) touched = true; },
    };
  }

  function leaf(part, needed, input, value, set) {
    const frame = control(input, part, needed);
    function fault() {
      const text = value();
      if (!text) return needed ? 'Fill this in.' : '';
      return text.split('\n').length > 1 && part.lines ? lineFault(part, text) : wrong(part.lines || part, text);
    }
    return {
      node: frame.node,
      frame: frame,
      read: function () { return value() || undefined; },
      fill: function (found) { set(found === undefined ? '' : found instanceof Exact ? found.text : String(found)); },
      faults: function () {
        frame.typed(value());
        const message = fault();
        frame.show(message);
        return message ? [[frame, message]] : [];
      },
    };
  }

  function lineFault(part, text) {
    return text.split('\n').map(function (line) { return wrong(part.lines, line); }).find(Boolean) || '';
  }

  function tidy(text) {
    return text.replace(/\r\n?/g, '\n').split('\n').map(function (line) { return line.trim(); }).join('\n').trim();
  }

  function textField(part, needed) {
    const long = (part.maxLength || 0) > 1000 && !isLink(part);
    const input = element(long ? 'textarea' : 'input', long ? { rows: 4 } : { type: part.format === 'date' ? 'date' : 'text' });
    input.autocomplete = 'off';
    if (part.type === 'integer' || part.type === 'number') input.inputMode = 'decimal';
    if (isDuration(part)) input.placeholder = 'P1D';
    const made = leaf(part, needed, input, function () { return tidy(input.value); }, function (text) { input.value = text; });
    if (part.type !== 'integer' && part.type !== 'number') return made;
    const read = made.read;
    made.read = function () { return read() && new Exact(read()); };
    return made;
  }

  function select(part, needed, options) {
    const input = element('select');
    function offer(list) {
      const chosen = input.value;
      input.replaceChildren(element('option', { value: '', textContent: needed ? 'Choose…' : 'None' }));
      list.forEach(function (option) { input.append(element('option', { value: option[0], textContent: option[1] })); });
      input.value = chosen;
    }
    offer(options());
    const made = leaf(part, needed, input, function () { return input.value; }, function (text) {
      if (text && !Array.from(input.options).some(function (option) { return option.value === text; })) {
        input.append(element('option', { value: text, textContent: text }));
      }
      input.value = text;
    });
    let last = JSON.stringify(options());
    if (part['x-reference'] && !given.choices[part['x-reference']]) {
      watchers.push(function () {
        const next = JSON.stringify(options());
        if (next !== last && made.node.isConnected) { last = next; offer(options()); }
      });
    }
    if (part.default && part.enum) input.value = part.default;
    return made;
  }

  /* A choice of the site as an option: its value, and its name with its side. */
  function offered(each) {
    return [each[0], each[1] + (each[2] ? ' (' + given.layers[each[2]] + ')' : '')];
  }

  function choice(part, needed) {
    if (part.enum) return select(part, needed, function () { return part.enum.map(function (word) { return [word, word]; }); });
    return select(part, needed, function () {
      const kind = part['x-reference'];
      if (!given.choices[kind]) return known(kind).map(function (name) { return [name, name]; });
      return given.choices[kind].map(offered);
    });
  }

  /* Lists of words: boxes to tick where they are known, else one entry a line */

  function boxes(part, needed, options) {
    const holder = element('div', { className: 'om-write__boxes' });
    const inputs = options.map(function (option) {
      const input = element('input', { type: 'checkbox', value: option[0], id: unique() });
      holder.append(element('label', { htmlFor: input.id }, [input, ' ' + option[1]]));
      return input;
    });
    const least = part.minItems || 0;
    const frame = control(holder, part, needed, true);
    holder.id = '';
    inputs[0].id = frame.id;
    inputs[0].parentElement.htmlFor = frame.id;
    let order = []; // the order of a list has a meaning: what is ticked last comes last
    function chosen() {
      const ticked = inputs.filter(function (input) { return input.checked; }).map(function (input) { return input.value; });
      order = order.filter(function (word) { return ticked.includes(word); });
      order.push(...ticked.filter(function (word) { return !order.includes(word); }));
      return order.slice();
    }
    return {
      node: frame.node,
      read: function () { return chosen().length || needed ? chosen() : undefined; },
      fill: function (found) {
        order = (found || []).slice();
        inputs.forEach(function (input) { input.checked = order.includes(input.value); });
      },
      faults: function () {
        const message = chosen().length < least ? 'Choose at least one.' : '';
        frame.show(message);
        return message ? [[frame, message]] : [];
      },
    };
  }

  function lines(part, needed, item) {
    const shown = Object.assign({}, part, { description: (part.description || '') + ' One entry a line.' });
    shown.owed = needed; // may be empty in a draft, and a gate asks for it all the same
    shown.lines = Object.assign({}, item, part['x-reference'] ? { 'x-reference': part['x-reference'] } : {});
    const input = element('textarea', { rows: 2 });
    function text() { return tidy(input.value).split('\n').filter(Boolean).join('\n'); }
    const made = leaf(shown, needed && Boolean(part.minItems), input, text, function (value) { input.value = value; });
    return {
      node: made.node,
      read: function () { return text() ? text().split('\n') : needed ? [] : undefined; },
      fill: function (found) { input.value = (found || []).join('\n'); },
      faults: made.faults,
    };
  }

  /* Records, and lists and mappings of records */

  function record(part, needed, level) {
    const parts = Object.entries(part.properties).map(function (pair) {
      return [pair[0], form(pair[1], (part.required || []).includes(pair[0]), level + 1)];
    });
    const node = element('div', { className: 'om-write__record' }, parts.map(function (pair) { return pair[1].node; }));
    function read() {
      const found = {};
      parts.forEach(function (pair) {
        const value = pair[1].read();
        if (value !== undefined) found[pair[0]] = value;
      });
      return needed || Object.keys(found).length ? found : undefined;
    }
    return {
      node: node,
      read: read,
      fill: function (found) { parts.forEach(function (pair) { pair[1].fill((found || {})[pair[0]]); }); },
      faults: function () {
        if (read() === undefined) return [];
        return parts.flatMap(function (pair) { return pair[1].faults(); }).concat(sideFault(read(), parts));
      },
    };
  }

  /* A team that holds a role is on the role's side. */
  function sideFault(found, parts) {
    const team = parts.find(function (pair) { return pair[0] === 'team'; });
    const side = sideOf('role', found.role || found.key);
    const other = sideOf('team', found.team);
    if (!team || !side || !other || side === other) return [];
    const message = 'The role is on the ' + given.layers[side] + ' side, and this team is on the other.';
    team[1].frame.touch();
    team[1].frame.show(message);
    return [[team[1].frame, message]];
  }

  function group(part, inner) {
    const legend = element('legend', { textContent: part['x-label'] || part.title });
    const help = element('p', { className: 'om-write__help', textContent: part.description || '' });
    const node = element('fieldset', { className: 'om-write__group' }, [legend, help, inner.node]);
    return Object.assign({}, inner, { node: node });
  }

  function repeated(part, needed, makeItem, name) {
    const items = [];
    const holder = element('div');
    const adder = button('Add: ' + name, function () { add().node.querySelector('input, select, textarea').focus(); changed(); });
    const frame = { id: unique(), title: name, touch: function () {} };
    adder.id = frame.id;
    adder.dataset.list = name;
    function twice() {
      const named = items.map(function (each) { return String((each.item.read() || {}).id || '').toLowerCase(); }).filter(Boolean);
      const found = named.find(function (id, at) { return named.indexOf(id) !== at; });
      return found ? [[frame, 'The id “' + found + '” stands twice.']] : [];
    }
    function number() {
      items.forEach(function (item, at) {
        item.legend.textContent = name + ' ' + (at + 1);
        item.remover.setAttribute('aria-label', 'Remove ' + name + ' ' + (at + 1));
      });
    }
    function add(value) {
      const item = makeItem();
      const legend = element('legend');
      const remover = button('Remove', function () {
        const at = items.indexOf(made);
        items.splice(at, 1);
        made.node.remove();
        number();
        (items[at] ? items[at].remover : adder).focus();
        changed();
      }, 'om-write__remove');
      const node = element('fieldset', { className: 'om-write__item' }, [legend, item.node, remover]);
      const made = { node: node, item: item, legend: legend, remover: remover };
      items.push(made);
      holder.append(node);
      number();
      if (value !== undefined) item.fill(value);
      return made;
    }
    const node = element('div', { className: 'om-write__list' }, [holder, adder]);
    return {
      node: node,
      read: function () {
        return items.length || needed ? items.map(function (each) { return each.item.read() || {}; }) : undefined;
      },
      fill: function (found) {
        items.splice(0).forEach(function (each) { each.node.remove(); });
        (found || []).forEach(add);
      },
      faults: function () {
        const own = items.length < (part.minItems || 0) ? [[frame, 'Add at least one.']] : [];
        return own.concat(twice(), items.flatMap(function (each) { return each.item.faults(); }));
      },
    };
  }

  /* A mapping of records, such as the holder of each role: a list whose entries choose their key. */
  function keyed(part, needed, level) {
    const value = resolved(part.additionalProperties);
    const key = { 'x-label': 'Role', 'x-reference': part['x-reference'], type: 'string', description: 'Which role.' };
    const inner = repeated(part, true, function () {
      const properties = Object.assign({ key: key }, value.properties);
      return record({ properties: properties, required: ['key'].concat(value.required) }, true, level);
    }, singular(part));
    return {
      node: inner.node,
      read: function () {
        const found = {};
        inner.read().forEach(function (each) {
          const rest = Object.assign({}, each);
          delete rest.key;
          if (each.key) found[each.key] = rest;
        });
        return Object.keys(found).length ? found : undefined;
      },
      fill: function (found) {
        inner.fill(Object.entries(found || {}).map(function (pair) { return Object.assign({ key: pair[0] }, pair[1]); }));
      },
      faults: inner.faults,
    };
  }

  /* A value for each input of the decision: conditions of a rule, or the values of an example. */
  function byInput(part, typed) {
    const node = element('div', { className: 'om-write__record' });
    let fields = {};
    let names = '';
    function build() {
      const inputs = (get(now, 'shared/approval/inputs') || []).filter(function (each) { return each.id; });
      const next = JSON.stringify(inputs.map(function (each) { return [each.id, each.type, each.values]; }));
      if (next === names) return;
      names = next;
      const kept = read() || {};
      fields = {};
      node.replaceChildren();
      inputs.forEach(function (input) {
        fields[input.id] = typed ? valueField(input) : conditionField(input);
        node.append(fields[input.id].node);
      });
      fill(Object.assign({}, waiting, kept));
    }
    let waiting = {};
    function read() {
      const found = {};
      Object.entries(fields).forEach(function (pair) {
        const value = pair[1].read();
        if (value !== undefined) found[pair[0]] = value;
      });
      return found;
    }
    function fill(found) {
      waiting = found || {};
      Object.entries(fields).forEach(function (pair) { pair[1].fill(waiting[pair[0]]); });
    }
    watchers.push(function () { if (node.isConnected) build(); });
    return {
      node: node,
      read: read,
      fill: fill,
      faults: function () { return Object.values(fields).flatMap(function (field) { return field.faults(); }); },
    };
  }

  function conditionField(input) {
    const ways = { number: '< 500 or [500..5000)', choice: '"matched", "partial"', boolean: 'true', date: '>= date("2027-01-01")' };
    const description = 'A condition such as ' + (ways[input.type] || ways.number) + '; leave it empty for anything.';
    return textField({ type: 'string', maxLength: 900, 'x-label': 'When ' + input.id, description: description }, false);
  }

  function valueField(input) {
    const part = { 'x-label': input.id, description: input.label || '', type: 'string' };
    if (input.type === 'choice') return choice(Object.assign(part, { enum: input.values || [] }), true);
    if (input.type === 'number') return textField(Object.assign(part, { type: 'number' }), true);
    if (input.type === 'date') return textField(Object.assign(part, { format: 'date' }), true);
    const made = choice(Object.assign(part, { enum: ['true', 'false'] }), true);
    const read = made.read;
    made.read = function () { return read() && read() === 'true'; };
    return made;
  }

  /* One of several records, told apart by their type. */
  function variant(part, level) {
    const kinds = Object.keys(part.discriminator.mapping);
    const type = choice({ enum: kinds, 'x-label': 'Type', description: 'What kind of value it is.', type: 'string' }, true);
    const holder = element('div');
    let body = null;
    let shown = '';
    function build() {
      const wanted = type.read() || '';
      if (wanted === shown) return;
      const kept = body ? body.read() : {};
      shown = wanted;
      body = null;
      holder.replaceChildren();
      if (!wanted) return;
      const chosen = resolved({ $ref: part.discriminator.mapping[wanted] });
      const properties = Object.assign({}, chosen.properties);
      delete properties.type;
      const required = chosen.required.filter(function (name) { return name !== 'type'; });
      body = record({ properties: properties, required: required }, true, level);
      body.fill(kept);
      holder.append(body.node);
    }
    type.node.addEventListener('change', build);
    return {
      node: element('div', {}, [type.node, holder]),
      read: function () {
        const found = body ? body.read() : {};
        return Object.assign({ id: found.id, type: type.read() }, found);
      },
      fill: function (found) {
        type.fill((found || {}).type);
        build();
        if (body) body.fill(found);
      },
      faults: function () { return type.faults().concat(body ? body.faults() : []); },
    };
  }

  function singular(part) {
    const words = { Others: 'role', 'Approved by': 'step', Access: 'grant of access', Forbidden: 'forbidden action' };
    const label = part['x-label'] || part.title || 'entry';
    return words[label] || label.toLowerCase().replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  }

  function form(raw, needed, level) {
    const part = resolved(raw);
    if (part.type === 'array') return list(part, needed, level);
    if (part.properties) return group(part, record(part, needed, level));
    if (part.additionalProperties && part['x-reference'] === 'input') {
      return group(part, byInput(part, Boolean(part.additionalProperties.anyOf)));
    }
    if (part.additionalProperties) return group(part, keyed(part, needed, level));
    return part.enum || part['x-reference'] ? choice(part, needed) : textField(part, needed);
  }

  function list(part, needed, level) {
    const item = resolved(part.items);
    if (item.discriminator) return group(part, repeated(part, needed, function () { return variant(item, level); }, 'input'));
    if (item.properties) {
      return group(part, repeated(part, needed, function () { return record(item, true, level); }, singular(part)));
    }
    if (item.enum) return boxes(part, needed, item.enum.map(function (word) { return [word, word]; }));
    const choices = given.choices[part['x-reference']];
    if (choices) return boxes(part, needed, choices.map(offered));
    return lines(part, needed, item);
  }

  /* YAML, in the style of the data files */

  function plainText(text) {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return true;
    return /^[A-Za-z][A-Za-z0-9 ,.;:()'\/&%@_+–-]*$/.test(text) && !/: |:$| $/.test(text) &&
      !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text);
  }

  function quoted(text) {
    return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff\ud800-\udfff]/g, function (sign) {
      return /[\ud800-\udfff]/.test(sign) && /\p{Surrogate}/u.test(sign) === false ? sign : '\\u' + sign.charCodeAt(0).toString(16).padStart(4, '0');
    });
  }

  function safeBlock(text) { return !/[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ud800-\udfff]/.test(text); }

  function scalar(text, indent, used) {
    const space = ' '.repeat(indent);
    if (text.includes('\n') && safeBlock(text)) {
      return '|-\n' + text.split('\n').map(function (line) { return line ? space + line : ''; }).join('\n');
    }
    const short = plainText(text) ? text : quoted(text);
    if (used + short.length <= 118 || !safeBlock(text) || / {2}/.test(text)) return short;
    const rows = [''];
    text.split(' ').forEach(function (word) {
      const last = rows.length - 1;
      if (rows[last] && indent + rows[last].length + word.length > 118) rows.push(word);
      else rows[last] += (rows[last] ? ' ' : '') + word;
    });
    return rows.length > 1 ? '>-\n' + rows.map(function (row) { return space + row; }).join('\n') : short;
  }

  function written(value, indent, used) {
    if (value instanceof Exact) return value.text.replace(/^(-?)0+(?=\d)/, '$1');
    if (typeof value === 'boolean') return String(value);
    return scalar(String(value), indent, used);
  }

  function yaml(value, indent) {
    const space = ' '.repeat(indent);
    if (Array.isArray(value)) {
      return value.map(function (item) {
        if (item && typeof item === 'object' && !(item instanceof Exact)) {
          const body = yaml(item, indent + 2);
          return body ? space + '- ' + body.slice(indent + 2) : space + '- {}\n';
        }
        return space + '- ' + written(item, indent + 2, indent + 2) + '\n';
      }).join('');
    }
    return Object.entries(value).filter(function (pair) { return pair[1] !== undefined; }).map(function (pair) {
      const key = space + (plainText(pair[0]) ? pair[0] : quoted(pair[0])) + ':';
      const item = pair[1];
      const apart = indent === 0 && ['owners', 'business', 'it', 'shared'].includes(pair[0]) ? '\n' : '';
      if (item && typeof item === 'object' && !(item instanceof Exact)) {
        const body = yaml(item, indent + 2);
        return apart + key + (body ? '\n' + body : Array.isArray(item) ? ' []\n' : ' {}\n');
      }
      return apart + key + ' ' + written(item, indent + 2, key.length + 1) + '\n';
    }).join('');
  }

  /* The gates that can be judged here; each returns the reasons why it is open. */

  const PLACEHOLDER = new RegExp(given.placeholder, 'i');
  const GATES = {
    'definition-complete': function (data, faults) {
      const empty = ['business/scope/in', 'business/scope/out', 'business/inputs', 'business/outcomes', 'it/forbidden',
        'it/contracts', 'it/policies'].filter(function (path) { return !(get(data, path) || []).length; });
      const words = texts(data).filter(function (text) { return PLACEHOLDER.test(text); });
      return empty.map(function (path) { return path.replace(/\//g, ', ') + ' is empty'; })
        .concat(words.map(function (text) { return '“' + text.slice(0, 40) + '” is a placeholder'; }))
        .concat(faults.length ? [faults.length + (faults.length === 1 ? ' field is' : ' fields are') + ' not right yet'] : []);
    },
    'volume-measured': function (data) {
      const volume = get(data, 'business/pain/volume') || {};
      const fine = volume.cases > 0 || (volume.cases && Number(volume.cases.text) > 0);
      return fine && volume.minutes_each && Number(volume.minutes_each.text) > 0 && seconds(volume.per) ? []
        : ['cases, period and minutes must be above zero'];
    },
    'access-justified': function (data) {
      const grants = get(data, 'it/access') || [];
      const bare = grants.filter(function (grant) { return !grant.justification; });
      return grants.length ? bare.map(function (grant) { return 'access “' + (grant.id || '?') + '” has no justification'; })
        : ['no access is listed'];
    },
    'support-reachable': function (data) {
      const support = get(data, 'it/support') || {};
      const it = (support.tiers || []).some(function (tier) { return sideOf('team', tier.team) === 'it'; });
      return (support.runbook ? [] : ['there is no runbook']).concat(it ? [] : ['no tier is held by a team on the IT side']);
    },
    'agent-stoppable': function (data) {
      const stop = get(data, 'it/support/stop') || {};
      const sides = (stop.who || []).map(function (role) { return sideOf('role', role); });
      const reasons = ['business', 'it'].filter(function (side) { return !sides.includes(side); })
        .map(function (side) { return 'nobody on the ' + given.layers[side] + ' side may stop the agent'; });
      const within = seconds(stop.within);
      return reasons.concat(within > 0 && within <= 3600 ? [] : ['stopping must take an hour at most']);
    },
    'exceptions-owned': function (data) {
      const queue = get(data, 'shared/exceptions') || {};
      const reasons = (queue.states || []).length < 2 ? ['a queue needs at least two states'] : [];
      if (!(queue.cases || []).length) reasons.push('no case is listed');
      return reasons.concat((queue.cases || []).filter(function (each) { return !seconds(each.within); })
        .map(function (each) { return 'case “' + (each.id || '?') + '” has no time limit'; }));
    },
    'failure-cases-passed': function (data) {
      const cases = get(data, 'shared/failure_cases') || [];
      if (!cases.length) return ['no failure case is listed'];
      return cases.filter(function (each) {
        return each.result !== 'passed' || !each.evidence || !each.date || each.date < (data.revised || '') || each.date > given.today;
      }).map(function (each) { return '“' + (each.id || '?') + '” has not passed with evidence since the last change'; });
    },
    'audit-retention-set': function (data) {
      const audit = get(data, 'shared/audit') || {};
      return [
        (audit.records || []).length ? '' : 'no record is listed',
        seconds(audit.retention) ? '' : 'no retention is set',
        (audit.readers || []).length ? '' : 'nobody may read the records',
      ].filter(Boolean);
    },
  };

  function texts(value) {
    if (typeof value === 'string') return [value];
    return value && typeof value === 'object' && !(value instanceof Exact) ? Object.values(value).flatMap(texts) : [];
  }

  /* The page: sections in the order of a packet's page, then what is open, then the file */

  const idPart = {
    'x-label': 'Id', type: 'string', maxLength: 80, pattern: ID.source,
    description: 'The name of the file and the address of the page, such as invoice-triage. It stays for good.',
  };
  const ident = textField(idPart, true);
  const parts = {};
  const body = element('form', { className: 'om-write__form', noValidate: true, autocomplete: 'off' });
  body.setAttribute('aria-label', 'Packet');

  function section(title, help, content, layer) {
    const id = unique();
    const heading = element('h2', { id: id, textContent: title });
    const note = element('p', { className: 'om-meaning' }, layer ? [layerBadge(layer), ' ', help] : [help]);
    const node = element('section', { className: 'om-section' }, [heading, note].concat(content));
    node.setAttribute('aria-labelledby', id);
    return node;
  }

  function layerBadge(layer) {
    return element('span', { className: 'om-badge om-layer om-layer--' + layer, textContent: given.layers[layer] });
  }

  function bare(made) {
    return made.node.matches('fieldset.om-write__group') ? Array.from(made.node.children).slice(2) : [made.node];
  }

  function build() {
    const head = [ident.node];
    const layers = { business: [], it: [], shared: [] };
    let owners = '';
    Object.entries(schema.properties).forEach(function (pair) {
      const name = pair[0];
      const part = resolved(pair[1]);
      const needed = schema.required.includes(name);
      if (layers[name]) {
        parts[name] = {};
        Object.entries(part.properties).forEach(function (inner) {
          const made = form(inner[1], part.required.includes(inner[0]), 1);
          parts[name][inner[0]] = made;
          const title = given.sections[name + '/' + inner[0]] || resolved(inner[1])['x-label'];
          layers[name].push(section(title, resolved(inner[1]).description, bare(made), name));
        });
        return;
      }
      parts[name] = form(pair[1], needed, 0);
      if (name === 'owners') owners = section('Owners', part.description, bare(parts[name]), 'shared');
      else head.push(parts[name].node);
    });
    const first = section('Packet', 'Name, status and dates.', [element('div', { className: 'om-write__record' }, head)]);
    const sides = [layers.business, layers.it].map(function (sections) { return element('div', {}, sections); });
    body.append(first, owners, element('div', { className: 'om-write__sides' }, sides), ...layers.shared);
  }

  function eachPart(act) {
    Object.entries(parts).forEach(function (pair) {
      if (pair[1].read) act(pair[1], [pair[0]]);
      else Object.entries(pair[1]).forEach(function (inner) { act(inner[1], [pair[0], inner[0]]); });
    });
  }

  function read() {
    const data = {};
    eachPart(function (part, path) {
      const value = part.read();
      if (value === undefined) return;
      if (path.length === 1) data[path[0]] = value;
      else (data[path[0]] = data[path[0]] || {})[path[1]] = value;
    });
    return data;
  }

  const gates = element('ul', { className: 'om-gates' });
  const state = element('p');
  state.setAttribute('role', 'status');
  const problems = element('div', { className: 'om-write__summary', tabIndex: -1, hidden: true });
  problems.setAttribute('role', 'group');
  problems.setAttribute('aria-label', 'What is not right yet');
  const file = element('textarea', { readOnly: true, rows: 18, spellcheck: false, id: unique(), className: 'om-write__file' });
  const path = element('code');
  const told = element('p');
  told.setAttribute('role', 'status');
  const editor = element('a', { className: 'om-button', textContent: 'Open the new file in the host’s editor', rel: 'noopener noreferrer', target: '_blank' });

  function gate(each, faults) {
    const reasons = each.here ? GATES[each.id](now, faults) : [];
    const shown = each.here ? (reasons.length ? 'open' : 'pass') : 'wait';
    const words = { open: 'Open', pass: 'Pass', wait: each.id.startsWith('signed') ? 'Signed later' : 'opmodel check proves this' };
    const badge = element('span', { className: 'om-badge om-gate om-gate--' + (shown === 'wait' ? 'stale' : shown), textContent: words[shown] });
    const item = element('li', { title: each.meaning }, [badge, ' ', element('strong', { textContent: each.title })]);
    if (reasons.length) {
      item.append(element('ul', {}, reasons.slice(0, 8).map(function (text) { return element('li', { textContent: text }); })));
    }
    return { item: item, open: reasons.length > 0 };
  }

  /* Every role of the matrix has one holder: the two owners, and an entry for each other role. */
  function roleFaults() {
    const owners = now.owners || {};
    const held = [(owners.value || {}).role, (owners.safety || {}).role].concat(Object.keys(owners.others || {}));
    const adder = body.querySelector('button[data-list="role"]');
    const frame = { id: adder.id, title: 'Owners', touch: function () {} };
    return known('role').flatMap(function (role) {
      const times = held.filter(function (each) { return each === role; }).length;
      return times === 1 ? [] : [[frame, times ? 'The role ' + role + ' has two holders.' : 'Nobody holds the role ' + role + '.']];
    });
  }

  /* A new packet starts as a draft of today, with a place for the holder of each role. */
  function begin() {
    const first = ['business', 'it'].map(function (side) {
      return (given.choices.role.find(function (role) { return role[2] === side; }) || [''])[0];
    });
    const others = {};
    known('role').forEach(function (role) { if (!first.includes(role)) others[role] = {}; });
    parts.owners.fill({ value: { role: first[0] }, safety: { role: first[1] }, others: others });
    parts.shared.approval.fill({ hit_policy: 'unique' });
    parts.status.fill('draft');
    parts.revised.fill(given.today);
  }

  function update() {
    now = read();
    watchers.forEach(function (watch) { watch(); });
    now = read();
    const faults = ident.faults();
    eachPart(function (part) { faults.push(...part.faults()); });
    faults.push(...roleFaults());
    const shown = given.gates.map(function (each) { return gate(each, faults); });
    gates.replaceChildren(...shown.map(function (each) { return each.item; }));
    const open = shown.filter(function (each) { return each.open; }).length;
    const text = (faults.length ? faults.length + (faults.length === 1 ? ' field is' : ' fields are') + ' not right yet. ' : 'Every field is right. ') +
      open + ' of the gates that can be judged here ' + (open === 1 ? 'is' : 'are') + ' open.';
    if (state.textContent !== text) state.textContent = text;
    const name = 'data/workflows/' + (ident.read() || 'ID') + '.yml';
    path.textContent = name;
    editor.href = given.edit.replace('{path}', given.edit.includes('?') ? encodeURIComponent(name) : name);
    file.value = '# yaml-language-server: $schema=../schemas/packet.json\n' + yaml(now, 0);
    return faults;
  }

  /* Draft */

  function save() {
    const kept = { id: ident.read(), data: now };
    try {
      localStorage.setItem(DRAFT, JSON.stringify(kept, function (key, value) {
        return value instanceof Exact ? { exact: value.text } : value;
      }));
    } catch (error) { told.textContent = 'This browser keeps no drafts: copy the file before you leave.'; }
  }

  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(DRAFT), function (key, value) {
        return value && typeof value === 'object' && typeof value.exact === 'string' ? new Exact(value.exact) : value;
      });
    } catch (error) { return; }
    if (!kept || !kept.data) return;
    ident.fill(kept.id);
    now = kept.data;
    for (let turn = 0; turn < 2; turn += 1) { // conditions appear once the inputs that they are for are there
      eachPart(function (part, at) {
        const value = get(kept.data, at.join('/'));
        if (value !== undefined) part.fill(value);
      });
      watchers.forEach(function (watch) { watch(); });
    }
    told.textContent = 'Your draft is back. It is kept in this browser only.';
  }

  let timer = 0;
  function changed() {
    clearTimeout(timer);
    timer = setTimeout(function () { update(); save(); }, 150);
  }

  function follow() {
    const title = parts.title.node.querySelector('input');
    const input = ident.node.querySelector('input');
    title.addEventListener('input', function () {
      if (input.dataset.own) return;
      input.value = title.value.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 80);
    });
    input.addEventListener('input', function () { input.dataset.own = 'yes'; });
  }

  function check() {
    update().forEach(function (fault) { fault[0].touch(); });
    const faults = update();
    problems.hidden = !faults.length;
    problems.replaceChildren(element('p', { textContent: faults.length + (faults.length === 1 ? ' field' : ' fields') + ' to look at:' }),
      element('ul', {}, faults.map(function (fault) {
        const link = element('a', { href: '#' + fault[0].id, textContent: fault[0].title + ': ' + fault[1] });
        link.addEventListener('click', function (event) {
          event.preventDefault();
          document.getElementById(fault[0].id).focus();
        });
        return element('li', {}, [link]);
      })));
    if (faults.length) problems.focus();
    else told.textContent = 'Every field is right. Now opmodel check has the last word.';
    return faults;
  }

  function copy() {
    file.select();
    const done = function () { told.textContent = 'The file is copied.'; };
    const failed = function () {
      if (document.execCommand('copy')) done();
      else told.textContent = 'Not allowed to copy: the text is selected, press Ctrl+C.';
    };
    if (navigator.clipboard) navigator.clipboard.writeText(file.value).then(done, failed);
    else failed();
  }

  function download() {
    const link = element('a', { href: URL.createObjectURL(new Blob([file.value], { type: 'application/yaml' })), download: (ident.read() || 'packet') + '.yml' });
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    told.textContent = 'The file is saved. It belongs into data/workflows/.';
  }

  function forget() {
    if (!window.confirm('Forget this draft? What you typed will be gone.')) return;
    clearTimeout(timer);
    try { localStorage.removeItem(DRAFT); } catch (error) { /* nothing was kept */ }
    ident.fill('');
    delete ident.node.querySelector('input').dataset.own;
    eachPart(function (part) { part.fill(undefined); });
    begin();
    problems.hidden = true;
    update();
    told.textContent = 'The draft is forgotten.';
  }

  build();
  const label = element('label', { htmlFor: file.id }, ['The file ', path]);
  const actions = element('div', { className: 'om-write__actions' }, [
    button('Check the form', check, 'om-button--main'), button('Copy', copy), button('Download', download),
  ]);
  if (given.edit) actions.append(editor);
  actions.append(button('Forget this draft', forget));
  const result = section('What is open, and your file', 'The file is complete when opmodel check says so.', [
    state, problems, gates, label, file, actions, told,
  ]);
  place.replaceChildren(body, result);
  follow();
  begin();
  restore();
  update();
  body.addEventListener('input', changed);
  body.addEventListener('change', changed);
  body.addEventListener('submit', function (event) { event.preventDefault(); });
})();
