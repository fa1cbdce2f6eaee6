// A disposable X.509 certificate for STARTTLS in the sandbox: a fresh P-256 key, signed by itself, made at start and kept in
// memory only, so that no key lies in the repository. node:crypto can sign but not build certificates, hence the few lines of
// DER (X.690) after RFC 5280 section 4.1. Nobody is meant to trust it: that is what a self-signed mail host looks like.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface CertificateWithKey {
  cert: string;
  key: string;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
/** Context tags: [0] version, [3] extensions, [2] dNSName. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;

/** ecdsa-with-SHA256 (RFC 5758), commonName and subjectAltName (RFC 5280) as encoded object identifiers. */
const ECDSA_WITH_SHA256 = Buffer.from('2a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('550403', 'hex');
const SUBJECT_ALT_NAME = Buffer.from('551d11', 'hex');

const YEAR_MS = 365 * 24 * 3_600_000;

export function createSelfSignedCertificate(name: string): CertificateWithKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const algorithm = der(SEQUENCE, der(OBJECT_ID, ECDSA_WITH_SHA256));
  const subject = der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, COMMON_NAME), der(UTF8_STRING, Buffer.from(name)))));
  const altNames = der(SEQUENCE, der(DNS_NAME, Buffer.from(name)));
  const toBeSigned = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serialNumber()),
    algorithm,
    subject,
    der(SEQUENCE, utcTime(Date.now() - YEAR_MS), utcTime(Date.now() + YEAR_MS)),
    subject,
    publicKey,
    der(EXTENSIONS, der(SEQUENCE, der(SEQUENCE, der(OBJECT_ID, SUBJECT_ALT_NAME), der(OCTET_STRING, altNames)))),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = der(SEQUENCE, toBeSigned, algorithm, der(BIT_STRING, Buffer.concat([Buffer.from([0]), signature])));
  return { cert: pem(certificate), key: privateKey };
}

/** Positive, and without a leading zero octet: the first octet is 0x40–0x7f. */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return serial;
}

function utcTime(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(UTC_TIME, Buffer.from(`${digits}Z`));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const octets = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.from([0x80 | octets.length, ...octets]);
}

const pem = (certificate: Buffer): string => {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
