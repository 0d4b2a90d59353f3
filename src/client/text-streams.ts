/** The lines of an answer, as they come. */
export async function* readLines(response: Response): AsyncGenerator<string> {
  let begun = '';
  const decoder = new TextDecoder();
  for await (const chunk of bytesOf(response)) {
    const lines = (begun + decoder.decode(chunk, { stream: true })).split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
  if (begun !== '') yield begun;
}

export interface ServerEvent {
  /** What it is called; empty where it is not. */
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

/** The events of an answer (text/event-stream); one that was not ended is left out. */
export async function* readEvents(response: Response): AsyncGenerator<ServerEvent> {
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const line of readLines(response)) {
    if (line.startsWith('id: ')) id = line.slice(4);
    else if (line.startsWith('event: ')) event = line.slice(7);
    else if (line.startsWith('data: ')) data.push(line.slice(6));
    else if (line === '' && data.length > 0) {
      yield { event, id, data: data.join('\n') };
      event = '';
      data = [];
    }
  }
}

async function* bytesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body) yield* body;
}
