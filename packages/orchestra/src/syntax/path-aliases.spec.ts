import fc from 'fast-check';
import { holdsPathAliases, pathAliases } from './path-aliases';

const read = (text: string): ReturnType<typeof pathAliases> => pathAliases('tsconfig.base.json', text);

describe('pathAliases', () => {
  it('are read with comments and commas at the end, relative to the configuration and its base', () => {
    expect(read('{ /* base */ "compilerOptions": { "paths": { "@a/*": ["./libs/a/*",], }, }, }')).toEqual([['@a/*', ['./libs/a/*'].map((target) => `./${target}`)]]);
    expect(read('{"compilerOptions":{"baseUrl":"src","paths":{"a":["x.ts"]}}}')).toEqual([['a', ['src/x.ts']], ['*', ['src/*']]]);
    expect(read('{"compilerOptions":{"baseUrl":"src","paths":{"*":["x/*"]}}}')).toEqual([['*', ['src/x/*']]]);
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

  it('stand in the configurations of TypeScript and JavaScript projects', () => {
    const paths = ['tsconfig.json', 'tsconfig.base.json', 'apps/a/tsconfig.app.json', 'jsconfig.json', 'my-tsconfig.json', 'tsconfig.ts', 'package.json'];
    expect(paths.filter(holdsPathAliases)).toEqual(['tsconfig.json', 'tsconfig.base.json', 'apps/a/tsconfig.app.json', 'jsconfig.json']);
  });
});
