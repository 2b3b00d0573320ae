import 'server-only'

const FORMATS = {
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8; header=present' },
  jsonl: { ending: 'jsonl', type: 'application/jsonl; charset=utf-8' },
} as const

/** An export as a file to save. `name` has no ending. */
export async function fileAnswer(
  pieces: AsyncIterable<string>,
  { name, format }: { name: string; format: keyof typeof FORMATS },
): Promise<Response> {
  const { ending, type } = FORMATS[format]
  return new Response(await openStream(pieces), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}.${ending}"`,
      'cache-control': 'no-store',
    },
  })
}

/** The first piece is fetched before the answer begins: an export that can't be recorded is then an error, not an empty file. */
async function openStream(pieces: AsyncIterable<string>): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  const source = pieces[Symbol.asyncIterator]()
  let next = await source.next()
  return new ReadableStream({
    async pull(controller) {
      if (next.done) return controller.close()
      controller.enqueue(encoder.encode(next.value))
      next = await source.next()
    },
    async cancel() {
      await source.return?.()
    },
  })
}
