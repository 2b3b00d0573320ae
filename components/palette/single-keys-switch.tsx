'use client'

import { chooseSingleKeys, useSingleKeys } from '@/lib/client/keyboard/single-keys'
import { Segmented } from '../ui/segmented'

const options = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const

/** Keys without a modifier can be switched off (WCAG 2.1.4). */
export function SingleKeysSwitch() {
  const on = useSingleKeys()
  return (
    <Segmented
      label="Single keys"
      value={on ? 'on' : 'off'}
      options={options}
      onChange={(value) => chooseSingleKeys(value === 'on')}
    />
  )
}
