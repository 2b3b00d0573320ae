import type { Action } from '@/lib/domain/actions/action-result'
import { ALARM_WORDS, type AlarmView, isToldByLogs } from '@/lib/domain/alarms/alarm'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { TextLink } from '../ui/text-link'
import { AcknowledgeButton } from './acknowledge-button'

export type AcknowledgeAction = Action<{ alarmId: string; note: string }, unknown>

type AlarmBannersProps = {
  alarms: readonly AlarmView[]
  acknowledge: AcknowledgeAction
  closed: string | undefined
}

/** Open alarms, over every page until somebody says what was done about them. */
export function AlarmBanners({ alarms, acknowledge, closed }: AlarmBannersProps) {
  return (
    <div className="-mx-4 -mt-6 mb-6 flex flex-col lg:-mx-8 print:hidden">
      {alarms.map((alarm) => (
        <Banner
          key={alarm.id}
          tone="danger"
          alarm
          title={ALARM_WORDS[alarm.kind]}
          actions={<AcknowledgeButton alarm={alarm} action={acknowledge} closed={closed} />}
        >
          <AlarmFacts alarm={alarm} />
        </Banner>
      ))}
    </div>
  )
}

function AlarmFacts({ alarm }: { alarm: AlarmView }) {
  const version = alarm.keyVersion ? `, version ${alarm.keyVersion.slice(0, 8)}…` : ''
  const [href, label] = whereToLook(alarm)
  return (
    <>
      {alarm.keyName}
      {version} in {alarm.vaultName}, <DateTime value={alarm.raisedAt} relative="none" />:{' '}
      <TextLink href={href} className="text-inherit decoration-current hover:text-inherit">
        {label}
      </TextLink>
    </>
  )
}

function whereToLook({ kind, importId, importReference, keyName }: AlarmView): [href: string, label: string] {
  if (isToldByLogs(kind)) return [routes.releases(), 'what the vaults’ logs tell']
  if (importId) return [routes.import(importId), `import ${importReference ?? ''}`]
  return [routes.keys({ q: keyName }), 'find the key']
}
