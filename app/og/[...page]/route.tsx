// The preview image of a link to a public page: its title on our background. Only existing pages have one, so nobody can have other words
// drawn. It is made only from files on this machine.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageResponse } from 'next/og';
import { PRODUCT_NAME } from '@/components/shell/logo';
import { PICTURE_SIZE } from '@/content/page';
import { findPage } from '@/content/site-map';

const FONTS = join(process.cwd(), 'node_modules/geist/dist/fonts/geist-sans');
const FONT_FILES = [
  { file: 'Geist-SemiBold.ttf', weight: 600 },
  { file: 'Geist-Regular.ttf', weight: 400 },
] as const;
/** The dark theme's colors, repeated because globals.css can't be read here. */
const COLORS = { ground: '#0b0b0d', text: '#f4f4f5', muted: '#a9a9b4', accent: '#a5b4fc', onAccent: '#111114', line: '#27272d' };
const CACHE = 'public, max-age=86400, stale-while-revalidate=604800';

interface Context {
  params: Promise<{ page: string[] }>;
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  const [, path] = /^(.*)\.png$/.exec(`/${(await params).page.join('/')}`) ?? [];
  const page = path === undefined ? null : findPage(path === '/index' ? '/' : path);
  if (page === null) return new Response(null, { status: 404 });
  return new ImageResponse(<Picture title={page.title} text={page.description} />, {
    ...PICTURE_SIZE,
    fonts: await readFonts(),
    headers: { 'Cache-Control': CACHE },
  });
}

const readFonts = () =>
  Promise.all(
    FONT_FILES.map(async ({ file, weight }) => ({
      ...{ name: 'Geist', weight, style: 'normal' as const },
      data: await readFile(join(FONTS, file)),
    })),
  );

function Picture({ title, text }: { title: string; text: string }) {
  return (
    <div
      style={{
        ...{ display: 'flex', flexDirection: 'column', justifyContent: 'space-between', width: '100%', height: '100%' },
        ...{ padding: 72, background: COLORS.ground, color: COLORS.text, fontFamily: 'Geist' },
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', gap: 20, fontSize: 36, fontWeight: 600 }}>
        <svg width="60" height="60" viewBox="0 0 24 24" fill="none">
          <rect x="1" y="3" width="22" height="18" rx="5" fill={COLORS.accent} />
          <path d="m6 10 4.4 4.4a1.2 1.2 0 0 0 1.7 0L18 8.5" stroke={COLORS.onAccent} strokeWidth="2.2" strokeLinecap="round" />
        </svg>
        {PRODUCT_NAME}
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 28 }}>
        <div style={{ fontSize: 76, fontWeight: 600, lineHeight: 1.1, letterSpacing: '-0.03em' }}>{title}</div>
        <div style={{ fontSize: 32, lineHeight: 1.4, color: COLORS.muted }}>{text}</div>
      </div>
      <div style={{ display: 'flex', height: 8, width: '100%', borderRadius: 4, background: COLORS.line }}>
        <div style={{ width: '38%', height: 8, borderRadius: 4, background: COLORS.accent }} />
      </div>
    </div>
  );
}
