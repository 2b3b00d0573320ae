import 'server-only'
import { IMPORT_STATUSES, isDecided } from '@/lib/domain/imports/status'

/** Import states in which a blob under a KEK may still matter. */
export const UNDECIDED = IMPORT_STATUSES.filter((status) => !isDecided(status))
