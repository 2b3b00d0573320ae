import 'server-only'
import { type Notice, noticeSchema } from '@/lib/domain/notifications/notice'

/** A stored notice; one that no longer reads as any kind is a bug, or the work of a newer console. */
export function readNotice(row: { kind: string; facts: unknown }): Notice | undefined {
  const parsed = noticeSchema.safeParse({ kind: row.kind, facts: row.facts })
  return parsed.success ? parsed.data : undefined
}
