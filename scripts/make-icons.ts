// Makes the raster icons of public/ from public/icon.svg, with the journeys' browser: `node --import tsx scripts/make-icons.ts`.
// Icons that a system crops to its own shape (Apple's icon, the maskable one) show the mark in white on a full square of its color,
// small enough that no crop touches it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { findBrowser } from './find-browser';

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));
const ACCENT = '#4338ca';
const svg = readFileSync(`${PUBLIC}icon.svg`, 'utf8');
/** The mark with its two colors swapped. */
const inverted = svg.replaceAll(ACCENT, '\0').replaceAll('#fff', ACCENT).replaceAll('\0', '#fff');

/** `share`: how much of the side the mark takes; the rest is margin. */
async function draw(browser: Browser, size: number, square: { share: number } | null = null): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const mark = `data:image/svg+xml,${encodeURIComponent(square === null ? svg : inverted)}`;
  const width = size * (square?.share ?? 1);
  const around = `display:grid;place-items:center;height:100vh;margin:0${square === null ? '' : `;background:${ACCENT}`}`;
  await page.setContent(`<body style="${around}"><img src="${mark}" width="${width}" height="${width}"></body>`);
  await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

/** An ICO file that holds one PNG. */
function asIco(png: Buffer, size: number): Buffer {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(1, 4); // one image
  header.writeUInt8(size, 6);
  header.writeUInt8(size, 7);
  header.writeUInt16LE(1, 10); // planes
  header.writeUInt16LE(32, 12); // bits a pixel
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}

const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
try {
  writeFileSync(`${PUBLIC}favicon.ico`, asIco(await draw(browser, 32), 32));
  for (const size of [192, 512]) writeFileSync(`${PUBLIC}icons/icon-${size}.png`, await draw(browser, size));
  // A maskable icon keeps its content inside the middle 80 %.
  writeFileSync(`${PUBLIC}icons/maskable-512.png`, await draw(browser, 512, { share: 0.58 }));
  writeFileSync(`${PUBLIC}apple-touch-icon.png`, await draw(browser, 180, { share: 0.7 }));
} finally {
  await browser.close();
}
