// ajv: every bundled file fits the schema of its kind, and each of cases.json is let in or refused as it says.
import Ajv from 'ajv/dist/2020.js';
import fs from 'node:fs';
import path from 'node:path';

const root = '../../scenarios';
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
const validators = Object.fromEntries(
  ['scenario', 'stress', 'calibration', 'match'].map((of) => [of, ajv.compile(read(path.join(process.argv[2], `${of}.json`)))]),
);

// The file that a pointer of a case changes, or a file of its own; `null` at a pointer takes what is there away.
function written({ file, own, at, value }) {
  const document = own ?? read(path.join(root, file));
  if (at === undefined) return document;
  const steps = at.split('/').slice(1);
  const last = steps.pop();
  const target = steps.reduce((here, step) => here[step], document);
  if (value === undefined) delete target[last];
  else target[last] = value;
  return document;
}

const kindOf = (file) => ({ stress: 'stress', calibrations: 'calibration', evidence: 'match' })[file.split('/')[0]] ?? 'scenario';
let wrong = 0;
const say = (words) => { wrong += 1; console.error(words); };

const files = fs.readdirSync(root, { recursive: true }).filter((file) => file.endsWith('.json'));
for (const file of files) {
  const validate = validators[kindOf(file)];
  if (!validate(read(path.join(root, file)))) {
    const errors = validate.errors.slice(0, 3).map((error) => `${error.instancePath} ${error.message}`);
    say(`ajv refuses scenarios/${file}: ${errors.join('; ')}`);
  }
}
const cases = read('cases.json');
for (const [fits, list] of [[true, cases.fit], [false, cases.refused]]) {
  for (const one of list) {
    if (validators[one.of ?? 'scenario'](written(one)) !== fits) say(`ajv ${fits ? 'refuses' : 'lets in'}: ${one.what}`);
  }
}
console.log(`ajv: ${files.length} bundled files, ${cases.fit.length} cases that fit, ${cases.refused.length} to be refused; ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
