// Reads DMN files with dmn-moddle and fails on any warning, on a name that feelin cannot evaluate as a variable, and on
// an id or namespace that two files share. With --cases FILE it also decides: the file maps each DMN
// file to a list of cases (input -> value; numbers and days as text, null where it is missing), and for every case the ids of all rules whose
// unary tests feelin finds true are printed, as JSON in the same shape. With --outputs it prints all outputs of each rule of one file.
import { readFile } from 'node:fs/promises';
import { DmnModdle } from 'dmn-moddle';
import { evaluate, unaryTest } from 'feelin';

const moddle = new DmnModdle();
const files = new Map(); // the file that holds each id

function sound({ value, warnings }, what) {
  if (warnings.length) throw new Error(`${what}: ${JSON.stringify(warnings)}`);
  return value;
}

async function read(file) {
  const { rootElement, warnings } = await moddle.fromXML(await readFile(file, 'utf8'));
  if (warnings.length) throw new Error(`${file}: ${warnings.map((w) => w.message).join('; ')}`);
  if (rootElement.$type !== 'dmn:Definitions') throw new Error(`${file}: ${rootElement.$type}`);
  const decisions = rootElement.drgElement.filter((e) => e.$type === 'dmn:Decision');
  if (decisions.length !== 1) throw new Error(`${file}: expected one decision, found ${decisions.length}`);
  apart(file, [rootElement.namespace, ...ids(rootElement)]);
  named(file, rootElement.drgElement);
  return decisions[0].decisionLogic;
}

function* ids(element) {
  if (element.id) yield element.id;
  const properties = element.$descriptor.properties || []; // an extension of another namespace has none
  for (const { name, isMany } of properties.filter((p) => !p.isReference && !p.isAttr)) {
    for (const child of isMany ? element.get(name) : [element.get(name)]) if (child?.$descriptor) yield* ids(child);
  }
}

function apart(file, found) {
  for (const id of found) {
    if (files.has(id)) throw new Error(`${file}: "${id}" is also in ${files.get(id)}`);
    files.set(id, file);
  }
}

function named(file, elements) {
  const values = Object.fromEntries(elements.map((element, i) => [element.name, i]));
  if (Object.keys(values).length !== elements.length) throw new Error(`${file}: two elements have one name`);
  elements.forEach(({ name, variable }, i) => {
    if (variable.name !== name) throw new Error(`${file}: the variable of "${name}" is "${variable.name}"`);
    if (sound(evaluate(`${name} + 1`, values), name) !== i + 1) throw new Error(`${file}: "${name}" is no name`);
  });
}

function typed(value, typeRef) {
  if (value === null) return null; // a value that is missing
  if (typeRef === 'number') return Number(value);
  if (typeRef === 'date') return sound(evaluate(`date("${value}")`), value);
  return value;
}

function matches(text, value, given) {
  const answer = sound(unaryTest(text, { ...given, '?': value }), text);
  if (typeof answer !== 'boolean') throw new Error(`${text}: expected true or false, found ${answer}`);
  return answer;
}

function matching(table, given) {
  const values = table.input.map(({ inputExpression }) => typed(given[inputExpression.text], inputExpression.typeRef));
  const ruleOutput = table.output.findIndex((output) => output.name === 'rule');
  table.input.forEach(({ inputValues, inputExpression }, i) => {
    if (inputValues && !matches(inputValues.text, values[i], given)) throw new Error(`${inputExpression.text}: not allowed`);
  });
  return table.rule
    .filter((rule) => rule.inputEntry.every((entry, i) => matches(entry.text, values[i], given)))
    .map((rule) => sound(evaluate(rule.outputEntry[ruleOutput].text), rule.id));
}

function outputs(table) {
  return table.rule.map((rule) => Object.fromEntries(
    table.output.map(({ name }, i) => [name, sound(evaluate(rule.outputEntry[i].text), `${rule.id} ${name}`)])));
}

const args = process.argv.slice(2);
if (args[0] === '--cases') {
  const answers = {};
  for (const [file, cases] of Object.entries(JSON.parse(await readFile(args[1], 'utf8')))) {
    const table = await read(file);
    answers[file] = cases.map((given) => matching(table, given));
  }
  console.log(JSON.stringify(answers));
} else if (args[0] === '--outputs') {
  console.log(JSON.stringify(outputs(await read(args[1]))));
} else {
  for (const file of args) {
    const table = await read(file);
    console.log(`${file}: ${table.rule.length} rules, hit policy ${table.hitPolicy}`);
  }
}
