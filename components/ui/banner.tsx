import clsx from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import Info from 'lucide-react/icons/info'
import OctagonAlert from 'lucide-react/icons/octagon-alert'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import { Icon, type IconType } from './icon'
import { type Tone, toneBox, toneText } from './tone'

type BannerProps = {
  tone: Tone
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  /** Full width and loud: a security alarm that stays until somebody deals with it. */
  alarm?: boolean
}

const icons = {
  good: CircleCheck,
  attention: TriangleAlert,
  danger: CircleAlert,
  information: Info,
  neutral: Info,
} satisfies Record<Tone, IconType>

const toneWord = {
  good: 'Done: ',
  attention: 'Attention: ',
  danger: 'Problem: ',
  information: 'Note: ',
  neutral: 'Note: ',
} satisfies Record<Tone, string>

/** A notice in its place on the page. Anything irreversible or about security is said so, never in a toast. */
export function Banner({ tone, title, children, actions, alarm = false }: BannerProps) {
  const box = alarm ? 'border-y border-danger-fill bg-danger-fill text-danger-on' : `rounded border ${toneBox[tone]}`
  return (
    <div role={alarm ? 'alert' : undefined} className={clsx('flex gap-3 px-4 py-3 text-sm', box)}>
      <Icon icon={alarm ? OctagonAlert : icons[tone]} className={clsx('mt-0.5', !alarm && toneText[tone])} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="wrap-anywhere flex min-w-0 flex-col gap-1">
          <p className="font-medium">
            <span className="sr-only">{alarm ? 'Alarm: ' : toneWord[tone]}</span>
            {title}
          </p>
          {children ? <div className="max-w-prose">{children}</div> : null}
        </div>
        {actions ? <div className="flex shrink-0 flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  )
}
