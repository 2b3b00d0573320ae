/** Milliseconds: what is signed, lapses and is decided here is judged again by the database, by its own clock. */
const APART_AT_MOST_MS = 60_000

/** By how much this console's clock is ahead of the database's (negative: behind), in milliseconds; null: they agree. */
export function clocksApart(database: Date, console: Date): number | null {
  const ahead = console.getTime() - database.getTime()
  return Math.abs(ahead) > APART_AT_MOST_MS ? ahead : null
}
