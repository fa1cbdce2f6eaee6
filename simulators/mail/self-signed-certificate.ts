// A disposable certificate for STARTTLS: a fresh key, signed by itself, made at start and kept in memory only, so that no key lies
// in the repository. Nobody is meant to trust it: that is what a self-signed mail host looks like.
import { generate } from 'selfsigned';

export interface CertificateWithKey {
  cert: string;
  key: string;
}

const YEAR_MS = 365 * 24 * 3_600_000;

/** RSA for what speaks only what was spoken before 2011. */
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
