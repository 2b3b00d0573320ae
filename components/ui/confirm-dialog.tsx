'use client'

import { type ReactNode, useState } from 'react'
import { Banner } from './banner'
import { Button } from './button'
import { Dialog } from './dialog'
import { Field } from './field'
import { TextInput } from './text-input'

type ConfirmDialogProps = {
  open: boolean
  onClose: () => void
  /** Names the act and its object: "Purge key payroll-signing". Never "Are you sure?". */
  title: string
  /** What will be true afterwards, and what can't be undone. */
  consequence: ReactNode
  confirmLabel: string
  /** High severity: this exact text must be typed first. */
  typeToConfirm?: string
  danger?: boolean
  /** Further fields, such as the reason. */
  children?: ReactNode
  error?: string | undefined
  /** Why it can't be confirmed yet, such as a missing reason. */
  disabledReason?: string | undefined
  onConfirm: () => unknown
}

/** Asks before an act that can't be taken back: the consequence in words and, for the gravest, the name typed exactly. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, consequence, confirmLabel, typeToConfirm, danger = true, children } = props
  const [typed, setTyped] = useState('')
  const matches = typeToConfirm === undefined || typed === typeToConfirm
  const reason = matches ? props.disabledReason : `Type ${typeToConfirm} exactly to go on.`

  function close() {
    setTyped('')
    onClose()
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant={danger ? 'danger' : 'primary'} disabledReason={reason} onClick={props.onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <div className="text-base">{consequence}</div>
      {children}
      {typeToConfirm === undefined ? null : (
        <Field
          id="type-to-confirm"
          label={
            <>
              To go on, type <code className="font-mono font-semibold">{typeToConfirm}</code>
            </>
          }
        >
          {(control) => (
            <TextInput {...control} mono value={typed} onChange={(event) => setTyped(event.target.value)} />
          )}
        </Field>
      )}
      <div role="alert">{props.error ? <Banner tone="danger" title={props.error} /> : null}</div>
    </Dialog>
  )
}
