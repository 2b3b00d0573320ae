import { KEY_STATE_WORDS, KEY_STATES, type KeyState } from '@/lib/domain/keys/key-state'
import { badgeClass } from '../ui/badge'
import { STATE_LOOKS } from './key-state-badge'

const lookOf = (state: KeyState) =>
  `state-mark shape-${STATE_LOOKS[state].shape} ${badgeClass(STATE_LOOKS[state].tone)}`

const LOOKS = new Map(KEY_STATES.map((state) => [state, lookOf(state)]))

/** The KeyStateBadge of long lists: the same to the eye, but one element; its shape is drawn by the style sheet. */
export function stateMark(state: KeyState) {
  return <span className={LOOKS.get(state)}>{KEY_STATE_WORDS[state].label}</span>
}
