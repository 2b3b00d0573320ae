import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import type { ChannelName } from '@/lib/domain/notifications/delivery'
import type { Role } from '@/lib/domain/people/roles'
import type { StepUpAsked } from '@/lib/domain/people/step-up'
import type { VaultProvider } from '@/lib/providers/port'
import type { PrismaClient } from './db/generated/client'
import type { JobQueue } from './jobs/queue'
import type { Standing } from './status/read-standing'

/** What every service is given. A service never sees a request and never reads the environment. */
export interface Context {
  db: PrismaClient
  /** The provider of a connection; throws for an id that is no live connection (a bug: check first). */
  provider: (connection: ConnectionRow) => VaultProvider
  jobs: JobQueue
  /** Ways out that are set: what is raised is handed to each of them. */
  channels: readonly ChannelName[]
  clock: () => Date
  /** Random UUIDs. */
  newId: () => string
  /** The call that runs, where an action's door runs it: each intent keeps it (`callKeyOf`). */
  callKey?: string
  /** What every frame shows, where the door of a page or of a reading route read it with the session. Never in an action. */
  standing?: Standing
}

export interface ConnectionRow {
  id: string
  name: string
  kind: 'azure_key_vault' | 'azure_managed_hsm'
  url: string
  environment: 'local' | 'test' | 'production'
  credential: unknown
}

/** Somebody whose session row was checked for this very request. */
export interface Actor {
  personId: string
  issuer: string
  subject: string
  name: string
  email: string
  roles: readonly Role[]
  sessionId: string
}

/** An expected failure of a service; `lib/server/action.ts` turns it into words. */
export interface ServiceError {
  code: ProblemCode
  /** Replaces the code's own sentence where the service knows more; never a vault's text verbatim. */
  message?: string
  fields?: Record<string, string>
  /** With `step-up-required`: what is to be proved, and by what. */
  stepUp?: StepUpAsked
  /** With `rate-limited`: when the call may come again. */
  retryAfterMs?: number
}
