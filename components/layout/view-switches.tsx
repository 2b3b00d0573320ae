'use client'

import { useState } from 'react'
import { chooseTheme, type Theme } from '@/lib/client/theme'
import { Segmented } from '../ui/segmented'
import { chooseTimeZone, useTimeZoneChoice } from '../ui/time-zone'

const themeOptions = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'System' },
] as const

const zoneOptions = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'Local' },
] as const

/** How one likes to look at it: the theme, and the zone that times are shown in. */
export function ViewSwitches({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme)
  const zone = useTimeZoneChoice()
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label="Theme"
        value={chosen}
        options={themeOptions}
        onChange={(next) => {
          setChosen(next)
          chooseTheme(next)
        }}
      />
      <Segmented label="Times" value={zone} options={zoneOptions} onChange={chooseTimeZone} />
    </div>
  )
}
