import type { Action } from '@/lib/domain/actions/action-result'
import type { DutiesView } from '@/lib/domain/people/duties'
import { DateTime } from '../ui/date-time'
import { Section } from '../ui/section'
import { AcknowledgeDuties } from './acknowledge-duties'

type DutiesProps = { duties: DutiesView; acknowledge: Action<{ version: string }, unknown> }

/** The custodian's duties: to be read at any time, and acknowledged where that is due. */
export function Duties({ duties, acknowledge }: DutiesProps) {
  return (
    <Section
      id="duties"
      title={duties.title}
      lead={`Version ${duties.version}. Acknowledged once a year, before the first import.`}
    >
      <ol className="flex max-w-prose list-decimal flex-col gap-2 pl-5 text-sm">
        {duties.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ol>
      {duties.holds && duties.acknowledgedAt && duties.holdsUntil ? (
        <p className="max-w-prose text-sm">
          You acknowledged them <DateTime value={duties.acknowledgedAt} relative="inline" />. That holds until{' '}
          <DateTime value={duties.holdsUntil} relative="none" />.
        </p>
      ) : (
        <AcknowledgeDuties version={duties.version} acknowledge={acknowledge} />
      )}
    </Section>
  )
}
