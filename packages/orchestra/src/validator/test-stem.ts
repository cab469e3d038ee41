/** `contacts.v2.test.js` and `contacts.v2.js` share a stem. */
export function stem(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.(test|spec|e2e)(?=\.)/, '').replace(/\.[^.]+$/, '');
}
