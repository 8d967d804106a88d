// Writes everything that is derived from the rules and the catalogue. `npm run generate [-- --check]`
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { rulesByGuideline } from '../server/src/reports/rulesByGuideline.ts';
import { rules } from '../server/src/rules/index.ts';
import { docsLinks, generateGuidelines } from './generate/guidelines.ts';
import { generateRules, replaceBetween, ruleTable } from './generate/rules.ts';
import { writeGenerated } from './generate/write.ts';

const check = process.argv.includes('--check');
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');

const files = new Map([
  ...generateGuidelines(rulesByGuideline(rules)),
  ...generateRules(rules, docsLinks('../guidelines/')),
  ['README.md', replaceBetween(readme, 'rules', ruleTable(rules, 'docs/rules/'))] as const,
]);
const stale = writeGenerated(files, ['docs/guidelines', 'docs/rules', 'schemas'], { check });

if (stale.length === 0) console.log(`${files.size} generated files are up to date`);
else {
  console.log(`${check ? 'Not up to date' : 'Written'}:\n${stale.map((path) => `  ${path}`).join('\n')}`);
  if (check) {
    console.error('Run `npm run generate` and commit the result.');
    process.exitCode = 1;
  }
}
