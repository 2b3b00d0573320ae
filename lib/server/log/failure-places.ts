import 'server-only'

/** What may be logged of something thrown: what kind it is and where it was. */
export interface FailurePlaces {
  name?: string
  code?: string
  /** The stack's places, without its first line: the message may hold anything. */
  at?: readonly string[]
  cause?: string
}

const MOST_PLACES = 8

export function placesOf(error: unknown): FailurePlaces {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause instanceof Error ? error.cause.name : undefined
  return {
    name: error.name,
    ...(code ? { code } : {}),
    at: at.slice(0, MOST_PLACES).map((line) => line.trim()),
    ...(cause ? { cause } : {}),
  }
}
