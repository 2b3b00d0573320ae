import type { KeyOverTime } from '@/lib/domain/releases/history/over-time'

export function keyWords({ key }: Pick<KeyOverTime, 'key'>): string {
  return key ? `${key.name} in ${key.vault}` : 'All other keys'
}

/** A day as it is; of an hour its beginning. */
export function stepWords(start: string): string {
  return start.replace('T', ' ').replace('Z', '')
}
