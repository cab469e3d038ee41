import { createLogger } from '../logger';
import { createMemoryClient } from '../redis/memory-client';
import { createWorkerPresence } from '../services/worker-presence';
import { type ApiClient, startTestApp, type TestApp } from '../testing';
import { type CampaignWorker, createCampaignWorker } from './campaign-worker';
import type { Message } from './message-sender';

let app: TestApp;
let outbox: Message[];
beforeAll(async () => void (app = await startTestApp()));
afterAll(() => app.stop());
beforeEach(() => void (outbox = []));

/** A worker whose messages end up in `outbox`, unless `send` does something else with them. */
function workerNamed(name: string, send: (message: Message) => Promise<void> = async (message) => void outbox.push(message)): CampaignWorker {
  return createCampaignWorker({
    name,
    database: app.database,
    sender: { send },
    presence: createWorkerPresence(createMemoryClient(app.stores.memory)),
    log: createLogger(() => undefined),
    now: app.now,
  });
}

/** A campaign of Birchwood on its way to its first contact and to `more` others. */
async function startCampaign(name: string, more: number): Promise<string> {
  const admin: ApiClient = app.as(app.birchwood.admin);
  for (let i = 0; i < more; i += 1) {
    await admin.post('/api/contacts', { first_name: name, last_name: `Reader ${i}`, email: `reader.${i}@${name}.example` });
  }
  const { item } = await admin.post('/api/campaigns', { name, subject: `About ${name}`, body: 'Hello' });
  await admin.post(`/api/campaigns/${item['id']}/start`);
  return String(item['id']);
}

const progress = async (id: string) => (await app.as(app.birchwood.admin).get(`/api/campaigns/${id}/progress`)).item;
const status = async (id: string) => (await app.as(app.birchwood.admin).get(`/api/campaigns/${id}`)).item['status'];

describe('a campaign worker', () => {
  it('writes to everybody once, and ends the campaign', async () => {
    const id = await startCampaign('alpha', 60);
    expect(await workerNamed('one').runOnce()).toEqual({ sent: 61, failed: 0 });
    expect(new Set(outbox.map(({ to }) => to)).size).toBe(61);
    expect(outbox[0]).toMatchObject({ subject: 'About alpha', body: 'Hello' });
    expect([await status(id), await progress(id)]).toEqual(['done', { total: 61, waiting: 0, sent: 61, failed: 0 }]);
    expect(await workerNamed('one').runOnce()).toEqual({ sent: 0, failed: 0 });
  });

  it('shares the work with another one that runs at the same time', async () => {
    await startCampaign('beta', 20);
    const rounds = await Promise.all([workerNamed('one').runOnce(), workerNamed('two').runOnce()]);
    const addresses = outbox.map(({ to }) => to);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(rounds.reduce((total, { sent }) => total + sent, 0)).toBe(addresses.length);
  });

  it('notes what was not taken, and goes on with the others', async () => {
    const id = await startCampaign('gamma', 2);
    const refuse = async (message: Message) => {
      if (message.to === 'reader.0@gamma.example') throw new Error('mailbox is full');
      outbox.push(message);
    };
    const { sent, failed } = await workerNamed('one', refuse).runOnce();
    expect([sent, failed]).toEqual([outbox.length, 1]);
    expect(await progress(id)).toMatchObject({ waiting: 0, failed: 1 });
    expect(await status(id)).toBe('done');
  });

  it('takes over what a worker that is gone has claimed, once that is five minutes ago', async () => {
    const id = await startCampaign('delta', 0);
    const before = app.now();
    await app.database
      .from('campaign_recipients')
      .update({ status: 'claimed', claimed_by: 'gone', claimed_at: before.toISOString() })
      .eq('tenant_id', app.birchwood.id)
      .eq('campaign_id', id);
    expect((await workerNamed('one').runOnce()).sent).toBe(0);
    app.setTime(new Date(before.getTime() + 6 * 60_000).toISOString());
    expect((await workerNamed('one').runOnce()).sent).toBeGreaterThan(0);
    expect(await status(id)).toBe('done');
  });

  it('lets itself be heard', async () => {
    await workerNamed('one').runOnce();
    const response = await app.anonymous().get('/api/health/worker');
    expect(response.item).toEqual({ worker: 'ok' });
    expect(await app.stores.memory.keysWith('memory:worker:')).toEqual(['memory:worker:campaigns']);
  });
});
