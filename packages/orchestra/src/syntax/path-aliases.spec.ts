import fc from 'fast-check';
import { pathAliases } from './path-aliases';

const read = (text: string): ReturnType<typeof pathAliases> => pathAliases('tsconfig.base.json', text);

describe('pathAliases', () => {
  it('are read with comments and commas at the end, relative to the configuration and its base', () => {
    expect(read('{ /* base */ "compilerOptions": { "paths": { "@a/*": ["./libs/a/*",], }, }, }')).toEqual([['@a/*', ['././libs/a/*']]]);
    expect(read('{"compilerOptions":{"baseUrl":"src","paths":{"a":["x.ts"]}}}')).toEqual([['a', ['src/x.ts']], ['*', ['src/*']]]);
    expect(read('{"compilerOptions":{"baseUrl":"src","paths":{"*":["x/*"]}}}')).toEqual([['*', ['src/x/*']]]);
  });

  it('may lead from the workspace where the base is that of what is extended, and from where the configuration lies', () => {
    expect(read('{"extends":"../../tsconfig.base.json","compilerOptions":{"paths":{"@web/*":["apps/web/src/*"]}}}')).toEqual([['@web/*', ['./apps/web/src/*', '/apps/web/src/*']]]);
    expect(read('{"compilerOptions":{"baseUrl":"${configDir}/src","paths":{"@web/*":["${configDir}/lib/*"]}}}')).toEqual([['@web/*', ['./src/./lib/*']], ['*', ['./src/*']]]);
  });

  it('lie beside the configuration where its base is empty', () => {
    expect(read('{"compilerOptions":{"baseUrl":"","paths":{"@w/*":["src/*"]}}}')).toEqual([['@w/*', ['./src/*']], ['*', ['./*']]]);
  });

  it('are bounded: no workspace has so many targets or so long names', () => {
    const paths = { '@a/*': Array.from({ length: 200_000 }, (_, at) => `x${at}`), ['b'.repeat(10_000)]: ['x'], ...Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`*.s${at}`, ['x']])) };
    const found = read(JSON.stringify({ compilerOptions: { paths } }));
    expect(found[0]?.[1]).toHaveLength(20);
    expect(found).toHaveLength(11);
    expect(read(JSON.stringify({ compilerOptions: { baseUrl: 'a/'.repeat(50_000), paths: { a: ['x'] } } }))).toEqual([['a', ['./x']]]);
  });

  it('leave out what TypeScript would refuse', () => {
    expect(read('{"compilerOptions":{"paths":{"a*b*":["x"],"c":"x","d":[1,"y"],"e":["*/*"],"f":[]}}}')).toEqual([['d', ['./y']]]);
  });

  it.each(['', 'null', '[]', '{', '{"compilerOptions":[]}', '{"compilerOptions":{"paths":[]}}', '{"compilerOptions":{"paths":"x","baseUrl":3}}', '['.repeat(100_000)])('are none in %.30p', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('are read from any text without an error', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => Array.isArray(read(text))));
  });
});
