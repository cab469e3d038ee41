import { Navigate, Route, Routes } from 'react-router';
import { PageFrame } from './components/page-frame';
import { CampaignsPage } from './pages/campaigns-page';
import { ContactsPage } from './pages/contacts-page';
import { DashboardPage } from './pages/dashboard-page';
import { SignInPage } from './pages/sign-in-page';
import { useSession } from './session/session-context';
import { TenantProvider } from './tenant/tenant-context';

/** The whole application below a session and a router. */
export function App() {
  const { signedIn } = useSession();
  if (signedIn === undefined) return <SignInPage />;
  return (
    <TenantProvider key={signedIn.token} home={signedIn.tenant}>
      <PageFrame>
        <Routes>
          <Route path="/" element={<DashboardPage />} />
          <Route path="/contacts" element={<ContactsPage />} />
          <Route path="/campaigns" element={<CampaignsPage />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </PageFrame>
    </TenantProvider>
  );
}
