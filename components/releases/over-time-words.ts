import type { KeyOverTime } from '@/lib/domain/releases/history/over-time'

export function keyWords({ key }: Pick<KeyOverTime, 'key'>): string {
  return key ? `${key.name} in ${key.vault}` : 'All other keys'
}
