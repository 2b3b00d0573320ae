/** `2026-11-22T10:02` as typed into a UTC input, to `2026-11-22T10:02:00.000Z`; undefined when it is no date. */
export function utcInputToIso(value: string): string | undefined {
  const match = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.exec(value)
  const at = match ? new Date(`${value}Z`) : undefined
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined
}

/** The other way: what a UTC input shows for an instant. Seconds are cut. */
export function isoToUtcInput(iso: string | undefined): string {
  const at = iso ? new Date(iso) : undefined
  return at && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 16) : ''
}
