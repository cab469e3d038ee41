import fc from 'fast-check';
import { createRepository } from '../io/git-repository';
import { createIndexCache } from '../io/index-cache';
import type { Io } from '../io/ports';
import { createSecretScanner } from '../io/secret-scanner';
import { tempRepository, type TempFiles, type TempRepository } from '../io/testing/temp-repository';
import { policySchema, type AgentContextPacket, type OrchestrationGoal } from '../model';
import { specialistsOf } from '../specialists/registry';
import { fakeIo } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { contextFor } from './answer-tasks';
import { preparePrompt } from './ask-task';
import { beginConversation } from './conversation';
import { planFrom, surveyWorkspace } from './make-plan';
import { openWaveView } from './wave-view';

const fee = 'export function deliveryFee(total: number): number {\n  return total > 50 ? 0 : 4.9;\n}\n';
const checkout = "import { deliveryFee } from '@shop/contracts';\n\n/** Total of an order, delivery included. */\nexport function checkout(total: number): number {\n  return total + deliveryFee(total);\n}\n";
const files = {
  '.gitignore': '.orchestra/\n',
  'packages/contracts/package.json': '{"name":"@shop/contracts"}\n', 'packages/contracts/src/index.ts': "export * from './fee';\n", 'packages/contracts/src/fee.ts': fee,
  'packages/backend/package.json': '{"name":"@shop/backend"}\n', 'packages/backend/src/checkout.ts': checkout,
  'packages/backend/src/checkout.spec.ts': "import { checkout } from './checkout';\n\nit('is free from 80', () => {\n  expect(checkout(80)).toBe(80);\n});\n",
  'packages/backend/src/order-I.ts': 'export const orderIdentity = "İstanbul order";\n', 'packages/backend/src/order-i.ts': "export const orderTotal = 'total of an order';\n",
  'packages/backend/src/order-Ä.ts': '// delivery of an order abroad\nexport const abroad = true;\n', 'packages/backend/src/order-z.ts': 'export const zone = "delivery zone";\n',
  'packages/backend/migrations/001_orders.sql': 'create table orders (\n  id uuid primary key,\n  tenant_id uuid not null\n);\n',
};
const goal: OrchestrationGoal = { id: 'free-delivery', type: 'bugfix', title: 'An order of exactly 50 pays for delivery', description: 'deliveryFee charges an order of 50. See checkout.ts and the orders table.' };
const policy = policySchema.parse({ specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }] });
const graph = graphOf({ backend: ['contracts'], contracts: [] });

interface Prepared {
  readonly packet: AgentContextPacket;
  readonly prompt: string;
}

/** What the specialists of the first wave would be sent. */
async function firstPackets(io: Io): Promise<readonly Prepared[]> {
  const request = { goal, base: await io.repository.head(), policy, specialists: specialistsOf(policy), conventions: 'Keep functions short.\n' };
  const survey = await surveyWorkspace(io, request);
  const wave = { ...request, waveIndex: 1, findings: [], rounds: {}, planOnly: true, preview: false };
  const tasks = planFrom(survey, request).waves[0]?.tasks ?? [];
  return Promise.all(tasks.map((task) => preparePrompt(contextFor(io, wave, survey, task), task, openWaveView(io, survey.base), beginConversation(goal, [], 0))));
}

const worlds: TempRepository[] = [];
afterAll(() => worlds.forEach((world) => world.dispose()));

/** A repository with some history, and the world around it: git, cache and scanner are real. */
function worldOf(arrange: (given: TempFiles) => TempFiles): TempRepository {
  const world = tempRepository(arrange(files));
  worlds.push(world);
  world.commit(arrange({ 'packages/contracts/src/fee.ts': fee.replace('4.9', '5'), 'packages/backend/src/checkout.ts': checkout.replace('Total', 'The total') }), 'fix: delivery of an order costs 5');
  world.commit({ 'packages/backend/src/order-z.ts': 'export const zone = "delivery zone 2";\n' }, 'feat: a second zone');
  return world;
}

function ioOf({ root }: TempRepository): Io {
  return { ...fakeIo({ commits: { base: {} }, graph }), repository: createRepository(root), index: createIndexCache(root), secrets: createSecretScanner() };
}

const sameOrder = (given: TempFiles): TempFiles => given;
const reversed = (given: TempFiles): TempFiles => Object.fromEntries(Object.entries(given).reverse());

describe('the first packets of a goal', () => {
  it('are the same bytes under another path, with files written in another order, from a CRLF checkout, and from a warm index', async () => {
    const here = worldOf(sameOrder);
    const there = worldOf(reversed);
    there.git('config', 'core.autocrlf', 'true');
    there.git('rm', '--quiet', '--cached', '-r', '.');
    there.git('reset', '--quiet', '--hard');
    expect([there.git('rev-parse', 'HEAD'), there.root === here.root]).toEqual([here.git('rev-parse', 'HEAD'), false]);
    const first = JSON.stringify(await firstPackets(ioOf(here)));
    expect(first).toContain('deliveryFee');
    expect(JSON.stringify(await firstPackets(ioOf(there)))).toBe(first);
    expect(JSON.stringify(await firstPackets(ioOf(here)))).toBe(first);
  });

  it('are the same bytes in another language and time zone', async () => {
    const here = worldOf(sameOrder);
    const first = JSON.stringify(await firstPackets(ioOf(here)));
    await abroad(async () => expect(JSON.stringify(await firstPackets(ioOf(worldOf(sameOrder))))).toBe(first));
  });

  it('read the same after a commit that touches nothing they show', async () => {
    const here = worldOf(sameOrder);
    const before = await firstPackets(ioOf(here));
    for (let commit = 0; commit < 25; commit += 1) here.commit({ [`docs/guide-${commit}.md`]: '# Guide\n' }, 'docs: a guide for the delivery of an order');
    const after = await firstPackets(ioOf(here));
    expect(after.map(({ prompt }) => prompt)).toEqual(before.map(({ prompt }) => prompt));
  });

  it('never hold a key, whatever file and line it was planted in, and say where they cut it out or which file they hold back', async () => {
    const scanner = createSecretScanner();
    const paths = Object.keys(files).filter((path) => /\.(?:ts|sql)$/.test(path));
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat({ max: 6 }), fc.constantFrom(...Object.keys(keys)), fc.stringMatching(/^[A-Za-z0-9]{36}$/), async (path, line, kind, filler) => {
        const secret = keys[kind]?.(filler) ?? '';
        const world = { ...files, [path]: planted(files[path as keyof typeof files], line, secret) };
        const prepared = await firstPackets({ ...fakeIo({ commits: { base: world }, graph }), secrets: scanner });
        expect(prepared.length).toBeGreaterThan(0);
        for (const { packet, prompt } of prepared) {
          expect(JSON.stringify(packet)).not.toContain(filler);
          expect(prompt).not.toContain(filler);
          told += packet.withheld.filter((one) => one.path === path).length + packet.files.filter((one) => one.path === path && one.text.includes('[redacted]')).length;
        }
      }),
      { numRuns: 25 },
    );
    expect(told).toBeGreaterThan(10);
  });
});

/** Put together at run time, so that no file of this repository holds anything shaped like a key. */
const keys: Readonly<Record<string, (filler: string) => string>> = {
  github: (filler) => ['gh', 'p_', filler].join(''),
  npm: (filler) => ['npm', '_', filler].join(''),
  database: (filler) => ['postgres', '://app:', filler, '@db.internal:5432/app'].join(''),
};

function planted(text: string, line: number, secret: string): string {
  const lines = text.split('\n');
  lines.splice(Math.min(line, lines.length - 1), 0, `const delivery = "${secret}";`);
  return lines.join('\n');
}

/** Whoever asked the language of the machine would get another answer now; git gets other variables. */
async function abroad(work: () => Promise<void>): Promise<void> {
  const before = { ...process.env };
  const spies = [
    jest.spyOn(String.prototype, 'localeCompare').mockImplementation(function reversedOrder(this: string, other: string) { return this < other ? 1 : -1; }),
    jest.spyOn(String.prototype, 'toLocaleLowerCase').mockReturnValue('ı'), jest.spyOn(String.prototype, 'toLocaleUpperCase').mockReturnValue('İ'),
    jest.spyOn(Number.prototype, 'toLocaleString').mockReturnValue('1,0'), jest.spyOn(Date.prototype, 'toLocaleString').mockReturnValue('heute'),
  ];
  Object.assign(process.env, { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' });
  try {
    await work();
  } finally {
    spies.forEach((spy) => spy.mockRestore());
    process.env = before;
  }
}
