import { isInstalled } from '../ensure-installed.mjs';

const lock = {
  packages: {
    '': { version: '0.0.0' },
    'packages/orchestra': { version: '0.1.0' },
    'node_modules/@aisha/orchestra': { link: true },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/nx/node_modules/diff': { version: '5.0.0' },
    'node_modules/for-another-machine': { version: '1.0.0', optional: true },
  },
};
const complete = {
  packages: {
    'node_modules/@aisha/orchestra': { link: true },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/nx/node_modules/diff': { version: '5.0.0' },
  },
};
const without = (path: string) => ({ packages: Object.fromEntries(Object.entries(complete.packages).filter(([name]) => name !== path)) });

it('is content with what the lock file asks for, optional packages of other machines aside', () => {
  expect(isInstalled(lock, complete)).toBe(true);
});

it.each(Object.keys(complete.packages))('wants an install when %s is missing', (path) => {
  expect(isInstalled(lock, without(path))).toBe(false);
});

it('wants an install when a package is of another version', () => {
  expect(isInstalled(lock, { packages: { ...complete.packages, 'node_modules/zod': { version: '4.0.0' } } })).toBe(false);
});

it('wants an install when an optional package is of another version', () => {
  const installed = { packages: { ...complete.packages, 'node_modules/for-another-machine': { version: '0.9.0' } } };
  expect(isInstalled(lock, installed)).toBe(false);
});
