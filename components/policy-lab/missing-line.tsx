import type { AskedClaim } from '@/lib/client/release-policy/asked-claims'
import { Row, RowHeader, Td } from '../ui/table'
import { Asked } from './claim-line'

/** What the policy asks for and the token does not have. */
export function MissingLine({ asked }: { asked: AskedClaim }) {
  return (
    <Row selected>
      <RowHeader>
        <code className="block min-w-56 break-all font-mono font-normal text-xs lg:min-w-[26rem]">{asked.claim}</code>
      </RowHeader>
      <Td>
        <span className="text-text-muted">{asked.outcome === 'not-scalar' ? 'an object' : 'nothing'}</span>
      </Td>
      <Td wrap>
        <Asked {...asked} />
      </Td>
      <Td />
    </Row>
  )
}
