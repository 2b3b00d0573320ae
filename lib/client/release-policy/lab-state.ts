/** A named token with what the policy is to say to it. `text` is what was pasted; it is read where it is used. */
export type LabToken = { id: number; name: string; text: string; expected: 'allow' | 'deny' }

/** All of it lives in this tab: nothing of it is sent or stored. `intake` is what waits to be added. */
export interface LabState {
  policy: string
  /** The policy it is compared with. */
  other: string
  intake: string
  tokens: readonly LabToken[]
  /** The token whose verdict is shown. */
  shown: number | null
  keys: string
  nextId: number
}

export const EMPTY_LAB: LabState = { policy: '', other: '', intake: '', tokens: [], shown: null, keys: '', nextId: 1 }

export type LabEvent =
  | { type: 'typed'; field: 'policy' | 'other' | 'intake' | 'keys'; text: string }
  /** `rest` is what could not be read, and stays where it was pasted; null leaves that as it is. */
  | { type: 'added'; tokens: readonly Omit<LabToken, 'id'>[]; rest: string | null }
  | { type: 'token-changed'; id: number; change: Partial<Omit<LabToken, 'id'>> }
  | { type: 'token-removed'; id: number }
  | { type: 'token-shown'; id: number }

/** More are refused: every change of the policy is tried on each. */
export const MOST_TOKENS = 50

export function labReducer(state: LabState, event: LabEvent): LabState {
  switch (event.type) {
    case 'typed':
      return { ...state, [event.field]: event.text }
    case 'added':
      return added(state, event.tokens, event.rest)
    case 'token-changed':
      return {
        ...state,
        tokens: state.tokens.map((token) => (token.id === event.id ? { ...token, ...event.change } : token)),
      }
    case 'token-removed': {
      const tokens = state.tokens.filter(({ id }) => id !== event.id)
      return { ...state, tokens, shown: state.shown === event.id ? (tokens[0]?.id ?? null) : state.shown }
    }
    case 'token-shown':
      return { ...state, shown: event.id }
  }
}

function added(state: LabState, given: readonly Omit<LabToken, 'id'>[], rest: string | null): LabState {
  const tokens = given
    .slice(0, MOST_TOKENS - state.tokens.length)
    .map((token, index) => ({ ...token, id: state.nextId + index }))
  return {
    ...state,
    tokens: [...state.tokens, ...tokens],
    shown: tokens[0]?.id ?? state.shown,
    intake: rest ?? state.intake,
    nextId: state.nextId + tokens.length,
  }
}
