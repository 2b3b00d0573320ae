/** The five tones. A tone never stands alone: a word or a shape goes with it. */
export type Tone = 'good' | 'attention' | 'danger' | 'information' | 'neutral'

export const toneText = {
  good: 'text-good',
  attention: 'text-attention',
  danger: 'text-danger',
  information: 'text-information',
  neutral: 'text-text-muted',
} satisfies Record<Tone, string>

export const toneBox = {
  good: 'border-good-line bg-good-soft',
  attention: 'border-attention-line bg-attention-soft',
  danger: 'border-danger-line bg-danger-soft',
  information: 'border-information-line bg-information-soft',
  neutral: 'border-line bg-sunken',
} satisfies Record<Tone, string>
