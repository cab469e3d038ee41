import { readBackendUrl } from './backend-url';

const pageWith = (content: string) => new DOMParser().parseFromString(`<meta name="crm-backend" content="${content}">`, 'text/html');

describe('readBackendUrl', () => {
  it('reads it from the page', () => {
    expect(readBackendUrl(pageWith('https://crm.example/'))).toBe('https://crm.example');
  });

  it.each(['', '%VITE_AISHACRM_BACKEND_URL%', 'javascript:alert(1)'])('takes the usual place for %j', (content) => {
    expect(readBackendUrl(pageWith(content))).toBe('http://localhost:4001');
  });
});
