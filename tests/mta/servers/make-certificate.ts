// A self-signed certificate for a mail host, as most of them have, written to files.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSelfSignedCertificate } from '../../../simulators/mail/self-signed-certificate';
import { makeServerFolder } from './suite-paths';

export async function makeCertificate(dir: string, host: string): Promise<{ key: string; certificate: string }> {
  const folder = makeServerFolder(dir, 'tls');
  const made = await createSelfSignedCertificate(host, 'rsa');
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'cert.pem');
  writeFileSync(key, made.key);
  writeFileSync(certificate, made.cert);
  return { key, certificate };
}
