import type { MadeRelease } from '@/lib/domain/releases/history/evaluation-views'
import type { Tone } from '../ui/tone'

type Said = { tone: Tone; title: string; text: string }

/** How a release from here ended, in words. */
export function madeSentences(made: Pick<MadeRelease, 'status' | 'end' | 'agreement' | 'refusal'>): Said {
  const { status, end, agreement, refusal } = made
  if (status === 'pending')
    return { tone: 'information', title: 'The vault is being asked.', text: 'Reload this page in a moment.' }
  if (status === 'indeterminate') return UNKNOWN
  if (agreement === 'diverges') return diverging(made)
  if (agreement === null) return TOLD_BY_LOG[end ?? 'other']
  if (end === 'released') return released(made)
  if (end === 'denied') return denied(agreement)
  return {
    tone: 'attention',
    title: 'Nothing was released.',
    text: refusal ?? 'The vault’s log says that the call did not end well.',
  }
}

const BY_LOG =
  'The vault’s answer was lost; its own log tells how the call ended. What the policy says to it stands in the release history.'

/** Ends that no answer told. */
const TOLD_BY_LOG = {
  released: { tone: 'attention', title: 'The vault released the key.', text: BY_LOG },
  denied: { tone: 'attention', title: 'The vault refused.', text: BY_LOG },
  other: { tone: 'attention', title: 'Nothing was released.', text: BY_LOG },
} as const satisfies Record<NonNullable<MadeRelease['end']>, Said>

const UNKNOWN: Said = {
  tone: 'attention',
  title: 'It is not known whether the key was released.',
  text: 'The vault’s answer was lost, and nothing at the vault tells it afterwards. Drawbridge looks for this call in the vault’s own log; where none is read, it stays unknown. Treat the key as released to the environment of this token. It was not asked for again.',
}

function diverging({ end }: Pick<MadeRelease, 'end'>): Said {
  return end === 'released'
    ? {
        tone: 'danger',
        title: 'The vault released the key, and its policy says that it must not.',
        text: 'An alarm was raised. Treat the key as released to an environment that should not have it, disable it, and ask the vault’s provider. Where the token meets every condition, it did not hold at that time.',
      }
    : {
        tone: 'danger',
        title: 'The vault refused by its policy, and the policy says that it must release.',
        text: 'An alarm was raised. The policy was read before and after the call, and it lets this token in: ask the vault’s provider.',
      }
}

/** By its policy, as the vault says; whether that policy does say so is known of one that stayed the same, and of a token in time. */
function denied(agreement: MadeRelease['agreement']): Said {
  const [title, text] =
    agreement === 'agrees'
      ? ['The vault refused, as the policy says.', 'Nothing was released.']
      : agreement === 'policy-not-known'
        ? [
            'The vault refused.',
            `Nothing was released. ${NOT_READ_AGAIN} whether the refusal agrees with it is not known.`,
          ]
        : ['The vault refused.', 'Nothing was released: the token did not hold at that time. Ask for a new one.']
  return { tone: 'attention', title, text }
}

const NOT_READ_AGAIN = 'Its policy could not be read again after the call, or had changed:'

function released({ agreement }: Pick<MadeRelease, 'agreement'>): Said {
  return agreement === 'policy-not-known'
    ? {
        tone: 'attention',
        title: 'The vault released the key.',
        text: `${NOT_READ_AGAIN} whether the release agrees with it is not known.`,
      }
    : {
        tone: 'good',
        title: 'The vault released the key, as its policy says.',
        text: 'The policy works for this environment.',
      }
}
