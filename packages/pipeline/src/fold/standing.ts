import { compareEvents, identityOf, type Placed } from './event-order.ts'

/**
 * What one event does to another of the same source: replaces it, takes it back, or (a withdrawal that is a correction)
 * both.
 */
export interface Revision extends Placed {
  /** The id of the event that this one replaces. */
  readonly supersedes?: string
  /** The id of the event that this one takes back. */
  readonly withdraws?: string
}

/** Whether one event acts on another: not known yet, yes, or no. */
type Effect = 'open' | 'holds' | 'void'

interface Edge {
  readonly from: Node
  readonly to: Node
  effect: Effect
}

interface Node {
  readonly revision: Revision
  withdrawal: Edge | undefined
  supersession: Edge | undefined
  readonly withdrawnBy: Edge[]
  readonly supersededBy: Edge[]
  /** The ring of supersessions that this event is part of; its last event is the one that stands. */
  ring: Ring | undefined
}

interface Ring {
  readonly members: readonly Node[]
  readonly last: Node
  /** The supersession of its last event by another of the ring. */
  readonly closing: Edge
}

/**
 * The identities that stand, of all these (reading 36). An event is withdrawn by a withdrawal that is itself neither
 * withdrawn nor superseded; it is superseded by an event that is not withdrawn, though that one may be superseded in
 * its turn. A withdrawn event is as if never sent, so a ring of supersessions is one only while none of its events is
 * withdrawn; its last event is then superseded by no other of the ring. Events that decide over each other in a ring in
 * which withdrawals take part are broken in the same way: what the others of the ring do to its last event is void.
 *
 * Linear in the number of events, but for rings with withdrawals in them.
 */
export function standing(revisions: readonly Revision[]): ReadonlySet<string> {
  const nodes = connect(revisions)
  markRings(nodes)
  settle(nodes)
  for (;;) {
    const ring = undecidedRing(nodes)
    if (ring === undefined) break
    const last = lastOf(ring)
    for (const edge of [...last.withdrawnBy, ...last.supersededBy]) if (edge.effect === 'open') edge.effect = 'void'
    settle([last])
  }
  const identities = nodes.filter((node) => withdrawn(node) === false && superseded(node) === false)
  return new Set(identities.map((node) => identityOf(node.revision)))
}

function connect(revisions: readonly Revision[]): readonly Node[] {
  const byIdentity = new Map<string, Node>()
  for (const revision of revisions) {
    const identity = identityOf(revision)
    if (byIdentity.has(identity)) continue
    byIdentity.set(identity, {
      revision,
      withdrawal: undefined,
      supersession: undefined,
      withdrawnBy: [],
      supersededBy: [],
      ring: undefined,
    })
  }
  const find = (node: Node, id: string | undefined): Node | undefined =>
    id === undefined ? undefined : byIdentity.get(identityOf({ source: node.revision.source, id }))
  const nodes = [...byIdentity.values()]
  for (const node of nodes) {
    const takenBack = find(node, node.revision.withdraws)
    if (takenBack !== undefined) {
      node.withdrawal = { from: node, to: takenBack, effect: 'open' }
      takenBack.withdrawnBy.push(node.withdrawal)
    }
    const replaced = find(node, node.revision.supersedes)
    if (replaced !== undefined) {
      node.supersession = { from: node, to: replaced, effect: 'open' }
      replaced.supersededBy.push(node.supersession)
    }
  }
  return nodes
}

/** Each event supersedes at most one other, so a walk along supersessions meets at most one ring. */
function markRings(nodes: readonly Node[]): void {
  const walkOf = new Map<Node, Node>()
  for (const start of nodes) {
    const path: Node[] = []
    let node: Node | undefined = start
    while (node !== undefined && !walkOf.has(node)) {
      walkOf.set(node, start)
      path.push(node)
      node = node.supersession?.to
    }
    if (node === undefined || walkOf.get(node) !== start) continue
    const members = path.slice(path.indexOf(node))
    const last = lastOf(members)
    const closing = members.map((member) => member.supersession).find((edge) => edge?.to === last)
    if (closing === undefined) throw new Error('a ring of supersessions has no edge to its last event')
    const ring = { members, last, closing }
    for (const member of members) member.ring = ring
  }
}

/** Carries what is known as far as it goes, from the given events to all that hang on them. */
function settle(nodes: readonly Node[]): void {
  const waiting = [...nodes]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    let changed = false
    for (const edge of [node.withdrawal, node.supersession, node.ring?.closing]) {
      if (edge?.effect !== 'open') continue
      edge.effect = edge === edge.from.withdrawal ? withdrawalEffect(edge) : supersessionEffect(edge)
      changed ||= edge.effect !== 'open'
    }
    if (changed) waiting.push(...affectedBy(node))
  }
}

function affectedBy(node: Node): readonly Node[] {
  return [node.withdrawal?.to, node.supersession?.to, node.ring?.last].filter((other) => other !== undefined)
}

function withdrawalEffect(edge: Edge): Effect {
  const gone = [withdrawn(edge.from), superseded(edge.from)]
  if (gone.includes(true)) return 'void'
  return gone.includes(undefined) ? 'open' : 'holds'
}

function supersessionEffect(edge: Edge): Effect {
  const gone = withdrawn(edge.from)
  if (gone !== false) return gone ? 'void' : 'open'
  const ring = edge.from.ring
  if (ring === undefined || edge !== ring.closing) return 'holds'
  const members = ring.members.map(withdrawn)
  if (members.includes(true)) return 'holds'
  return members.includes(undefined) ? 'open' : 'void'
}

function withdrawn(node: Node): boolean | undefined {
  return known(node.withdrawnBy)
}

function superseded(node: Node): boolean | undefined {
  return known(node.supersededBy)
}

function known(edges: readonly Edge[]): boolean | undefined {
  let open = false
  for (const { effect } of edges) {
    if (effect === 'holds') return true
    if (effect === 'open') open = true
  }
  return open ? undefined : false
}

/**
 * Events that decide over each other while nothing outside decides over them; undefined when all is known. The last
 * root that is needed to reach every undecided event forwards lies in such a ring, and all that reaches that root is
 * the ring.
 */
function undecidedRing(nodes: readonly Node[]): readonly Node[] | undefined {
  const undecided = nodes.filter((node) => withdrawn(node) === undefined || superseded(node) === undefined)
  const seen = new Set<Node>()
  let root: Node | undefined
  for (const node of undecided) {
    if (seen.has(node)) continue
    root = node
    reach(node, openTargets, seen)
  }
  return root === undefined ? undefined : [...reach(root, openSources, new Set())]
}

function reach(start: Node, next: (node: Node) => readonly Node[], seen: Set<Node>): ReadonlySet<Node> {
  const waiting = [start]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    waiting.push(...next(node))
  }
  return seen
}

function openTargets(node: Node): readonly Node[] {
  const targets = [node.withdrawal, node.supersession].filter((edge) => edge?.effect === 'open').map((edge) => edge?.to)
  const ringed = withdrawn(node) === undefined && node.ring?.closing.effect === 'open' ? node.ring.last : undefined
  return [...targets, ringed].filter((target) => target !== undefined)
}

function openSources(node: Node): readonly Node[] {
  const edges = [...node.withdrawnBy, ...node.supersededBy].filter((edge) => edge.effect === 'open')
  const ringed =
    node.ring?.last === node && node.ring.closing.effect === 'open'
      ? node.ring.members.filter((member) => withdrawn(member) === undefined)
      : []
  return [...edges.map((edge) => edge.from), ...ringed]
}

function lastOf(nodes: readonly Node[]): Node {
  return nodes.reduce((last, node) => (compareEvents(node.revision, last.revision) > 0 ? node : last))
}
