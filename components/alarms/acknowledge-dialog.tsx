'use client'

import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import { ALARM_WORDS, type AlarmView } from '@/lib/domain/alarms/alarm'
import { ReasonField } from '../form/reason-field'
import { ConfirmDialog } from '../ui/confirm-dialog'
import type { AcknowledgeAction } from './alarm-banners'

type AcknowledgeDialogProps = { alarm: AlarmView; action: AcknowledgeAction; onClose: () => void; onDone: () => void }

/** Takes the alarm off every page, under the name of whoever says what was done. */
export default function AcknowledgeDialog({ alarm, action, onClose, onDone }: AcknowledgeDialogProps) {
  const { act, problem } = useAct(action)
  const [note, setNote] = useState('')

  async function confirm() {
    const answer = await act({ alarmId: alarm.id, note: note.trim() })
    if (answer?.ok) onDone()
  }

  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Acknowledge the alarm about ${alarm.keyName}`}
      consequence={
        <p className="text-sm">
          {ALARM_WORDS[alarm.kind]} The alarm leaves everybody’s pages; it stays in the audit log with your name and
          what you write here.
        </p>
      }
      confirmLabel="Acknowledge the alarm"
      danger={false}
      disabledReason={note.trim().length < 3 ? 'Say first what was done about it.' : undefined}
      error={problem ? problemWords(problem) : undefined}
      onConfirm={confirm}
    >
      <ReasonField
        id="alarm-note"
        most={500}
        label="What was done about it"
        error={problem?.fields?.note}
        value={note}
        onChange={setNote}
      />
    </ConfirmDialog>
  )
}
