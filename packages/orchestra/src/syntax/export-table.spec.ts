import { exportTable } from './export-table';

const contractsOf = (path: string, text: string): ReadonlyMap<string, string | undefined> => new Map(exportTable(path, text).map(({ name, contract }) => [name, contract]));
const same = (before: string, after: string, path = 'a.ts'): boolean => {
  const [a, b] = [contractsOf(path, before), contractsOf(path, after)];
  expect([...b.keys()]).toEqual([...a.keys()]);
  expect(a.size).toBeGreaterThan(0);
  return [...a].every(([name, contract]) => b.get(name) === contract);
};

describe('what a file exports', () => {
  it.each<[string, string, readonly string[]]>([
    ['declarations', 'export function f() {}\nexport const a = 1, b = 2;\nexport class C {}\nexport interface I {}\nexport type T = 1;\nexport enum E { A }\nconst hidden = 1;', ['f', 'a', 'b', 'C', 'I', 'T', 'E']],
    ['lists and aliases', 'const a = 1; function b() {}\nexport { a, b as c };', ['a', 'c']],
    ['what comes from elsewhere', `export { x, y as z } from './x';\nexport * from './all';\nexport * as ns from './ns';`, ['x', 'z', '* from ./all', 'ns']],
    ['defaults', 'export default function f() {}', ['default']],
    ['a default expression', 'const f = () => 1;\nexport default f;', ['default']],
    ['destructured constants', 'export const { a, b: [c] } = make();', ['a', 'c']],
    ['CommonJS objects', 'function a() {}\nmodule.exports = { a, b: 2, c() {} };', ['a', 'b', 'c']],
    ['CommonJS properties', 'exports.a = function (x) {};\nmodule.exports.b = 1;', ['a', 'b']],
    ['a CommonJS function', 'module.exports = function (x) {};', ['default']],
  ])('%s', (_name, text, names) => {
    expect(exportTable('a.js', text.includes('interface') ? '' : text).map(({ name }) => name)).toEqual(text.includes('interface') ? [] : names);
    expect(exportTable('a.ts', text).map(({ name }) => name)).toEqual(names);
  });

  it('has no limit on how long a declaration is, nor on how many there are', () => {
    const long = (last: string) => `export interface Row {\n${Array.from({ length: 80 }, (_, index) => `  column_${index}: string;`).join('\n')}\n  last: ${last};\n}`;
    expect(same(long('string'), long('number'))).toBe(false);
    expect(exportTable('a.ts', Array.from({ length: 90 }, (_, index) => `export const a${index} = 1;`).join('\n'))).toHaveLength(90);
  });
});

describe('the contract of an export', () => {
  it.each<[string, string, string]>([
    ['another body', 'export function f(a: number): number { return a; }', 'export function f(a: number): number { return a + 1; }'],
    ['another layout, comments, quotes', `export const f = (a: 'x', b = 1) => a;`, `/** Says. */\nexport const f = (\n  a: "x", // first\n  b = 2,\n) => a + '';`],
    ['a typed parameter with another name', 'export function f(a: number): void {}', 'export function f(b: number): void {}'],
    ['another value of a constant', 'export const limit = 5;', 'export const limit = 6;'],
    ['a private member', 'export class C { private a = 1; #b = 2; m(): void {} }', 'export class C { private c = 1; m(): void { this.c; } }'],
    ['members in another order', 'export class C { a(): void {} b(): void {} }', 'export class C { b(): void {} a(): void {} }'],
    ['keys in another order', 'export const o = { a: 1, b: () => 2 };', 'export const o = { b: () => 3, a: 4 };'],
    ['a wrapped component with another body', 'export const C = memo(function C({ a, b }) { return a; });', 'export const C = memo(function C({ a, b }) { return b; });'],
  ])('stays with %s', (_name, before, after) => {
    expect(same(before, after)).toBe(true);
  });

  it.each<[string, string, string]>([
    ['a parameter more', 'export function f(a) {}', 'export function f(a, b) {}'],
    ['a parameter that must be given', 'export function f(a: number, b = 1): void {}', 'export function f(a: number, b: number): void {}'],
    ['untyped parameters the other way round', 'export function f(a, b) {}', 'export function f(b, a) {}'],
    ['another return type', 'export const f = (): string => x;', 'export const f = (): string | null => x;'],
    ['a property of a component gone', 'export function C({ a, b }) {}', 'export function C({ a }) {}'],
    ['a member of a type', 'export interface I { a: string; b: string }', 'export interface I { a: string }'],
    ['a member of an enum', 'export enum E { A = 1, B = 2 }', 'export enum E { A = 1 }'],
    ['a method', 'export class C { a(): void {} }', 'export class C { a(b: string): void {} }'],
    ['a member that becomes private', 'export class C { a(): void {} }', 'export class C { private a(): void {} }'],
    ['a key of an object', 'export const o = { a: 1, b: 2 };', 'export const o = { a: 1 };'],
    ['a value under as const', `export const kinds = ['a', 'b'] as const;`, `export const kinds = ['a'] as const;`],
    ['a limit of a schema', 'export const s = z.string().max(80);', 'export const s = z.string().max(120);'],
    ['a schema that this one is made of', 'const input = z.object({ a: z.string() });\nexport const patch = input.partial();\nexport const patchSchema = z.object(input);', 'const input = z.object({ a: z.number() });\nexport const patch = input.partial();\nexport const patchSchema = z.object(input);'],
  ])('changes with %s', (_name, before, after) => {
    expect(same(before, after)).toBe(false);
    expect(same(before, after, 'a.tsx')).toBe(false);
  });
});
