import { Router } from 'express';
import type { DatabaseClient } from '../database/database-client';
import { databaseFailure } from '../http/database-failure';
import { requireAuth } from '../middleware/require-auth';
import type { WorkerPresence } from '../services/worker-presence';

/** Public: the process answers, and a campaign worker does. For signed-in users only: the database answers too. */
export function createHealthRoutes(database: DatabaseClient, presence: WorkerPresence): Router {
  const router = Router();

  router.get('/', (_req, res) => {
    res.json({ status: 'success', data: { process: 'ok' } });
  });

  router.get('/worker', async (_req, res) => {
    res.json({ status: 'success', data: { worker: (await presence.isBeating()) ? 'ok' : 'silent' } });
  });

  router.get('/database', requireAuth, async (_req, res) => {
    const { error } = await database.from('plans').select('code').limit(1);
    if (error) throw databaseFailure(error);
    res.json({ status: 'success', data: { process: 'ok', database: 'ok' } });
  });

  return router;
}
