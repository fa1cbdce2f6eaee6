// Forms with files, as browsers and programs send them, built byte by byte, so that broken ones can be made too.
export interface FormPart {
  name: string;
  value: string | Uint8Array;
  fileName?: string;
}

const BOUNDARY = 'x--------------------boundary';

export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

const headOf = ({ name, fileName }: FormPart): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"` +
  (fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`) +
  '\r\n\r\n';

export const encodeForm = (parts: readonly FormPart[], end = `--${BOUNDARY}--\r\n`): Uint8Array<ArrayBuffer> =>
  Buffer.concat([
    ...parts.flatMap((part) => [Buffer.from(headOf(part)), Buffer.from(part.value), Buffer.from('\r\n')]),
    Buffer.from(end),
  ]);

export function formRequest(
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Request {
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { host: 'localhost:3000', 'x-client-address': '192.0.2.1', 'content-type': FORM_TYPE, ...headers },
    body,
    duplex: 'half',
  };
  return new Request('http://localhost:3000/api/v1/lists', init);
}
