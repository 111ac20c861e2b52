// Whether node_modules holds what the lock file asks for. Pure: texts in, verdict out.
import { createHash } from 'node:crypto'

export function lockHash(lockText) {
  return createHash('sha256').update(lockText).digest('hex')
}

/**
 * Compares npm's own record of what it installed with the lock file. An `npm install` by hand is taken as it is when it brought the
 * same; one that left out this machine's optional packages (the embedded ClickHouse) is not.
 */
export function hasWhatLockAsks(installedText, lockText, machine) {
  const installed = packagesOf(installedText)
  const asked = packagesOf(lockText)
  if (installed === undefined || asked === undefined) return false
  return Object.entries(asked).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true
    const found = installed[path]
    if (found === undefined) return mayBeAbsent(entry, machine)
    return ['version', 'resolved', 'integrity'].every((field) => found[field] === entry[field])
  })
}

/** Packages of the lock file that belong on a machine, as paths: a measure for the progress bar. */
export function packagesFor(lockText, machine) {
  return Object.entries(packagesOf(lockText) ?? {})
    .filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true && !mayBeAbsent(entry, machine))
    .map(([path]) => path)
}

/** Optional and for other machines, or optional for any: then it may hang on one that is for other machines. */
function mayBeAbsent({ optional, os, cpu, libc }, machine) {
  if (optional !== true) return false
  const forAny = os === undefined && cpu === undefined && libc === undefined
  return forAny || !(allows(os, machine.os) && allows(cpu, machine.cpu) && allows(libc, machine.libc))
}

function allows(list, value) {
  return list === undefined || list.includes(value)
}

function packagesOf(text) {
  try {
    return JSON.parse(text).packages
  } catch {
    return undefined
  }
}
