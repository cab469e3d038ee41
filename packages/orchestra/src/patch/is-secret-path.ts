import { matchesGlobs } from './matches-globs';

/**
 * Files that hold keys by custom. They are git-ignored as a rule, so a change to them would be invisible to the judge,
 * and their text must not reach a prompt. Examples and templates of them are ordinary files.
 */
const secretGlobs = [
  '**/.env', '**/.env.*', '**/*.env', '**/.envrc', '**/.npmrc', '**/.netrc', '**/.pgpass', '**/.htpasswd',
  '**/*.{pem,key,p12,pfx,jks,keystore,kdbx,ppk}', '**/id_{rsa,dsa,ecdsa,ed25519}', '**/.{ssh,aws,gnupg,kube}/**',
  '**/.docker/config.json', '**/.git-credentials', '**/credentials.json', '**/service-account*.json', '**/secrets.{json,yaml,yml,toml}',
  '!**/*.{example,sample,template,dist,defaults}', '!**/*.{example,sample,template}.*',
];

/** Whether `path` is one that is neither read into a packet nor written by a specialist, whatever the lease says. */
export function isSecretPath(path: string): boolean {
  return matchesGlobs(path, secretGlobs, { ignoreCase: true });
}
