import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSelfSignedCertificate } from './self-signed-certificate';

it('makes a certificate that OpenSSL reads, signed by its own key, for the name, valid now', async () => {
  const certificate = new X509Certificate((await createSelfSignedCertificate('mx.sandbox.test')).cert);
  expect(certificate.subject).toBe('CN=mx.sandbox.test');
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.checkHost('mx.sandbox.test')).toBe('mx.sandbox.test');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(new Date(certificate.validFrom).getTime()).toBeLessThan(Date.now());
  expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now());
});

it('makes a new key and serial number each time', async () => {
  const [one, two] = [await createSelfSignedCertificate('a.test'), await createSelfSignedCertificate('a.test')];
  expect(one.key).not.toBe(two.key);
  expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(two.cert).serialNumber);
});
