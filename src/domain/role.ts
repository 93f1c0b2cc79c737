/** The roles that a policy can give to people, in addition to Area Managers, deputies and admins. */
export const ROLES = ['agent', 'risk', 'provider_advocate', 'leadership', 'resolution_specialist'] as const;
export type Role = (typeof ROLES)[number];
/** Every role that a policy can give: those of cases, and admin. */
export const CONFIG_ROLES = [...ROLES, 'admin'] as const;
export type ConfigRole = (typeof CONFIG_ROLES)[number];
