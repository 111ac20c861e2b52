/** Tells whether something is new: not the same again within a moment. */
export function createOncePerMoment(momentMs) {
  const lastMs = new Map()
  return (what, nowMs) => {
    const isNew = nowMs - (lastMs.get(what) ?? Number.NEGATIVE_INFINITY) >= momentMs
    if (isNew) lastMs.set(what, nowMs)
    return isNew
  }
}
