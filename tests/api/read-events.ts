// Reads a stream of server-sent events to its end, or as far as asked.
export interface ReadEvent {
  event: string;
  data: unknown;
  id?: string;
}

export async function readEvents(
  response: Response,
  isEnough: (event: ReadEvent) => boolean = () => false,
): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  if (response.body === null) throw new Error('no body');
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (event === null) continue;
      events.push(event);
      if (isEnough(event)) return events;
    }
  }
  return events;
}

function parse(block: string): ReadEvent | null {
  const lines = block.split('\n');
  const valueOf = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const data = valueOf('data');
  if (data === undefined) return null;
  const id = valueOf('id');
  return { event: valueOf('event') ?? 'message', data: JSON.parse(data), ...(id !== undefined && { id }) };
}
