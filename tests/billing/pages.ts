// What a customer does on the stand-in's pages, as a browser would send it.

interface Pressed {
  status: number;
  /** Where the answer redirects to; null if it is a page. */
  to: string | null;
  text: string;
}

async function press(url: string, fields: Record<string, string>): Promise<Pressed> {
  const response = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
  const to = response.headers.get('location');
  return { status: response.status, to: to === null ? null : new URL(to, url).toString(), text: await response.text() };
}

export const CARDS = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  confirm: '4000 0025 0000 3155',
  confirmAlways: '4000 0027 6000 3184',
  failsLater: '4000 0000 0000 0341',
} as const;

export const payAt = (url: string, card: string = CARDS.good): Promise<Pressed> =>
  press(url, { card, name: 'A Buyer', email: 'buyer@example.org', country: 'US' });

export const payByDebit = (url: string): Promise<Pressed> =>
  press(url, { way: 'debit', name: 'A Buyer', email: 'buyer@example.org' });

export const applyCodeAt = (url: string, code: string): Promise<Pressed> => press(url, { apply: '1', code });

export const answerBank = (url: string, answer: 'yes' | 'no'): Promise<Pressed> => press(url, { answer });

export const changeCardAt = (portalUrl: string, card: string): Promise<Pressed> => press(portalUrl, { act: 'card', card });

export const sessionIn = (checkoutUrl: string): string => new URL(checkoutUrl).pathname.split('/').at(-1) ?? '';
