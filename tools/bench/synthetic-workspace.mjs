import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { git, root } from './measure.mjs';

/** Share of each layer, and the layers that it imports from: the next project of each in its own area, and now and then one of another area. */
const layers = [
  { layer: 'app', share: 0.08, folder: 'apps', uses: ['feature', 'feature', 'feature', 'data', 'util'] },
  { layer: 'feature', share: 0.32, folder: 'libs', uses: ['ui', 'data', 'util'] },
  { layer: 'ui', share: 0.2, folder: 'libs', uses: ['util'] },
  { layer: 'data', share: 0.2, folder: 'libs', uses: ['util', 'util'] },
  { layer: 'util', share: 0.2, folder: 'libs', uses: [] },
];
const areaSize = 25;
const syllables = 'ba ce di fo gu ka le mi no pu ra se ti vo zu bral cen dor fal gim'.split(' ');
/** Said everywhere; each area has words of its own beside them, because a vocabulary grows with what is written in it. */
const nouns = 'invoice customer order shipment payment ticket contract product supplier account budget campaign lead report meeting message document refund voucher stock route driver vehicle sensor alarm claim policy premium loan deposit'.split(' ');
const verbs = 'load save list find merge split filter sort count total format parse validate convert schedule cancel archive restore assign notify'.split(' ');

/**
 * An Nx workspace of `count` projects, the same at every call: areas of 25 projects in five layers with about three imports each, a package.json
 * for every project and a project.json beside every second one, three sources, a test in every second one: five files a project. The plugin lies in `node_modules` as it is published; all else is linked there.
 */
export function writeSyntheticWorkspace(folder, count) {
  const draw = drawFrom(count);
  const projects = projectsOf(count, draw);
  for (const project of projects) writeProject(folder, project, draw);
  const write = (path, value) => writeText(join(folder, path), typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
  write('package.json', { name: 'synthetic', version: '0.0.0', private: true, workspaces: ['apps/*/*', 'libs/*/*'], devDependencies: { nx: '24.0.6', '@aisha/orchestra': '0.1.0' } });
  // Without an @nx/* plugin, import edges have to be asked for.
  write('nx.json', { analytics: false, neverConnectToCloud: true, defaultBase: 'main', plugins: [{ plugin: '@aisha/orchestra/plugin' }], pluginsConfig: { '@nx/js': { analyzeSourceFiles: true } } });
  write('tsconfig.base.json', { compilerOptions: { strict: true, module: 'nodenext' } });
  write('.gitignore', 'node_modules\n.nx\n.orchestra\n');
  write('orchestra/orchestra.json', { gate: projects[0].name, specialists: [{ name: 'backend', domain: ['libs/**', 'apps/**'] }] });
  const target = projects.find(({ layer, number }) => layer === 'data' && number >= count / 2);
  write('orchestra/goals/bench.json', { type: 'bugfix', title: `The ${target.noun} list of ${target.name} leaves out the last entry`, description: `${target.modules[1].name} answers one entry too few when the last one was changed on the same day.`, logs: `TypeError at ${target.modules[1].name} (${target.root}/src/${target.modules[1].file}.ts:12:5)` });
  linkModules(folder);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'synthetic workspace');
  return { projects: projects.length, edges: projects.reduce((sum, { imports }) => sum + imports.length, 0), files: git(folder, 'ls-files').split('\n').length, target };
}

/** The same numbers at every run: a linear congruential generator. */
function drawFrom(seed) {
  let state = (seed * 2654435761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function projectsOf(count, draw) {
  const projects = [];
  let words = nouns;
  for (let number = 0; number < count; number += 1) {
    const area = Math.floor(number / areaSize);
    const { layer, folder } = layerAt((number % areaSize) / areaSize);
    if (number % areaSize === 0) words = wordsOf(draw);
    const noun = words[draw(words.length)];
    const name = `${layer}-${noun}-${number}`;
    projects.push({ number, area, layer, noun, name: `@synthetic/${name}`, words, root: `${folder}/area-${area}/${name}`, imports: [], modules: modulesOf(noun, words, number, draw) });
  }
  for (const project of projects) project.imports = importsOf(project, projects, draw);
  return projects;
}

function wordsOf(draw) {
  const own = Array.from({ length: 12 }, () => Array.from({ length: 3 }, () => syllables[draw(syllables.length)]).join(''));
  return [...own, ...Array.from({ length: 4 }, () => nouns[draw(nouns.length)])];
}

function layerAt(place) {
  let end = 0;
  return layers.find(({ share }) => place < (end += share) - 1e-9) ?? layers.at(-1);
}

function importsOf({ layer, area, number }, projects, draw) {
  const inArea = projects.slice(area * areaSize, (area + 1) * areaSize);
  const wanted = layers.find((each) => each.layer === layer).uses;
  const found = wanted.flatMap((use) => {
    const from = draw(5) === 0 ? projects.slice(draw(Math.ceil(projects.length / areaSize)) * areaSize).slice(0, areaSize) : inArea;
    const candidates = from.filter((each) => each.layer === use && each.number !== number);
    return candidates.length === 0 ? [] : [candidates[draw(candidates.length)]];
  });
  return [...new Set(found)];
}

function modulesOf(noun, words, number, draw) {
  return Array.from({ length: 2 }, (_, place) => {
    const verb = verbs[draw(verbs.length)];
    const other = words[draw(words.length)];
    return { file: `${verb}-${noun}-${other}-${place}`, name: `${verb}${capital(noun)}${capital(other)}${number}`, verb, other };
  });
}

function writeProject(folder, { name, root: place, layer, area, number, words, imports, modules }, draw) {
  const targets = { build: { command: 'true', cache: true }, test: { command: 'true', cache: true }, lint: { command: 'true', cache: true } };
  const tags = [`type:${layer}`, `area:${area}`];
  const write = (path, text) => writeText(join(folder, place, path), text);
  const beside = number % 2 === 0;
  write('package.json', `${JSON.stringify({ name, version: '0.0.0', private: true, main: './src/index.ts', dependencies: Object.fromEntries(imports.map((each) => [each.name, '*'])), ...(beside ? {} : { nx: { tags, targets } }) }, null, 2)}\n`);
  if (beside) write('project.json', `${JSON.stringify({ name, sourceRoot: `${place}/src`, tags, targets }, null, 2)}\n`);
  write('src/index.ts', modules.map(({ file }) => `export * from './${file}';\n`).join(''));
  modules.forEach((module, position) => write(`src/${module.file}.ts`, sourceOf(module, imports[position], words, draw)));
  if (!beside) write(`src/${modules[0].file}.spec.ts`, `import { ${modules[0].name} } from './${modules[0].file}';\n\ndescribe('${modules[0].name}', () => {\n  it('answers every entry', () => {\n    expect(${modules[0].name}([])).toEqual([]);\n  });\n});\n`);
}

function sourceOf({ name, verb, other }, used, words, draw) {
  const steps = Array.from({ length: 3 + draw(6) }, (_, step) => {
    const [first, second] = [verbs[draw(verbs.length)], words[draw(words.length)]];
    return `\n/** ${capital(first)} the ${second} before the ${other} is known. */\nexport function ${first}${capital(second)}Of${capital(name)}${step}(entries: readonly Entry[], limit = ${draw(90)}): readonly Entry[] {\n  const kept = entries.filter((entry) => entry.${second}Id !== undefined && entry.amount > limit);\n  if (kept.length === 0) {\n    throw new Error('No ${second} to ${first} for this ${other}');\n  }\n  return kept.map((entry) => ({ ...entry, ${other}: \`${verb} \${entry.id}\` }));\n}\n`;
  });
  const imported = used === undefined ? '' : `import { ${used.modules[0].name} } from '${used.name}';\n\n`;
  const body = used === undefined ? 'entries' : `${used.modules[0].name}(entries)`;
  return `${imported}export interface Entry {\n  readonly id: string;\n  readonly amount: number;\n  readonly [key: string]: unknown;\n}\n\n/** ${capital(verb)} every ${other} that is still open. */\nexport function ${name}(entries: readonly Entry[]): readonly Entry[] {\n  return [...${body}].sort((a, b) => a.amount - b.amount);\n}\n${steps.join('')}`;
}

/** As a package manager lays it out, links in place of copies; the plugin alone is copied, and only what is published of it. */
function linkModules(folder) {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@aisha/orchestra'), { recursive: true });
  for (const entry of readdirSync(join(root, 'node_modules')).filter((each) => each !== '@aisha' && !each.startsWith('.'))) symlinkSync(join(root, 'node_modules', entry), join(modules, entry));
  const plugin = join(root, 'packages/orchestra');
  const { files } = JSON.parse(readFileSync(join(plugin, 'package.json'), 'utf8'));
  for (const entry of ['package.json', ...files]) cpSync(join(plugin, entry), join(modules, '@aisha/orchestra', entry), { recursive: true });
}

/** Nx of the workspace itself. */
export function nxOf(folder) {
  return createRequire(join(folder, 'package.json')).resolve('nx/bin/nx.js');
}

function writeText(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}
