import { LoadNotice } from '../components/load-notice';
import { useDashboard } from '../hooks/use-dashboard';
import { useTenant } from '../tenant/tenant-context';

/** Cents as whole money, grouped: what a dashboard has room for. */
const money = (cents: number) => new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(cents / 100);

export function DashboardPage() {
  const { tenant } = useTenant();
  const dashboard = useDashboard();
  return (
    <>
      <h1>{tenant.name}</h1>
      <LoadNotice of={dashboard} />
      {dashboard.value === undefined ? null : (
        <>
          <dl className="figures">
            <Figure name="Planned" value={dashboard.value.stats.planned} />
            <Figure name="Overdue" value={dashboard.value.stats.overdue} />
            <Figure name="Done" value={dashboard.value.stats.done} />
            <Figure name="Open deals" value={money(dashboard.value.pipeline.open_amount_cents ?? 0)} />
          </dl>
          {dashboard.value.stats.next_due === null ? null : <p>Next: {dashboard.value.stats.next_due.subject}</p>}
          <ol className="stages" aria-label="Deals by stage">
            {(dashboard.value.pipeline.stages ?? []).map(({ stage, count, amount_cents }) => (
              <li key={stage}>
                {stage}: {count} ({money(amount_cents)})
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: number | string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
