import type { StepUpAsked } from '@/lib/domain/people/step-up'

type Waiting = { asked: StepUpAsked; answer: (passed: boolean) => void }

let waiting: Waiting | null = null
const listeners = new Set<() => void>()

function become(next: Waiting | null) {
  waiting = next
  for (const tell of listeners) tell()
}

/**
 * Where any act of any form asks for its proof, and the page's one dialog answers. False: the officer left it, or no
 * dialog is there, or it is busy with another act; then nothing was proved.
 */
export function confirmIdentity(asked: StepUpAsked): Promise<boolean> {
  if (listeners.size === 0 || waiting) return Promise.resolve(false)
  return new Promise((answer) => become({ asked, answer }))
}

/** For the dialog: what is asked for now, and how it hears of the next. */
export const stepUpDesk = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) stepUpDesk.answer(false) // nobody is left who could
    }
  },
  asked: (): StepUpAsked | null => waiting?.asked ?? null,
  answer(passed: boolean): void {
    const { answer } = waiting ?? {}
    if (!answer) return
    become(null)
    answer(passed)
  },
}
