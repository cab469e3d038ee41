import type { DatabaseClient } from '../database/database-client';

export interface AuditEvent {
  readonly tenantId: string;
  readonly actorId: string;
  /** `<table>.<what>`, e.g. `leads.deleted`. */
  readonly action: string;
  readonly subjectId: string;
}

export interface AuditLog {
  /** To be awaited before the request is answered. @throws when it cannot be written: what nobody can account for is no success. */
  record(event: AuditEvent): Promise<void>;
}

export function createAuditLog(database: DatabaseClient): AuditLog {
  return {
    record: async ({ tenantId, actorId, action, subjectId }) => {
      const { error } = await database.from('audit_log').insert({ tenant_id: tenantId, actor_id: actorId, action, subject_id: subjectId });
      if (error) throw new Error(`[AuditLog] cannot record ${action}: ${error.message}`);
    },
  };
}
