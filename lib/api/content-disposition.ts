// How an answer names the file that it is (RFC 6266): in ASCII for old clients, and in full.
import 'server-only';

export function contentDisposition(fileName: string): string {
  const ascii = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  // RFC 8187 allows fewer characters than encodeURIComponent leaves.
  const full = encodeURIComponent(fileName).replaceAll(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`;
}
