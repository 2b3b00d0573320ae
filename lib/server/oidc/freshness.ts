import 'server-only'

/** How far the provider's clock may be from ours; `auth_time` is in whole seconds besides. */
export const CLOCK_TOLERANCE_MS = 10_000

/** Whether somebody signed in after they were asked to. A time ahead of ours would make an old sign-in look fresh. */
export function freshness(
  authTime: Date | null,
  { askedAt, now }: { askedAt: Date; now: Date },
): 'fresh' | 'auth-time-missing' | 'auth-time-stale' | 'clock-differs' {
  if (!authTime) return 'auth-time-missing'
  if (authTime.getTime() < askedAt.getTime() - CLOCK_TOLERANCE_MS) return 'auth-time-stale'
  return authTime.getTime() > now.getTime() + CLOCK_TOLERANCE_MS ? 'clock-differs' : 'fresh'
}
