/**
 * Key: rule id, then what of it is meant (`no-restricted-globals` is one rule per name). One line of code each, placed
 * in a pure folder; the message must be the one that eslint.config.mjs gives for that key.
 */
export const pureBreaches: Readonly<Record<string, string>> = {
  'no-restricted-globals process': 'export const home = process.env.HOME;',
  'no-restricted-globals Date': 'export const now = Date.now();',
  'no-restricted-globals performance': 'export const now = performance.now();',
  'no-restricted-globals setTimeout': 'setTimeout(() => undefined, 1);',
  'no-restricted-globals setInterval': 'setInterval(() => undefined, 1);',
  'no-restricted-globals setImmediate': 'setImmediate(() => undefined);',
  'no-restricted-globals fetch': "export const page = fetch('http://localhost');",
  'no-restricted-globals WebSocket': "export const socket = new WebSocket('ws://localhost');",
  'no-restricted-globals XMLHttpRequest': 'export const request = new XMLHttpRequest();',
  'no-restricted-globals console': "console.log('hello');",
  'no-restricted-globals crypto': 'export const id = crypto.randomUUID();',
  'no-restricted-globals require': 'export const load = require;',
  'no-restricted-globals __dirname': 'export const here = __dirname;',
  'no-restricted-globals __filename': 'export const here = __filename;',
  'no-restricted-globals global': 'export const page = global.fetch;',
  'no-restricted-globals globalThis': 'export const page = globalThis.fetch;',
  'no-restricted-properties Math.random': 'export const dice = Math.random();',
  'no-restricted-imports node:crypto': "export { randomUUID } from 'node:crypto';",
  'no-restricted-imports crypto': "import * as everything from 'crypto';\nexport const id = everything;",
  'no-restricted-syntax ImportExpression[source.value=/^(node:)?crypto$/]': "export const later = () => import('node:crypto');",
  "no-restricted-syntax ImportExpression:not([source.type='Literal'])": 'export const load = (name: string) => import(name);',
};

/** Refused in the edge folders as well. */
export const localeBreaches: Readonly<Record<string, string>> = {
  "no-restricted-syntax MemberExpression[property.name='localeCompare']": "export const order = 'a'.localeCompare('b');",
  'no-restricted-syntax MemberExpression[property.name=/^toLocale/]': "export const upper = 'i'.toLocaleUpperCase();",
  "no-restricted-syntax MemberExpression[object.name='Intl']": 'export const format = new Intl.NumberFormat();',
};

/** Refused in every TypeScript file of the workspace. Key: rule id. */
export const houseBreaches: Readonly<Record<string, string>> = {
  '@typescript-eslint/no-explicit-any': 'export const anything: any = 1;',
  '@typescript-eslint/ban-ts-comment': "// @ts-ignore: the types are wrong\nexport const wrong = 1;",
  '@typescript-eslint/no-non-null-assertion': "export const first = (list: string[]) => list[0]!;",
  'no-eval': "export const run = (code: string) => eval(code);",
};

/** What pure code may do after all: each of these looks like a breach and is none. */
export const legalPureCode = [
  "import { createHash } from 'node:crypto';",
  "import { dirname } from 'node:path/posix';",
  "export const hash = createHash('sha256').update(dirname('a/b')).digest('hex');",
  "export const order = ['b', 'a'].sort((a, b) => (a < b ? -1 : 1));",
  "export const text = 'I'.toLowerCase();",
  "export const later = () => import('./goal');",
  'export const round = Math.floor(1.5);',
  'export const clean = (list: string[]) => list.filter((process) => process !== undefined);',
].join('\n');
