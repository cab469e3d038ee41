import { z } from 'zod';
import type { Row } from '../database/connection';
import type { DatabaseClient } from '../database/database-client';
import type { Logger } from '../logger';
import type { WorkerPresence } from '../services/worker-presence';
import type { MessageSender } from './message-sender';

export interface CampaignWorkerDependencies {
  /** Unlike any other among those that run, over restarts too. */
  readonly name: string;
  readonly database: DatabaseClient;
  readonly sender: MessageSender;
  readonly presence: WorkerPresence;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface CampaignWorker {
  /** One round over all campaigns that are being sent. */
  runOnce(): Promise<{ readonly sent: number; readonly failed: number }>;
}

/** Messages a worker takes on at once. */
const batchSize = 50;

/** A claim this old was left behind by a worker that is gone, and goes back. */
const claimLifetimeMs = 5 * 60_000;

const campaignSchema = z.object({ id: z.uuid(), tenant_id: z.uuid(), subject: z.string(), body: z.string() });
type RunningCampaign = z.infer<typeof campaignSchema>;
const recipientSchema = z.object({ id: z.uuid(), email: z.string() });
type Recipient = z.infer<typeof recipientSchema>;

/**
 * Sends what is due. Several workers may run: a claim is an update with the expected state among its conditions, which
 * Postgres applies for one of two rivals only, and a message is sent by whoever has claimed it.
 */
export function createCampaignWorker({ name, database, sender, presence, log, now }: CampaignWorkerDependencies): CampaignWorker {
  async function runningCampaigns(): Promise<readonly RunningCampaign[]> {
    const rows = await read(database.from('campaigns').select('id, tenant_id, subject, body').eq('status', 'sending').order('started_at').order('id'));
    return z.array(campaignSchema).parse(rows);
  }

  async function releaseOldClaims({ id, tenant_id }: RunningCampaign): Promise<void> {
    const oldest = new Date(now().getTime() - claimLifetimeMs).toISOString();
    const released = await read(
      database
        .from('campaign_recipients')
        .update({ status: 'pending', claimed_by: null, claimed_at: null })
        .eq('tenant_id', tenant_id)
        .eq('campaign_id', id)
        .eq('status', 'claimed')
        .lt('claimed_at', oldest)
        .select('id'),
    );
    if (released.length > 0) log.warn('[CampaignWorker] released old claims', { tenant: tenant_id, campaign: id, messages: released.length });
  }

  async function claim({ id, tenant_id }: RunningCampaign): Promise<readonly Recipient[]> {
    const waiting = await read(
      database
        .from('campaign_recipients')
        .select('id')
        .eq('tenant_id', tenant_id)
        .eq('campaign_id', id)
        .eq('status', 'pending')
        .order('id')
        .limit(batchSize),
    );
    const claimed = await read(
      database
        .from('campaign_recipients')
        .update({ status: 'claimed', claimed_by: name, claimed_at: now().toISOString() })
        .eq('tenant_id', tenant_id)
        .in('id', waiting.map((row) => row['id']))
        .eq('status', 'pending')
        .select('id, email'),
    );
    return z.array(recipientSchema).parse(claimed);
  }

  async function deliver({ id, tenant_id, subject, body }: RunningCampaign, recipient: Recipient): Promise<boolean> {
    const outcome = await sender.send({ recipientId: recipient.id, to: recipient.email, subject, body }).then(
      () => ({ status: 'sent', sent_at: now().toISOString() }),
      (error: unknown) => {
        log.error('[CampaignWorker] message not taken', error, { tenant: tenant_id, campaign: id, recipient: recipient.id });
        return { status: 'failed' };
      },
    );
    await read(database.from('campaign_recipients').update(outcome).eq('tenant_id', tenant_id).eq('id', recipient.id).select('id'));
    if (outcome.status === 'sent') log.info('[CampaignWorker] sent message', { tenant: tenant_id, campaign: id, recipient: recipient.id, worker: name });
    return outcome.status === 'sent';
  }

  async function finishIfNothingIsLeft({ id, tenant_id }: RunningCampaign): Promise<void> {
    const left = await read(
      database
        .from('campaign_recipients')
        .select('id')
        .eq('tenant_id', tenant_id)
        .eq('campaign_id', id)
        .in('status', ['pending', 'claimed'])
        .limit(1),
    );
    if (left.length > 0) return;
    await read(database.from('campaigns').update({ status: 'done' }).eq('tenant_id', tenant_id).eq('id', id).eq('status', 'sending').select('id'));
    log.info('[CampaignWorker] finished campaign', { tenant: tenant_id, campaign: id });
  }

  async function run(campaign: RunningCampaign): Promise<readonly boolean[]> {
    const outcomes: boolean[] = [];
    await releaseOldClaims(campaign);
    for (let batch = await claim(campaign); batch.length > 0; batch = await claim(campaign)) {
      for (const recipient of batch) outcomes.push(await deliver(campaign, recipient));
    }
    await finishIfNothingIsLeft(campaign);
    return outcomes;
  }

  return {
    runOnce: async () => {
      await presence.beat(name);
      const outcomes: boolean[] = [];
      for (const campaign of await runningCampaigns()) outcomes.push(...(await run(campaign)));
      const sent = outcomes.filter((isSent) => isSent).length;
      return { sent, failed: outcomes.length - sent };
    },
  };
}

async function read(query: PromiseLike<{ readonly data: readonly Row[] | null; readonly error: { readonly message: string } | null }>): Promise<readonly Row[]> {
  const { data, error } = await query;
  if (error) throw new Error(`[CampaignWorker] ${error.message}`);
  return data ?? [];
}
