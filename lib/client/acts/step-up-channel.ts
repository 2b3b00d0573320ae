/** What a window that went to the identity provider tells the page that asked: by channel, because the policy COOP severs `opener`. */
export interface StepUpOutcome {
  stepUpId: string
  /** null: confirmed. Else why not. */
  refusal: string | null
}

const NAME = 'drawbridge.step-up'

/** The page may believe it or not: what counts is the console's own row. */
export function tellOutcome(outcome: StepUpOutcome): void {
  const channel = new BroadcastChannel(NAME)
  channel.postMessage(outcome)
  channel.close()
}

/** Answers how to stop listening. */
export function hearOutcome(stepUpId: string, hear: (outcome: StepUpOutcome) => void): () => void {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isOutcome(data) && data.stepUpId === stepUpId) hear(data)
  }
  return () => channel.close()
}

function isOutcome(data: unknown): data is StepUpOutcome {
  if (typeof data !== 'object' || data === null || !('stepUpId' in data) || !('refusal' in data)) return false
  return typeof data.stepUpId === 'string' && (data.refusal === null || typeof data.refusal === 'string')
}
