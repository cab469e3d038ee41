import type { FileOutline, OutlineExport, OutlineTable } from '../model/file-outline';

/** One file's outline in a few lines, for the packet; empty when there is nothing to rely on. */
export function renderOutline(outline: FileOutline): string {
  return [
    ...outline.exports.map(renderExport),
    ...outline.routes.map(({ method, path, guards, line }) => `route ${method} ${path}${guardText(guards)} (line ${line})`),
    ...outline.mounts.map(({ path, router, guards, line }) => `mount ${path} → ${router}${guardText(guards)} (line ${line})`),
    ...outline.tables.map(renderTable),
    ...(outline.environment.length === 0 ? [] : [`reads env ${outline.environment.join(', ')}`]),
    ...(outline.redisKeys.length === 0 ? [] : [`redis keys ${outline.redisKeys.join(', ')}`]),
  ].join('\n');
}

export function renderExport({ signature, doc, props }: OutlineExport): string {
  const component = props === undefined ? '' : ` — component, props: ${props.length === 0 ? 'none' : props.join(', ')}`;
  return `${signature}${component}${doc === undefined ? '' : ` — ${doc}`}`;
}

export function renderTable({ name, created, tenantColumn, rowLevelSecurity, policies }: OutlineTable): string {
  const facts = [
    ...(created ? [tenantColumn ? 'tenant_id' : 'no tenant_id'] : tenantColumn ? ['tenant_id'] : []),
    ...(rowLevelSecurity ? ['RLS'] : created ? ['no RLS here'] : []),
    ...(policies.length === 0 ? [] : [`policies: ${policies.join(', ')}`]),
  ];
  return `table ${name}: ${facts.join('; ')}`;
}

export function guardText(guards: readonly string[]): string {
  return guards.length === 0 ? '' : ` [${guards.join(' → ')}]`;
}
