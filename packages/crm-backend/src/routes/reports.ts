import { leadReportSchema, leadStatusSchema, opportunitySchema, pipelineReportSchema } from '@aisha/crm-contracts';
import { Router } from 'express';
import { z } from 'zod';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { tenantOf } from '../http/request-identity';
import { sendItem } from '../http/respond';
import type { CacheClient } from '../redis/cache-client';
import { summarisePipeline } from '../services/pipeline-report';

/** Everybody's dashboard asks for these; writes throw them away earlier. */
const reportSeconds = 300;

const dealSchema = opportunitySchema.pick({ stage: true, amount_cents: true });

export function createReportsRoutes(database: DatabaseClient, cache: CacheClient): Router {
  const router = Router();

  router.get('/pipeline', async (req, res) => {
    const tenant = tenantOf(req);
    const report = await cache.through({ tenantId: tenant.id, topic: 'pipeline' }, pipelineReportSchema, reportSeconds, async () => {
      const { data, error } = await database.from('opportunities').select('stage, amount_cents').eq('tenant_id', tenant.id);
      if (error) throw databaseFailure(error);
      return summarisePipeline(z.array(dealSchema).parse(data));
    });
    sendItem(res, pipelineReportSchema, report);
  });

  /** Counted each time: a count is cheap, and people look at it right after they have added a lead. */
  router.get('/leads', async (req, res) => {
    const tenant = tenantOf(req);
    const { data, error } = await database.from('leads').select('status').eq('tenant_id', tenant.id);
    if (error) throw databaseFailure(error);
    const by_status = Object.fromEntries(leadStatusSchema.options.map((status) => [status, data.filter((row) => row['status'] === status).length]));
    sendItem(res, leadReportSchema, { total: data.length, by_status });
  });

  return router;
}
