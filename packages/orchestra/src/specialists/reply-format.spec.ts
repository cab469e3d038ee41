import { parseReply } from './parse-reply';
import { replyFormat } from './reply-format';

const fenced = (text: string, ticks: string) => text.split(`\n${ticks}text\n`).slice(1).map((part) => part.split(`\n${ticks}\n`)[0] ?? '');

describe('replyFormat', () => {
  it('shows an example that is read without any leniency', () => {
    const [example = ''] = fenced(`\n${replyFormat(2)}`, '````');
    expect(parseReply(example, 'w1-backend')).toEqual({
      kind: 'edits',
      tolerances: [],
      output: {
        taskId: 'w1-backend',
        edits: [{
          kind: 'replace',
          path: 'packages/shop/src/price.ts',
          find: 'export function total(net: number, rate: number): number {\n  return net * rate;\n',
          with: 'export function total(net: number, rate: number): number {\n  return roundCents(net * rate);\n',
        }],
        notes: {
          rootCause: 'The total is multiplied before it is rounded, so cents drift apart from the sum that was shown.',
          summary: 'Round once, where the total is made.',
          risks: ['Stored totals from before keep their drift.'],
        },
        followUpTasks: [{
          title: 'Recompute stored totals',
          detail: 'Orders written before this fix differ by up to one cent.',
          agent: 'backend',
          paths: ['packages/shop/src/reports/totals.ts'],
        }],
      },
    });
  });

  it('shows how to ask, in a form that is read without any leniency', () => {
    const [example = ''] = fenced(`\n${replyFormat(2)}`, '```').slice(-1);
    expect(parseReply(example, 'w1-backend')).toEqual({
      kind: 'needs',
      why: 'The rounding helper is called here and not shown.',
      read: [
        { path: 'packages/shop/src/round.ts' },
        { path: 'packages/shop/src/orders.ts', symbol: 'saveOrder' },
        { path: 'packages/shop/src/report.ts', range: [40, 90] },
      ],
      edit: ['packages/shop-contracts/src/price.ts'],
      irrelevant: ['packages/shop/src/banner.ts'],
      tolerances: [],
    });
  });

  it('says how often more can be asked for, and when not at all', () => {
    expect(replyFormat(2)).toContain('at most 2 more times');
    expect(replyFormat(1)).toContain('at most once more');
    expect(replyFormat(0)).toContain('You cannot ask to see more');
    expect(replyFormat(0)).not.toContain('status: needs');
    expect(replyFormat(undefined)).not.toContain('at most');
  });
});
