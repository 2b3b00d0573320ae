import type { ReactNode } from 'react'
import { Shape, type ShapeName } from './shape'
import { type Tone, toneBox, toneText } from './tone'

type BadgeProps = { tone: Tone; shape?: ShapeName; children: ReactNode }

const toneShape = {
  good: 'circle',
  attention: 'triangle',
  danger: 'cross',
  information: 'diamond',
  neutral: 'ring',
} satisfies Record<Tone, ShapeName>

/** The look of a badge around whatever it holds. */
export const badgeClass = (tone: Tone) =>
  `inline-flex items-center gap-1.5 whitespace-nowrap rounded border px-1.5 py-px font-medium text-xs leading-4 ${toneBox[tone]} ${toneText[tone]}`

/** A state in shape, word and colour. */
export function Badge({ tone, shape = toneShape[tone], children }: BadgeProps) {
  return (
    <span className={badgeClass(tone)}>
      <Shape name={shape} />
      {children}
    </span>
  )
}
