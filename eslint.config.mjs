import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Fast on purpose: no rule here needs types (`typecheck` reads those). Half of this file is the part of the import
 * rules that imports cannot show: a global needs no import. tools/specs/lint-rules.spec.ts plants one breach of each
 * restriction below, and fails when one is added without.
 */
const plugin = 'packages/orchestra/src';
const edge = ['io', 'generators', 'executors', 'bin'].map((folder) => `${plugin}/${folder}/**`);

const asArgument = 'Pure code takes it as an argument; only io/, generators/, executors/ and bin/ touch the world.';
const behindPort = 'Pure code reaches the world through a port of io/ports.ts only.';
const noClock = 'Pure code has no clock: the same input must give the same bytes. Take the time as an argument.';
const noTimer = 'Pure code does not wait. Put the waiting behind a port of io/ports.ts.';

const worldGlobals = {
  process: asArgument,
  Date: noClock,
  performance: noClock,
  setTimeout: noTimer,
  setInterval: noTimer,
  setImmediate: noTimer,
  fetch: behindPort,
  WebSocket: behindPort,
  XMLHttpRequest: behindPort,
  console: 'Report through the Progress port, or return what is to be said.',
  crypto: "Random values come in as arguments; for a hash use createHash of 'node:crypto'.",
  require: 'Write an import, so that the import rules see it.',
  __dirname: asArgument,
  __filename: asArgument,
  global: 'Name the global itself, so that this rule sees it.',
  globalThis: 'Name the global itself, so that this rule sees it.',
};

const pureSyntax = [
  {
    selector: "ImportExpression[source.value=/^(node:)?crypto$/]",
    message: "Import createHash of 'node:crypto' at the top: the rest of it is random.",
  },
  { selector: "ImportExpression:not([source.type='Literal'])", message: 'Name the module, so that the import rules see it.' },
];

/** Everywhere in the plugin, the edge included: what it writes must not depend on the machine it runs on. */
const localeSyntax = [
  {
    selector: "MemberExpression[property.name='localeCompare']",
    message: 'The order would depend on the locale. Compare with < and >, or with byCodePoint.',
  },
  {
    selector: 'MemberExpression[property.name=/^toLocale/]',
    message: 'The text would depend on the locale. Use toLowerCase, toUpperCase, String or toISOString.',
  },
  {
    selector: "MemberExpression[object.name='Intl']",
    message: 'The text would depend on the locale. Format it by hand, or leave it to whoever reads the report.',
  },
];

/** Specs of pure code: a guard against slow input has to measure. */
const specGlobals = Object.fromEntries(Object.entries(worldGlobals).filter(([name]) => name !== 'performance'));

const restrictGlobals = (entries) => ['error', ...Object.entries(entries).map(([name, message]) => ({ name, message }))];

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', '**/coverage/', '**/.nx/', '**/.orchestra/', '**/__fixtures__/'] },
  // A rule that anyone can switch off in a comment is not one.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  { files: ['**/*.ts', '**/*.tsx'], extends: [tseslint.configs.recommended] },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mjs', '**/*.js', '**/*.cjs'],
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  { files: ['**/*.mjs', '**/*.js', '**/*.cjs'], rules: { 'no-unused-vars': 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    ignores: ['**/*.spec.ts', '**/*.spec.tsx'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    files: [`${plugin}/**/*.ts`],
    rules: { 'no-restricted-syntax': ['error', ...localeSyntax] },
  },
  {
    files: [`${plugin}/**/*.ts`],
    ignores: [...edge, `${plugin}/plugin.ts`, '**/*.io.spec.ts'],
    rules: {
      'no-restricted-globals': restrictGlobals(worldGlobals),
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The same input must give the same bytes. Take the value as an argument.' },
      ],
      'no-restricted-imports': [
        'error',
        ...['node:crypto', 'crypto'].map((name) => ({
          name,
          allowImportNames: ['createHash'],
          message: 'Random values and ciphers come in as arguments; createHash is pure.',
        })),
      ],
      'no-restricted-syntax': ['error', ...localeSyntax, ...pureSyntax],
    },
  },
  {
    files: [`${plugin}/**/*.spec.ts`],
    ignores: [...edge, '**/*.io.spec.ts'],
    rules: { 'no-restricted-globals': restrictGlobals(specGlobals) },
  },
);
