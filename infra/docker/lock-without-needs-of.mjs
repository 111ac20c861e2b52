/** A package-lock.json (version 3) without what only one of its workspaces needs. Pure. */
export function lockWithoutNeedsOf(lock, workspace) {
  const all = { ...lock.packages, [workspace]: withoutNeeds(lock.packages[workspace]) }
  const reached = new Set()
  const reach = (path) => {
    if (reached.has(path)) return
    reached.add(path)
    const entry = all[path]
    if (entry.link) reach(entry.resolved)
    for (const name of needsOf(entry)) {
      const found = placesOf(path, name).find((place) => place in all)
      if (found !== undefined) reach(found)
    }
  }
  for (const [path, entry] of Object.entries(all)) if (!path.includes('node_modules/') || entry.link) reach(path)
  return { ...lock, packages: Object.fromEntries(Object.entries(all).filter(([path]) => reached.has(path))) }
}

/** A manifest, or a lock's entry, that needs nothing of npm's. */
export function withoutNeeds({ dependencies, optionalDependencies: _, ...rest }) {
  const ours = Object.entries(dependencies ?? {}).filter(([name]) => name.startsWith('@bina/'))
  return { ...rest, dependencies: Object.fromEntries(ours) }
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
