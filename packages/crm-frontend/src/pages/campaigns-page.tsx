import { type FormEvent, useState } from 'react';
import { LoadNotice } from '../components/load-notice';
import { type CampaignRow, useCampaigns } from '../hooks/use-campaigns';
import { useSession } from '../session/session-context';
import { useTenant } from '../tenant/tenant-context';

export function CampaignsPage() {
  const { tenant } = useTenant();
  const { signedIn } = useSession();
  const campaigns = useCampaigns();
  const [refusal, setRefusal] = useState<string>();
  const attempt = async (work: () => Promise<void>) => {
    setRefusal(undefined);
    await work().catch((reason: unknown) => setRefusal(reason instanceof Error ? reason.message : String(reason)));
  };
  const create = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name) ?? '');
    void attempt(async () => {
      await campaigns.create({ name: text('name'), subject: text('subject'), body: text('body') });
      form.reset();
    });
  };
  const mayStart = signedIn?.user.role === 'admin' || signedIn?.user.role === 'superadmin';
  return (
    <>
      <h1>Campaigns of {tenant.name}</h1>
      <form className="filters" onSubmit={create}>
        <input name="name" aria-label="Name" placeholder="Name" required />
        <input name="subject" aria-label="Subject" placeholder="Subject" required />
        <input name="body" aria-label="Text" placeholder="Text" required />
        <button type="submit">Add draft</button>
      </form>
      {refusal === undefined ? null : <p role="alert">{refusal}</p>}
      <LoadNotice of={campaigns} />
      <ul className="campaigns">
        {(campaigns.value ?? []).map(({ campaign, progress }) => (
          <li key={campaign.id}>
            <strong>{campaign.name}</strong> {describeProgress({ campaign, progress })}{' '}
            {campaign.status === 'draft' && mayStart ? (
              <button type="button" onClick={() => void attempt(() => campaigns.start(campaign.id))}>
                Send {campaign.name}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function describeProgress({ campaign, progress }: CampaignRow): string {
  if (progress === undefined) return campaign.status;
  const failed = progress.failed === 0 ? '' : `, ${progress.failed} failed`;
  return `${campaign.status}: ${progress.sent} of ${progress.total} sent${failed}`;
}
