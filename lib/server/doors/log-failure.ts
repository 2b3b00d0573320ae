import 'server-only'

/** What may be logged of something thrown: where it was and what kind it is. Its words may hold anything, so never them. */
export interface FailureFacts {
  where: string
  requestId: string
}

/** One line of JSON by an allow-list: name, code, and the stack's places without its first line (the message). */
export function logFailure(error: unknown, { where, requestId }: FailureFacts): void {
  console.error(JSON.stringify({ level: 'error', where, requestId, ...placesOf(error) }))
}

function placesOf(error: unknown): { name: string; code?: string; at?: string[]; cause?: string } {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause instanceof Error ? error.cause.name : undefined
  return {
    name: error.name,
    ...(code ? { code } : {}),
    at: at.slice(0, 8).map((line) => line.trim()),
    ...(cause ? { cause } : {}),
  }
}
