export const ROLES = ['administrator', 'custodian', 'approver', 'auditor', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** What each role is for, in the words of the people screen. */
export const ROLE_PURPOSE = {
  administrator: 'connects vaults and looks after people',
  custodian: 'makes KEKs and imports keys',
  approver: 'reviews imports and enables keys',
  auditor: 'reads and exports the audit log',
  viewer: 'reads the inventory',
} as const satisfies Record<Role, string>
