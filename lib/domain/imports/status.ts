export const IMPORT_STATUSES = [
  'uploading',
  'indeterminate',
  'awaiting_review',
  'enabling',
  'enabled',
  'rejecting',
  'rejected',
  'substituted',
  'failed',
] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

/** Every legal step; whatever is not here can't happen (the services update conditionally by this table). */
export const IMPORT_STEPS = {
  uploading: ['awaiting_review', 'failed', 'indeterminate', 'substituted'],
  indeterminate: ['awaiting_review', 'failed', 'substituted'],
  awaiting_review: ['enabling', 'rejecting', 'substituted', 'failed'],
  enabling: ['enabled', 'awaiting_review', 'substituted', 'failed'],
  enabled: [],
  rejecting: ['rejected', 'awaiting_review'],
  rejected: [],
  substituted: [],
  failed: [],
} as const satisfies Record<ImportStatus, readonly ImportStatus[]>

export function mayStep(from: ImportStatus, to: ImportStatus): boolean {
  return (IMPORT_STEPS[from] as readonly ImportStatus[]).includes(to)
}

/** Ended: a KEK may be retired once all of its imports are. */
export function isDecided(status: ImportStatus): boolean {
  return IMPORT_STEPS[status].length === 0
}
