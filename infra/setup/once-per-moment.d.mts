export function createOncePerMoment(momentMs: number): (what: string, nowMs: number) => boolean
