import { useState } from 'react';
import { LoadNotice } from '../components/load-notice';
import { useContacts } from '../hooks/use-contacts';
import { useTenant } from '../tenant/tenant-context';

export function ContactsPage() {
  const { tenant } = useTenant();
  const [search, setSearch] = useState('');
  const [includeArchived, setIncludeArchived] = useState(false);
  const contacts = useContacts(search.trim(), includeArchived);
  return (
    <>
      <h1>Contacts of {tenant.name}</h1>
      <div className="filters">
        <input type="search" aria-label="Search" placeholder="Search" value={search} onChange={(event) => setSearch(event.target.value)} />
        <label>
          <input type="checkbox" checked={includeArchived} onChange={(event) => setIncludeArchived(event.target.checked)} /> Show archived
        </label>
      </div>
      <LoadNotice of={contacts} />
      {contacts.value === undefined ? null : (
        <table>
          <caption>{contacts.value.total} in all</caption>
          <thead>
            <tr>
              <th>Name</th>
              <th>E-mail</th>
              <th>Phone</th>
              <th>Job title</th>
            </tr>
          </thead>
          <tbody>
            {contacts.value.items.map((contact) => (
              <tr key={contact.id} className={contact.archived_at === null ? undefined : 'archived'}>
                <td>
                  {contact.first_name} {contact.last_name}
                </td>
                <td>{contact.email}</td>
                <td>{contact.phone}</td>
                <td>{contact.job_title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
