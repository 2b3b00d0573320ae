export const CHANNELS = ['smtp', 'webhook'] as const
export type ChannelName = (typeof CHANNELS)[number]

export const CHANNEL_WORDS = { smtp: 'Mail', webhook: 'Webhook' } as const satisfies Record<ChannelName, string>

/** `not-needed`: what it told of was over before it could be sent. Never so of an alarm. */
export const DELIVERY_STATUSES = ['waiting', 'delivered', 'given-up', 'not-needed'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

export const DELIVERY_ERRORS = [
  'unreachable',
  'timeout',
  'tls',
  'not-authenticated',
  'refused',
  'failed-there',
  'redirect',
  'connection-lost',
  'nobody-to-tell',
  'recipients-deferred',
  'recipients-refused',
  'channel-not-set',
  'unexpected',
] as const
export type DeliveryError = (typeof DELIVERY_ERRORS)[number]

export const DELIVERY_ERROR_WORDS = {
  unreachable: 'The server could not be reached: look at the address, the port and the firewall.',
  timeout: 'The server did not answer in time.',
  tls: 'No trusted TLS connection came about: look at the certificate, or at whether the server offers STARTTLS.',
  'not-authenticated': 'The server did not accept the user and password.',
  refused: 'The server refused it.',
  'failed-there': 'The server answered with an error of its own.',
  redirect: 'The server answered with another address. Redirects are not followed: set the final address.',
  'connection-lost': 'The connection was lost half-way.',
  'nobody-to-tell': 'No enabled person with the roles for it has an e-mail address.',
  'recipients-deferred': 'The server put a recipient off for later.',
  'recipients-refused': 'Delivered, but not to everybody: the server refused a recipient.',
  'channel-not-set': 'The settings of this channel were taken away before it was sent.',
  unexpected: 'Something went wrong on our side; the log has the details.',
} as const satisfies Record<DeliveryError, string>

const MINUTE = 60_000
/** Milliseconds after each failed attempt: ten attempts within a day. */
const BACKOFF_MS = [0.5, 2, 5, 15, 45, 120, 240, 360, 600].map((minutes) => minutes * MINUTE)

/** When to try again after this many attempts failed; undefined: never. */
export function nextAttemptAt(attempts: number, failedAt: Date): Date | undefined {
  const wait = BACKOFF_MS[attempts - 1]
  return wait === undefined ? undefined : new Date(failedAt.getTime() + wait)
}
