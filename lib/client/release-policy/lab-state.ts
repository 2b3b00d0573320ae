import { isDebuggable } from './lab-claims'
import { claimsText, type LabTokenProblem, labTokenWords, readLabToken, splitPasted } from './lab-token'

/** A named token with what the policy is to say to it. `text` is what was pasted; it is read where it is used. */
export type LabToken = { id: number; name: string; text: string; expected: 'allow' | 'deny' }

/** All of it lives in this tab: nothing of it is sent or stored. */
export interface LabState {
  policy: string
  /** The policy it is compared with. */
  other: string
  /** What was pasted and waits to be added, or could not be read. */
  intake: string
  /** What is wrong with what was given, since something was last pasted. */
  refusals: readonly string[]
  tokens: readonly LabToken[]
  /** The token whose verdict is shown. */
  shown: number | null
  keys: string
  nextId: number
}

export const EMPTY_LAB: LabState = {
  policy: '',
  other: '',
  intake: '',
  refusals: [],
  tokens: [],
  shown: null,
  keys: '',
  nextId: 1,
}

export type LabEvent =
  | { type: 'typed'; field: 'policy' | 'other' | 'intake' | 'keys'; text: string }
  /** What stands in `intake` is to be taken in. */
  | { type: 'pasted' }
  | { type: 'file-given'; name: string; text: string }
  | { type: 'file-refused'; name: string; because: LabTokenProblem }
  /** A token's claims, to be changed by hand. */
  | { type: 'variant-made'; id: number }
  | { type: 'token-changed'; id: number; change: Partial<Omit<LabToken, 'id'>> }
  | { type: 'token-removed'; id: number }
  | { type: 'token-shown'; id: number }

/** More are refused: every change of the policy is tried on each. */
export const MOST_TOKENS = 50
export const NO_ROOM = `${MOST_TOKENS} tokens are all there is room for. Remove one first.`

export function labReducer(state: LabState, event: LabEvent): LabState {
  switch (event.type) {
    case 'typed':
      return { ...state, [event.field]: event.text }
    case 'pasted':
      return withPasted(state)
    case 'file-given': {
      const { state: next, refused } = withTokens(state, splitPasted(event.text), event.name)
      return { ...next, refusals: [...state.refusals, ...refused.map(({ words }) => `${event.name}: ${words}`)] }
    }
    case 'file-refused':
      return { ...state, refusals: [...state.refusals, `${event.name}: ${labTokenWords(event.because)}`] }
    case 'variant-made':
      return withVariant(state, event.id)
    case 'token-changed': {
      const { id, change } = event
      return { ...state, tokens: state.tokens.map((token) => (token.id === id ? { ...token, ...change } : token)) }
    }
    case 'token-removed': {
      const tokens = state.tokens.filter(({ id }) => id !== event.id)
      return { ...state, tokens, shown: state.shown === event.id ? (tokens[0]?.id ?? null) : state.shown }
    }
    case 'token-shown':
      return { ...state, shown: event.id }
  }
}

/** What can't be read stays where it was pasted. */
function withPasted(state: LabState): LabState {
  const pieces = splitPasted(state.intake)
  if (pieces.length === 0) return { ...state, refusals: [labTokenWords('empty')] }
  const { state: next, refused } = withTokens(state, pieces, 'Token')
  return {
    ...next,
    intake: refused.map(({ text }) => text).join('\n'),
    refusals: [...new Set(refused.map(({ words }) => words))],
  }
}

type Taken = { state: LabState; refused: { text: string; words: string }[] }

function withTokens(state: LabState, texts: readonly string[], name: string): Taken {
  const refused: Taken['refused'] = []
  let next = state
  for (const text of texts) {
    const read = readLabToken(text)
    if (!read.ok) refused.push({ text, words: labTokenWords(read.error) })
    else if (next.tokens.length >= MOST_TOKENS) refused.push({ text, words: NO_ROOM })
    else next = withToken(next, { name, text, expected: isDebuggable(read.value.claims) ? 'deny' : 'allow' })
  }
  return { state: next, refused }
}

/** By a name that no other token has; shown at once. */
function withToken(state: LabState, { name, ...token }: Omit<LabToken, 'id'>): LabState {
  const taken = new Set(state.tokens.map((each) => each.name))
  let [free, number] = [name === 'Token' ? 'Token 1' : name, 1]
  while (taken.has(free)) free = `${name} ${++number}`
  const id = state.nextId
  return { ...state, tokens: [...state.tokens, { ...token, id, name: free }], shown: id, nextId: id + 1 }
}

function withVariant(state: LabState, id: number): LabState {
  const of = state.tokens.find((token) => token.id === id)
  const read = of ? readLabToken(of.text) : null
  if (!of || !read?.ok) return state
  if (state.tokens.length >= MOST_TOKENS) return { ...state, refusals: [NO_ROOM] }
  return withToken(state, { name: `${of.name}, changed`, text: claimsText(read.value.claims), expected: 'deny' })
}
