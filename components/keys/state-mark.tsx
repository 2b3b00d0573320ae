import { KEY_STATE_WORDS, KEY_STATES, type KeyState } from '@/lib/domain/keys/key-state'
import { toneBox, toneText } from '../ui/tone'
import { STATE_LOOKS } from './key-state-badge'

function lookOf(state: KeyState) {
  const { shape, tone } = STATE_LOOKS[state]
  return `state-mark shape-${shape} ${toneBox[tone]} ${toneText[tone]}`
}

const LOOKS = new Map(KEY_STATES.map((state) => [state, lookOf(state)]))

/** The KeyStateBadge of long lists: the same to the eye, but one element; its shape is drawn by the style sheet, its box by the table. */
export function stateMark(state: KeyState) {
  return <span className={LOOKS.get(state)}>{KEY_STATE_WORDS[state].label}</span>
}
