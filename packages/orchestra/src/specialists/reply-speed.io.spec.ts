import { processorMs } from '../io/testing/processor-ms';
import { parseReply } from './parse-reply';
import { parseOrder } from './planning/parse-order';
import { parsePlan } from './planning/parse-plan';

/** Bounds are ten times what a slow machine takes: they catch quadratic time, not a busy minute. */
describe('parseReply', () => {
  it.each([
    ['spaces before the end of a line', `<<<<<<< SEARCH ${' '.repeat(200_000)}x\n`],
    ['an endless fence', `\`\`\`${' '.repeat(200_000)}x\n`],
    ['an endless key', `status${' '.repeat(200_000)}x\n`],
    ['stars', `${'*'.repeat(200_000)}x\n<<<<<<< SEARCH\n`],
    ['many openers', 'a.ts\n<<<<<<< SEARCH\n'.repeat(20_000)],
    ['many openers of many sizes', Array.from({ length: 1500 }, (_, index) => `${'<'.repeat(index + 5)} SEARCH\n`).join('')],
    ['many fences', '```\n````\n'.repeat(50_000)],
    ['many ticks', `status: needs\nread:\n- ${'`a` '.repeat(50_000)}\n`],
    ['a list of everything', `status: needs\nread:\n${'- a/b.ts\n'.repeat(50_000)}`],
  ])('stays quick on %s', (_, text) => {
    expect(processorMs(() => parseReply(text, 'w1-backend'))).toBeLessThan(4000);
  });
});

describe('parseOrder', () => {
  it.each([
    ['numbers in front', '1 '.repeat(25_000)],
    ['dashes', `${'-'.repeat(50_000)}x`],
    ['a list that is not closed', `[${'1,'.repeat(25_000)}`],
    ['a path that goes on', `Dockerfile${'.'.repeat(50_000)}`],
    ['many lines', 'no/such/file.ts\n'.repeat(3000)],
    ['spaces before a word', `${' '.repeat(59_000)}x`],
    ['a fence that ends in a tick', `${'~'.repeat(59_000)}\``],
    ['a number and colons', `1${':'.repeat(29_000)}${' '.repeat(29_000)}\u2028x`],
  ])('stays quick on %s', (_, text) => {
    expect(processorMs(() => parseOrder(text, { paths: ['Dockerfile', 'src/a.ts'], numbers: true }))).toBeLessThan(4000);
  });
});

describe('parsePlan', () => {
  it.each([
    ['spaces before a project', `- a in ${' '.repeat(57_000)}${'b'.repeat(2500)}`],
    ['spaces between projects', `- a in b${' '.repeat(59_000)}b`],
    ['an endless key', `why${' '.repeat(59_000)}x`],
    ['many tasks', '- a in b: c\n'.repeat(4900)],
  ])('stays quick on %s', (_, text) => {
    const begun = performance.now();
    parsePlan(`status: plan\n${text}`);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
