import type { PolicyDifference, TokenChange, TokenDifference } from '@/lib/domain/releases/policy-difference'
import { Badge } from '../ui/badge'
import type { ShapeName } from '../ui/shape'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import type { Tone } from '../ui/tone'
import { ObstacleText } from './obstacle-text'
import { PolicyChangeLine } from './policy-change-line'

type Named = { name: string }

const CHANGES = {
  gains: { tone: 'attention', shape: 'triangle', word: 'gains' },
  loses: { tone: 'danger', shape: 'cross', word: 'loses' },
  'stays-allowed': { tone: 'neutral', shape: 'circle', word: 'stays let in' },
  'stays-denied': { tone: 'neutral', shape: 'ring', word: 'stays kept out' },
} as const satisfies Record<TokenChange, { tone: Tone; shape: ShapeName; word: string }>

type PolicyDifferenceViewProps = {
  difference: PolicyDifference<Named>
  /** Said where no token could be asked. */
  withoutTokens?: string
}

/** What one policy in place of another means: in its conditions, and for each token. */
export function PolicyDifferenceView({
  difference,
  withoutTokens = 'Add tokens to see who gains and who loses.',
}: PolicyDifferenceViewProps) {
  const { changes, tokens } = difference
  const count = (change: TokenChange) => tokens.filter((each) => each.change === change).length
  if (changes.length === 0)
    return (
      <p role="status" className="text-sm">
        The two are one policy: order and spelling apart, nothing differs.
      </p>
    )
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <p role="status" className="font-medium text-sm">
        {tokens.length === 0
          ? withoutTokens
          : `Of ${tokens.length} ${tokens.length === 1 ? 'token' : 'tokens'} ${count('gains')} ${count('gains') === 1 ? 'gains' : 'gain'} and ${count('loses')} ${count('loses') === 1 ? 'loses' : 'lose'}.`}
      </p>
      <ul aria-label="What differs" className="flex flex-col border-t">
        {changes.map((change) => (
          <PolicyChangeLine key={JSON.stringify(change)} change={change} />
        ))}
      </ul>
      {tokens.length > 0 ? (
        <Table
          label="What it means for the tokens"
          head={
            <>
              <Th>Token</Th>
              <Th>Change</Th>
              <Th>Because</Th>
            </>
          }
        >
          {tokens.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two tokens may have one name
            <TokenLine key={index} {...each} />
          ))}
        </Table>
      ) : null}
    </div>
  )
}

function TokenLine({ token, change, because }: TokenDifference<Named>) {
  const { tone, shape, word } = CHANGES[change]
  return (
    <Row>
      <RowHeader>{token.name}</RowHeader>
      <Td>
        <Badge tone={tone} shape={shape}>
          {word}
        </Badge>
      </Td>
      <Td wrap>
        {change === 'gains' && because.length > 0 ? 'Before: ' : ''}
        {because.map((obstacle, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two obstacles may read alike
          <span key={index} className="block">
            <ObstacleText obstacle={obstacle} />
          </span>
        ))}
      </Td>
    </Row>
  )
}
