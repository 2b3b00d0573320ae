import 'server-only'
import type { ServiceError } from '../context'

const message = 'A key of this name exists. Choose another name: each KEK has one of its own.'

/** Whether the vault tells it, or the record of what was made a moment ago. */
export const KEK_NAME_TAKEN: ServiceError = { code: 'name-in-use', message, fields: { name: message } }
