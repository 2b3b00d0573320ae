'use client'

import { Fragment } from 'react'
import type { StepUpAsked, StepUpMethod } from '@/lib/domain/people/step-up'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { METHOD_FORMS } from './method-forms'
import type { StepUpActions } from './types'

type StepUpDialogProps = { asked: StepUpAsked; actions: StepUpActions; onEnd: (passed: boolean) => void }

/** Names the act, and asks for one proof of who is there. To leave it does nothing and loses nothing. */
export default function StepUpDialog({ asked, actions, onEnd }: StepUpDialogProps) {
  const cancel = () => onEnd(false)
  const known = asked.methods.filter((method) => METHOD_FORMS[method])
  return (
    <Dialog open onClose={cancel} title="Confirm that it is you">
      <Act words={asked.act} />
      <p className="text-text-muted">
        Your confirmation serves this act alone, with exactly these answers, for five minutes.
      </p>
      {known.map((method, index) => (
        <Fragment key={method}>
          {index > 0 ? <p className="border-t pt-4 text-text-muted">Or:</p> : null}
          <MethodForm method={method} stepUpId={asked.id} actions={actions} onEnd={onEnd} />
        </Fragment>
      ))}
      {known.length === 0 ? <NoMethod onCancel={cancel} /> : null}
    </Dialog>
  )
}

const LONG = 600

/** Of a batch it names every key and file: that scrolls by itself, so that its beginning and the proof are seen together. */
function Act({ words }: { words: string }) {
  const text = <p className="wrap-anywhere font-medium text-base">{words}.</p>
  if (words.length < LONG) return text
  return (
    <section
      aria-label="What you confirm"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-56 overflow-y-auto"
    >
      {text}
    </section>
  )
}

type MethodFormProps = {
  method: StepUpMethod
  stepUpId: string
  actions: StepUpActions
  onEnd: (passed: boolean) => void
}

function MethodForm({ method, stepUpId, actions, onEnd }: MethodFormProps) {
  const Form = METHOD_FORMS[method]
  if (!Form) return null
  return <Form stepUpId={stepUpId} actions={actions} onPassed={() => onEnd(true)} onCancel={() => onEnd(false)} />
}

function NoMethod({ onCancel }: { onCancel: () => void }) {
  return (
    <>
      <Banner tone="danger" title="This account has no way to confirm here. Ask an administrator." />
      <div className="flex justify-end">
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </>
  )
}
