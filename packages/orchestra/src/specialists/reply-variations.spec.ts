import { judgeReply } from './__fixtures__/judge-reply';
import { worldTexts } from './__fixtures__/reply-world';

/** The ways in which the same two sound edits can be written down. Every combination of the rows must come to the same. */
type Fence = (body: string, path: string) => string;

const headers = {
  plain: 'status: edits\nrootCause: nothing rounds\n',
  none: '',
  yaml: '```yaml\nstatus: edits\nrootCause: "nothing rounds"\n```\n',
  bold: '**Status**: edits\n\n**Root cause**: nothing rounds\n',
  headings: '# Status\nedits\n\n# Root cause\nnothing rounds\n',
  bullets: '- status: edits\n- rootCause: nothing rounds\n',
  json: '```json\n{"status": "edits", "rootCause": "nothing rounds"}\n```\n',
  prose: 'Sure, here is the fix.\n\nstatus: edits\nrootCause: nothing rounds\n\nThe blocks follow:\n',
  thinking: '<thinking>\nstatus: decline\n</thinking>\nStatus: Edits\nRoot cause: nothing rounds\n',
} as const;

const inFence = (ticks: string, info: string): Fence => (body, path) => `${ticks}${info}\n${path}\n${body}\n${ticks}\n`;
const aboveFence = (spell: (path: string) => string): Fence => (body, path) => `${spell(path)}\n\`\`\`ts\n${body}\n\`\`\`\n`;
const placements: Readonly<Record<string, Fence>> = {
  inside: inFence('```', 'ts'),
  'inside, no language': inFence('```', ''),
  'inside, long fence': inFence('``````', 'typescript'),
  'inside, tildes': inFence('~~~', 'ts'),
  'inside, blank line below': (body, path) => `\`\`\`ts\n${path}\n\n${body}\n\`\`\`\n`,
  'inside, as a comment': (body, path) => `\`\`\`ts\n// ${path}\n${body}\n\`\`\`\n`,
  'inside, with a label': (body, path) => `\`\`\`ts\nFile: ${path}\n${body}\n\`\`\`\n`,
  'inside, in ticks': (body, path) => `\`\`\`ts\n\`${path}\`\n${body}\n\`\`\`\n`,
  'inside, with dot slash': (body, path) => `\`\`\`ts\n./${path}\n${body}\n\`\`\`\n`,
  'inside, with backslashes': (body, path) => `\`\`\`ts\n${path.replaceAll('/', '\\')}\n${body}\n\`\`\`\n`,
  'in the info': (body, path) => `\`\`\`ts ${path}\n${body}\n\`\`\`\n`,
  'in the info, behind a colon': (body, path) => `\`\`\`ts:${path}\n${body}\n\`\`\`\n`,
  'in the info, as an attribute': (body, path) => `\`\`\`ts file="${path}"\n${body}\n\`\`\`\n`,
  'in the info, alone': (body, path) => `\`\`\`${path}\n${body}\n\`\`\`\n`,
  'above, bare': aboveFence((path) => path),
  'above, as a heading': aboveFence((path) => `### ${path}\n`),
  'above, bold': aboveFence((path) => `**${path}**`),
  'above, in ticks with a colon': aboveFence((path) => `\`${path}\`:`),
  'above, numbered': aboveFence((path) => `1. \`${path}\``),
  'above, in a sentence': aboveFence((path) => `In \`${path}\` change this:`),
  'no fence': (body, path) => `${path}\n${body}\n`,
  'no fence, in bold': (body, path) => `**${path}**\n${body}\n`,
};

const endings = [
  ['with an end line', '\nEND OF REPLY\n', '\n'],
  ['with a decorated end line and CRLF', '\n**END OF REPLY**\n', '\r\n'],
  ['with prose behind', '\nI hope this helps.\n', '\n'],
  ['with nothing behind', '', '\n'],
] as const;

const edits = [
  ['packages/shop/src/price.ts', '<<<<<<< SEARCH\n  return net * rate;\n=======\n  return roundCents(net * rate);\n>>>>>>> REPLACE'],
  ['packages/shop/src/orders.ts', '<<<<<<< SEARCH\n  return [...orders.values()];\n=======\n  return Array.from(orders.values());\n>>>>>>> REPLACE'],
] as const;

const expected = new Map(worldTexts)
  .set('packages/shop/src/price.ts', (worldTexts.get('packages/shop/src/price.ts') ?? '').replace('return net * rate', 'return roundCents(net * rate)'))
  .set('packages/shop/src/orders.ts', (worldTexts.get('packages/shop/src/orders.ts') ?? '').replace('[...orders.values()]', 'Array.from(orders.values())'));

const rows = Object.entries(placements).flatMap(([placement, fence]) => Object.keys(headers).map((header) => [placement, header, fence] as const));

describe('two sound edits come to the same', () => {
  it.each(rows)('with the path %s and the header %s', (_, header, fence) => {
    const blocks = edits.map(([path, body]) => fence(body, path)).join('\n');
    for (const [ending, behind, lineEnd] of endings) {
      const judged = judgeReply(`${headers[header as keyof typeof headers]}\n${blocks}${behind}`.replaceAll('\n', lineEnd));
      expect([ending, judged.outcome, judged.rejections]).toEqual([ending, 'applied', []]);
      expect(judged.texts).toEqual(expected);
      if (header !== 'none') expect(judged.reply).toMatchObject({ output: { notes: { rootCause: 'nothing rounds' } } });
      expect(judged.tolerances.includes('no-end-line')).toBe(!behind.includes('END'));
    }
  });
});
