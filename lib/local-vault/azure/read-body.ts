/** Reads the body of a request, or of an answer, up to `limit` bytes. */
export async function readBody(
  request: Pick<Request, 'headers' | 'body'>,
  limit: number,
): Promise<Buffer | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return 'too-large'
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let length = 0
  // The DOM's type of a stream lacks the async iterator that Node's streams have; a reader works with both.
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    length += value.byteLength
    if (length > limit) {
      await reader.cancel()
      return 'too-large'
    }
    chunks.push(value)
  }
}

/**
 * The same of a request that a client sends to us. Node's server hands on as many bytes as the request announced and no more, so
 * that one within the limit is read at once, at a tenth of what a stream costs. (Of an answer that could be compressed this is not so.)
 */
export async function readRequestBody(request: Request, limit: number): Promise<Buffer | 'too-large'> {
  if (request.method === 'GET' || request.method === 'HEAD') return Buffer.alloc(0)
  const announced = request.headers.get('content-length')
  if (announced === null || Number(announced) > limit) return readBody(request, limit)
  return Buffer.from(await request.arrayBuffer())
}
