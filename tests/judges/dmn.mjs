// Reads DMN files with dmn-moddle and fails on any warning. With --cases FILE it also decides: the file maps each DMN
// file to a list of cases (input -> value; numbers and days as text), and for every case the ids of all rules whose
// unary tests feelin finds true are printed, as JSON in the same shape.
import { readFile } from 'node:fs/promises';
import { DmnModdle } from 'dmn-moddle';
import { evaluate, unaryTest } from 'feelin';

const moddle = new DmnModdle();

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
  return decisions[0].decisionLogic;
}

function typed(value, typeRef) {
  if (typeRef === 'number') return Number(value);
  if (typeRef === 'date') return sound(evaluate(`date("${value}")`), value);
  return value;
}

function matches(text, value) {
  const answer = sound(unaryTest(text, { '?': value }), text);
  if (typeof answer !== 'boolean') throw new Error(`${text}: expected true or false, found ${answer}`);
  return answer;
}

function matching(table, given) {
  const values = table.input.map(({ inputExpression }) => typed(given[inputExpression.text], inputExpression.typeRef));
  const ruleOutput = table.output.findIndex((output) => output.name === 'rule');
  table.input.forEach(({ inputValues, inputExpression }, i) => {
    if (inputValues && !matches(inputValues.text, values[i])) throw new Error(`${inputExpression.text}: not allowed`);
  });
  return table.rule
    .filter((rule) => rule.inputEntry.every((entry, i) => matches(entry.text, values[i])))
    .map((rule) => sound(evaluate(rule.outputEntry[ruleOutput].text), rule.id));
}

const args = process.argv.slice(2);
if (args[0] === '--cases') {
  const answers = {};
  for (const [file, cases] of Object.entries(JSON.parse(await readFile(args[1], 'utf8')))) {
    const table = await read(file);
    answers[file] = cases.map((given) => matching(table, given));
  }
  console.log(JSON.stringify(answers));
} else {
  for (const file of args) {
    const table = await read(file);
    console.log(`${file}: ${table.rule.length} rules, hit policy ${table.hitPolicy}`);
  }
}
