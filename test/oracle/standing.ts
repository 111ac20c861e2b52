import { identityOf, inOrder, instantMs, maybeText, type OracleEvent, type Standing, text } from './event.ts'

const withdrawal = 'bina.event.withdrawn.v1'

interface Node {
  readonly event: OracleEvent
  readonly atMs: number
  readonly source: string
  readonly id: string
  readonly incoming: Edge[]
  fate: 'open' | 'stands' | 'superseded' | 'withdrawn'
}

interface Edge {
  readonly from: Node
  readonly kind: 'supersedes' | 'withdraws' | 'erases'
  cut: boolean
}

/** Undefined as long as it is not known whether the edge takes effect. */
function takesEffect(edge: Edge): boolean | undefined {
  if (edge.cut) return false
  if (edge.from.fate === 'open') return undefined
  if (edge.kind === 'supersedes') return edge.from.fate !== 'withdrawn'
  return edge.from.fate === 'stands'
}

function settle(node: Node): void {
  const replacing = node.incoming.filter((edge) => edge.kind !== 'erases')
  if (replacing.some((edge) => edge.kind === 'withdraws' && takesEffect(edge))) {
    node.fate = 'withdrawn'
    return
  }
  if (replacing.some((edge) => takesEffect(edge) === undefined)) return
  node.fate = replacing.some(takesEffect) ? 'superseded' : 'stands'
}

/** Walks from an unsettled event back through what replaces it until one comes again: that is a cycle. */
function breakOneCycle(open: readonly Node[]): void {
  const first = [...open].sort(inOrder)[0]
  const path: Node[] = []
  let node = first
  while (node !== undefined && !path.includes(node)) {
    path.push(node)
    const unsettled = node.incoming.filter((edge) => edge.kind !== 'erases' && takesEffect(edge) === undefined)
    node = unsettled.map((edge) => edge.from).sort(inOrder)[0]
  }
  if (node === undefined) throw new Error('an unsettled event that nothing unsettled replaces')
  const cycle = path.slice(path.indexOf(node))
  const last = [...cycle].sort(inOrder).at(-1)
  for (const edge of last?.incoming ?? []) {
    if (cycle.includes(edge.from)) edge.cut = true
  }
}

function linked(nodes: ReadonlyMap<string, Node>): Node[] {
  const touched = new Set<Node>()
  const link = (from: Node, targetId: string, kind: Edge['kind']) => {
    const target = nodes.get(identityOf(from.source, targetId))
    if (target === undefined) return
    target.incoming.push({ from, kind, cut: false })
    touched.add(target)
    touched.add(from)
  }
  for (const node of nodes.values()) {
    const predecessor = node.event.supersedes
    if (predecessor !== undefined && predecessor !== null && predecessor !== '') link(node, predecessor, 'supersedes')
    if (node.event.type === withdrawal) {
      const erasure = maybeText(node.event, 'reason') === 'erasure'
      link(node, text(node.event, 'withdrawnId'), erasure ? 'erases' : 'withdraws')
    }
  }
  return [...touched]
}

/** The events that count, in order: neither superseded nor withdrawn. */
export function standingOf(winners: readonly OracleEvent[]): Standing[] {
  const nodes = new Map<string, Node>()
  for (const event of winners) {
    const { source, id } = event
    nodes.set(identityOf(source, id), { event, source, id, atMs: instantMs(event.time), incoming: [], fate: 'open' })
  }
  let open = linked(nodes)
  while (open.length > 0) {
    for (const node of open) settle(node)
    const left = open.filter((node) => node.fate === 'open')
    if (left.length === open.length) breakOneCycle(left)
    open = left
  }
  return [...nodes.values()]
    .filter((node) => node.fate === 'open' || node.fate === 'stands')
    .map((node) => ({
      ...node.event,
      atMs: node.atMs,
      erased: node.incoming.some(
        (edge) => edge.kind === 'erases' && edge.from.fate !== 'withdrawn' && edge.from.fate !== 'superseded',
      ),
    }))
    .sort(inOrder)
}
