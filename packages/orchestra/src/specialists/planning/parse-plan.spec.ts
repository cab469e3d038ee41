import * as fc from 'fast-check';
import { parsePlan } from './parse-plan';

const plan = ['status: plan', 'why: the fee is made in contracts', 'wave 1', '- backend in contracts, @shop/api: counts the boundary in', '- test in contracts', 'wave 2', '- frontend in web', 'END OF REPLY'];
const waves = [[{ agent: 'backend', projects: ['contracts', '@shop/api'], does: 'counts the boundary in' }, { agent: 'test', projects: ['contracts'] }], [{ agent: 'frontend', projects: ['web'] }]];
const malformed = (because: RegExp) => ({ kind: 'malformed', because: expect.stringMatching(because) });

describe('the plan that a model replies with', () => {
  it('is waves of tasks: who, where, and what for', () => {
    expect(parsePlan(plan.join('\n'))).toEqual({ kind: 'plan', why: 'the fee is made in contracts', waves });
  });

  it('is read through CRLF, a fence, Markdown, thinking and one wave without a number', () => {
    const decorated = ['<think>', 'status: question', '</think>', '```yaml', ...plan.map((line) => line.replace('wave', '## Wave').replace('status:', '**Status**:').replace('- backend', '* **backend**')), '```'];
    for (const lines of [plan, ['```', ...plan, '```'], decorated]) expect(parsePlan(`\ufeff${lines.join('\r\n')}`)).toMatchObject({ kind: 'plan', waves });
    expect(parsePlan('status: plan\n1. backend in contracts')).toEqual({ kind: 'plan', waves: [[{ agent: 'backend', projects: ['contracts'] }]] });
  });

  it('says of tests what to cover, and need not say where', () => {
    expect(parsePlan('status: plan\nwave 1\n- backend in contracts\n- Test: a fee at the boundary, and one below')).toEqual({
      kind: 'plan', waves: [[{ agent: 'backend', projects: ['contracts'] }, { agent: 'test', projects: [], does: 'a fee at the boundary, and one below' }]],
    });
    expect(parsePlan('status: plan\n- backend: a fee at the boundary')).toEqual(malformed(/no task/));
    expect(parsePlan('status: plan\n- backend in contracts\n- test:')).toEqual(malformed(/no task/));
  });

  it('may keep the plan, or ask the person', () => {
    expect(parsePlan('status: keep\nwhy: it is right')).toEqual({ kind: 'keep', why: 'it is right' });
    expect(parsePlan('status: question\nquestion: Gross or net?')).toEqual({ kind: 'question', question: 'Gross or net?' });
  });

  it('is refused as a whole when a part of it cannot be read', () => {
    expect(parsePlan('status: plan\nwave 1\n- backend in contracts\n- rewrite everything')).toEqual(malformed(/no task.*rewrite everything/));
    expect(parsePlan('status: plan\nwave 2\n- backend in contracts')).toEqual(malformed(/numbered/));
    expect(parsePlan('status: plan\nmayTouch: **')).toEqual(malformed(/names no task/));
    expect(parsePlan('status: question')).toEqual(malformed(/asks none/));
    expect(parsePlan('status: edits\n- backend in contracts')).toEqual(malformed(/"edits"/));
    expect(parsePlan('')).toEqual(malformed(/no line "status/));
    expect(parsePlan(`status: plan\n${'- backend in contracts\n'.repeat(50_000)}`)).toEqual(malformed(/characters long/));
    expect(parsePlan('<thinking>status: keep')).toEqual(malformed(/cut off/));
  });

  it('never throws, whatever comes, and holds no control character', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...plan, 'status: plan', 'wave 1', '- a in b: \u0007c\u202e', '\r\n', '\n'))), (pieces) => {
      // Read out and not as JSON, which escapes what this looks for.
      const strings: string[] = [];
      JSON.stringify(parsePlan(pieces.join('\n')), (_key, value: unknown) => (typeof value === 'string' ? strings.push(value) : value));
      expect(strings.join(' ')).not.toMatch(/[\p{Cc}\u202e]/u);
    }));
  });
});
