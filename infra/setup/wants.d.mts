import type { MachineWants } from '../../packages/local-stack/plain/check-machine.d.mts'

export function machineWants(
  place: {
    readonly root: string
    readonly dataDir: string
    readonly env: Readonly<Record<string, string | undefined>>
  },
  exists?: (path: string) => boolean,
): MachineWants
