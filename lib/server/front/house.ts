import 'server-only'

/** What the front must know of this console to tell who may come in. */
export interface House {
  /** The one public origin. */
  publicUrl: URL
  /** Whether a peer is a reverse proxy of ours, whose X-Forwarded-For is believed. */
  isTrustedProxy: (address: string) => boolean
}

export const isHttps = ({ publicUrl }: House): boolean => publicUrl.protocol === 'https:'
