import { expect, it } from 'vitest';
import { pictureOf, PICTURE_SIZE } from '@/content/page';
import { PUBLIC_PAGES } from '@/content/site-map';
import { GET } from './route';

const draw = (path: string) =>
  GET(new Request(`http://localhost${path}`), { params: Promise.resolve({ page: path.split('/').slice(2) }) });

/** The first chunk of a PNG contains its width and height. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

it.each(PUBLIC_PAGES.filter((_, index) => index % 9 === 0).map((page) => pictureOf(page)))('draws %s', async (path) => {
  const response = await draw(path);
  const png = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(sizeOf(png)).toEqual(PICTURE_SIZE);
});

it.each(['/og/no-such-page.png', '/og/pricing', '/og/dashboard.png'])('404: %s is not the picture of a page', async (path) =>
  expect((await draw(path)).status).toBe(404),
);
