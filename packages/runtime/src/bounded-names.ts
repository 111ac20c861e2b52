/** Gives the first `most` names a label of their own and all later ones the label `other`: whoever names himself must not make a
 *  thousand series. */
export function createBoundedNames(most: number): (name: string) => string {
  const known = new Set<string>()
  return (name) => {
    if (known.has(name)) return name
    if (known.size >= most) return 'other'
    known.add(name)
    return name
  }
}
