'use client'

import { useMemo, useReducer } from 'react'
import { EMPTY_LAB, type LabEvent, type LabState, labReducer } from '@/lib/client/release-policy/lab-state'
import { type LabReading, type LabTokenProblem, readLabToken } from '@/lib/client/release-policy/lab-token'
import type { Result } from '@/lib/domain/result'
import { useLeaveGuard } from '../form/use-leave-guard'
import type { ReadToken } from './read-token'

export type PolicyLabState = Omit<LabState, 'tokens'> & {
  tokens: readonly ReadToken[]
  inView: ReadToken | null
  send: (event: LabEvent) => void
}

/** The lab's state: in this tab alone, and gone with it, so that whoever leaves is asked. */
export function usePolicyLab(): PolicyLabState {
  const [state, send] = useReducer(labReducer, EMPTY_LAB)
  const tokens = useMemo(() => state.tokens.map((token) => ({ ...token, read: readOnce(token.text) })), [state.tokens])
  const isUsed = state.policy.trim() !== '' || tokens.length > 0 || state.intake.trim() !== ''
  useLeaveGuard(isUsed, 'The policy and the tokens are only in this tab. Leave them?')
  return { ...state, tokens, inView: tokens.find(({ id }) => id === state.shown) ?? null, send }
}

/** A token's text is read once, not at every key that is pressed in the policy. */
const readings = new Map<string, Result<LabReading, LabTokenProblem>>()

function readOnce(text: string): Result<LabReading, LabTokenProblem> {
  const known = readings.get(text)
  if (known) return known
  if (readings.size > 200) readings.clear()
  const read = readLabToken(text)
  readings.set(text, read)
  return read
}
