import { itemResponse } from '@aisha/crm-contracts';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { tenantOf, userOf } from '../http/request-identity';
import type { AuditLog } from '../services/audit-log';

/** By the last step of the path, or by the method where there is none. What is not named here is a change all the same. */
const actions: ReadonlyMap<string, string> = new Map([['post', 'created'], ['deactivate', 'deactivated'], ['reactivate', 'reactivated']]);
const writtenSchema = itemResponse(z.looseObject({ id: z.uuid() }));

/**
 * For routes that answer every write with the row that was written: records it, and only then lets the answer go. What
 * cannot be recorded is answered as a failure.
 */
export function auditWrites(table: string, audit: AuditLog): RequestHandler {
  return (req, res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') {
      next();
      return;
    }
    // As the router reads a path: whatever the case, whatever slash at the end.
    const [, step = req.method] = req.path.toLowerCase().split('/').filter((segment) => segment !== '');
    const action = actions.get(step.toLowerCase()) ?? 'changed';
    const send = res.json.bind(res);
    res.json = (body: unknown) => {
      const written = writtenSchema.safeParse(body).data;
      if (written === undefined) return send(body);
      audit
        .record({ tenantId: tenantOf(req).id, actorId: userOf(req).id, action: `${table}.${action}`, subjectId: written.data.id })
        .then(() => send(body), (error: unknown) => {
          res.json = send;
          next(error);
        });
      return res;
    };
    next();
  };
}
