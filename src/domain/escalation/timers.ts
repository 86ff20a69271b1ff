/** What falls due here; the command of the same name is what performing it does. */
export const escalationTimers = [] as const;
