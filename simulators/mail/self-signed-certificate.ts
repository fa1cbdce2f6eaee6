// A disposable certificate for STARTTLS: a fresh self-signed key, made at startup and kept only in memory, so that no key is in the
// repository. Nobody is meant to trust it: a mail host with a self-signed certificate looks like this.
import { generate } from 'selfsigned';

export interface CertificateWithKey {
  cert: string;
  key: string;
}

const YEAR_MS = 365 * 24 * 3_600_000;

/** RSA is for peers that speak only what was in use before 2011. */
export async function createSelfSignedCertificate(name: string, keyType: 'ec' | 'rsa' = 'ec'): Promise<CertificateWithKey> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType,
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - YEAR_MS),
    notAfterDate: new Date(Date.now() + YEAR_MS),
  });
  return { cert, key };
}
