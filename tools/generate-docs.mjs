import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The option tables of docs/options.md and of the README, made from the schemas that Nx and the policy reader use.
 * With --check it writes nothing and fails when a file is stale.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const source = 'packages/orchestra/src';
const sections = [
  { title: '`nx g @aisha/orchestra:wave`', schema: `${source}/generators/wave/schema.json`, prefix: '--' },
  { title: '`nx g @aisha/orchestra:init`', schema: `${source}/generators/init/schema.json`, prefix: '--' },
  { title: '`nx g @aisha/orchestra:ci-workflow`', schema: `${source}/generators/ci-workflow/schema.json`, prefix: '--' },
  { title: '`nx g @aisha/orchestra:specialist`', schema: `${source}/generators/specialist/schema.json`, prefix: '--' },
  { title: '`validate-wave`', schema: `${source}/executors/validate-wave/schema.json`, prefix: '--' },
  { title: '`orchestra/orchestra.json`', schema: `${source}/model/orchestra.schema.json`, prefix: '' },
  { title: '`openai` in `orchestra/orchestra.json`', schema: `${source}/model/orchestra.schema.json`, inside: 'openai', prefix: '' },
  { title: '`command` in `orchestra/orchestra.json`', schema: `${source}/model/orchestra.schema.json`, inside: 'command', prefix: '' },
  { title: 'Goal files', schema: `${source}/model/goal.schema.json`, prefix: '' },
];

const read = (path) => readFileSync(join(root, path), 'utf8');

function tableOf({ schema, inside, prefix }) {
  const whole = JSON.parse(read(schema));
  const { properties, required = [] } = inside === undefined ? whole : whole.properties[inside];
  const rows = Object.entries(properties)
    .filter(([name]) => name !== '$schema')
    .map(([name, property]) => `| \`${prefix}${name}\` | ${typeOf(property)} | ${defaultOf(name, property, required)} | ${cell(property.description ?? '')} |`);
  return ['| option | type | default | what it does |', '|---|---|---|---|', ...rows].join('\n');
}

function typeOf(property) {
  if (property.enum) return property.enum.map((value) => `\`${value}\``).join(', ');
  if (property.type === 'array') return `list of ${property.items?.type ?? 'values'}s`;
  return property.type ?? 'object';
}

function defaultOf(name, property, required) {
  if (property.default === undefined) return required.includes(name) ? 'required' : '';
  const text = JSON.stringify(property.default);
  return text.length > 40 ? 'see the schema' : `\`${cell(text)}\``;
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function optionsPage() {
  return `${['# Options', '', 'Made from the schemas by `npm run docs:update`; a test fails when it is stale.', ...sections.flatMap((section) => ['', `## ${section.title}`, '', tableOf(section)])].join('\n')}\n`;
}

function readme() {
  const text = read('README.md');
  const begin = '<!-- generated: options of orchestra.json -->';
  const end = '<!-- end of generated -->';
  const policy = sections.find((section) => section.schema.endsWith('orchestra.schema.json') && section.inside === undefined);
  return text.replace(new RegExp(`${begin}[\\s\\S]*?${end}`), `${begin}\n${tableOf(policy)}\n${end}`);
}

const pages = { 'docs/options.md': optionsPage(), 'README.md': readme() };
let stale = false;
for (const [path, wanted] of Object.entries(pages)) {
  let present;
  try {
    present = read(path);
  } catch {
    present = undefined;
  }
  if (present === wanted) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is stale: npm run docs:update`);
    stale = true;
  } else {
    writeFileSync(join(root, path), wanted);
    console.log(`wrote ${path}`);
  }
}
process.exit(stale ? 1 : 0);
