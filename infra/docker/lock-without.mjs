/** A package-lock.json (version 3) without some of its workspaces, and without what only they needed. Pure. */
export function lockWithout(lock, workspaces) {
  const names = new Set(workspaces.map((path) => lock.packages[path]?.name).filter((name) => name !== undefined))
  const kept = Object.fromEntries(
    Object.entries(lock.packages)
      .filter(([path, entry]) => !workspaces.includes(path) && !workspaces.includes(entry.resolved))
      .map(([path, entry]) => [path, withoutDependencies(entry, names)]),
  )
  const reached = new Set()
  const reach = (path) => {
    if (reached.has(path)) return
    reached.add(path)
    const entry = kept[path]
    if (entry.link) reach(entry.resolved)
    for (const name of needsOf(entry)) {
      const found = placesOf(path, name).find((place) => place in kept)
      if (found !== undefined) reach(found)
    }
  }
  for (const path of ['', ...Object.keys(kept).filter((name) => !name.includes('node_modules/') && name !== '')]) reach(path)
  for (const [path, entry] of Object.entries(kept)) if (entry.link) reach(path)
  return { ...lock, packages: Object.fromEntries(Object.entries(kept).filter(([path]) => reached.has(path))) }
}

function withoutDependencies(entry, names) {
  if (entry.dependencies === undefined) return entry
  return { ...entry, dependencies: Object.fromEntries(Object.entries(entry.dependencies).filter(([name]) => !names.has(name))) }
}

function needsOf({ dependencies, devDependencies, optionalDependencies, peerDependencies }) {
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies })
}

/** Where Node looks for a package, from the inside out. */
function placesOf(path, name) {
  const places = []
  for (let at = path; ; ) {
    places.push(at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`)
    if (at === '') return places
    const inner = at.lastIndexOf('/node_modules/')
    at = inner >= 0 ? at.slice(0, inner) : ''
  }
}
