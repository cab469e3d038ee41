import { activitySchema, draftInputSchema, draftSchema, leadSchema, suggestionSchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import { z } from 'zod';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { notFound } from '../http/http-error';
import { parseRequest } from '../http/parse-request';
import { tenantOf, userOf } from '../http/request-identity';
import { sendItem } from '../http/respond';
import type { Logger } from '../logger';
import type { DraftWriter } from '../services/draft-writer';
import type { RecentDrafts } from '../services/recent-drafts';
import { suggestNextSteps } from '../services/suggestions';

export interface AiRoutesDependencies {
  readonly database: DatabaseClient;
  readonly writer: DraftWriter;
  readonly drafts: RecentDrafts;
  readonly log: Logger;
  readonly now: () => Date;
}

export function createAiRoutes({ database, writer, drafts, log, now }: AiRoutesDependencies): Router {
  const router = Router();

  router.post('/drafts', async (req, res) => {
    const tenant = tenantOf(req);
    const { contact_id, purpose } = parseRequest(draftInputSchema, req.body);
    const contact = await database.from('contacts').select('first_name, account_id').eq('tenant_id', tenant.id).eq('id', contact_id).maybeSingle();
    if (contact.error) throw databaseFailure(contact.error);
    if (contact.data === null) throw notFound('contact');
    const account = await database.from('accounts').select('name').eq('tenant_id', tenant.id).eq('id', contact.data['account_id']).maybeSingle();
    if (account.error) throw databaseFailure(account.error);
    const text = await writer.write({
      purpose,
      firstName: String(contact.data['first_name']),
      company: account.data === null ? null : String(account.data['name']),
      sender: tenant.name,
    });
    const draft = draftSchema.parse({ contact_id, purpose, ...text, written_by: writer.name, written_at: now().toISOString() });
    await drafts.add(tenant.id, userOf(req).id, draft);
    log.info('[AiRoute] wrote draft', { tenant: tenant.id, contact: contact_id, purpose, writer: writer.name });
    sendItem(res, draftSchema, draft, 201);
  });

  router.get('/drafts', async (req, res) => {
    const tenant = tenantOf(req);
    sendItem(res, z.array(draftSchema), await drafts.list(tenant.id, userOf(req).id));
  });

  router.get('/suggestions', async (req, res) => {
    const tenant = tenantOf(req);
    const activities = await database.from('activities').select('*').eq('tenant_id', tenant.id).eq('status', 'planned');
    if (activities.error) throw databaseFailure(activities.error);
    const leads = await database.from('leads').select('*').eq('tenant_id', tenant.id).eq('status', 'new');
    if (leads.error) throw databaseFailure(leads.error);
    const suggestions = suggestNextSteps(z.array(activitySchema).parse(activities.data), z.array(leadSchema).parse(leads.data), now());
    sendItem(res, z.array(suggestionSchema), suggestions);
  });

  return router;
}
