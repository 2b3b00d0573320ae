'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import type { AlarmView } from '@/lib/domain/alarms/alarm'
import { Button } from '../ui/button'
import type { AcknowledgeAction } from './alarm-banners'

const AcknowledgeDialog = lazy(() => import('./acknowledge-dialog'))

type AcknowledgeButtonProps = { alarm: AlarmView; action: AcknowledgeAction; closed: string | undefined }

export function AcknowledgeButton({ alarm, action, closed }: AcknowledgeButtonProps) {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  return (
    <>
      <Button size="small" disabledReason={closed} onClick={() => setOpen(true)}>
        Acknowledge
      </Button>
      {open ? (
        <Suspense>
          <AcknowledgeDialog
            alarm={alarm}
            action={action}
            onClose={() => setOpen(false)}
            onDone={() => {
              setOpen(false)
              router.refresh()
            }}
          />
        </Suspense>
      ) : null}
    </>
  )
}
