import { useTenant } from '../tenant/tenant-context';

/** Names the tenant that is shown; a choice only for those who have one. */
export function TenantSwitcher() {
  const { tenant, tenants, switchTo } = useTenant();
  if (tenants.length < 2) return <span className="tenant">{tenant.name}</span>;
  return (
    <label className="tenant">
      Company{' '}
      <select value={tenant.id} onChange={(event) => switchTo(event.target.value)}>
        {tenants.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
