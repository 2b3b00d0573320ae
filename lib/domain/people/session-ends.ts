/** How long the session of the one who asked still lasts. */
export interface SessionEnds {
  personId: string
  /** Milliseconds from now, so that the browser's own clock may be wrong. */
  idleInMs: number
  endsInMs: number
}

/** Carries them with every answer of a route. */
export const SESSION_HEADER = 'x-drawbridge-session'

export function formatSessionEnds({ personId, idleInMs, endsInMs }: SessionEnds): string {
  return `${personId} ${Math.round(idleInMs)} ${Math.round(endsInMs)}`
}

/** Undefined for a header that is missing or makes no sense. */
export function parseSessionEnds(header: string | null): SessionEnds | undefined {
  const [, personId, idle, ends] = /^(\S+) (-?\d+) (-?\d+)$/.exec(header ?? '') ?? []
  return personId ? { personId, idleInMs: Number(idle), endsInMs: Number(ends) } : undefined
}
