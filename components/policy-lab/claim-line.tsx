import type { AskedClaim } from '@/lib/client/release-policy/asked-claims'
import type { ClaimRow } from '@/lib/client/release-policy/claim-rows'
import type { Scalar } from '@/lib/domain/releases/policy'
import { ScalarText } from '../release-policy/scalar-text'
import { VerdictMark } from '../release-policy/verdict-mark'
import { Button } from '../ui/button'
import { Row, RowHeader, Td } from '../ui/table'

type ClaimLineProps = { row: ClaimRow; asked: readonly AskedClaim[]; onMake: (claim: string, equals: Scalar) => void }

export function ClaimLine({ row: { path, value, other, askable }, asked, onMake }: ClaimLineProps) {
  const isMet = asked.some(({ met }) => met)
  return (
    <Row selected={asked.length > 0}>
      <RowHeader>
        <code className="block min-w-56 break-all font-mono font-normal text-xs lg:min-w-[26rem]">{path}</code>
      </RowHeader>
      <Td wrap>{value === null ? <span className="text-text-muted">{other}</span> : <ScalarText value={value} />}</Td>
      <Td wrap>
        <div className="flex flex-col gap-1">
          {asked.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be one and the same
            <Asked key={index} {...each} />
          ))}
        </div>
      </Td>
      <Td>
        {askable && value !== null && !isMet ? (
          <Button
            size="small"
            variant="quiet"
            aria-label={asked.length > 0 ? `Ask for this value of ${path}` : `Make a condition of ${path}`}
            onClick={() => onMake(path, value)}
          >
            {asked.length > 0 ? 'Ask for this value' : 'Make a condition'}
          </Button>
        ) : null}
      </Td>
    </Row>
  )
}

export function Asked({ wanted, operator, met, outcome }: AskedClaim) {
  return (
    <span className="flex flex-wrap gap-x-3">
      <span>
        {operator} {wanted === null ? null : <ScalarText value={wanted} />}
      </span>
      <VerdictMark verdict={{ of: 'claim', met, outcome, actual: null }} />
    </span>
  )
}
