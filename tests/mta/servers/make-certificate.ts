// A self-signed certificate for a mail host, as most of them have.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { makeServerFolder } from './suite-paths';

export function makeCertificate(dir: string, host: string): { key: string; certificate: string } {
  const folder = makeServerFolder(dir, 'tls');
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'cert.pem');
  const subject = ['-subj', `/CN=${host}`, '-days', '2', '-nodes'];
  const made = ['-newkey', 'rsa:2048', ...subject, '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', ...made], { stdio: 'ignore' });
  return { key, certificate };
}
