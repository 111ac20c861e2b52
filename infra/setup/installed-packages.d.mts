export interface Machine {
  readonly os: string
  readonly cpu: string
  readonly libc: string | undefined
}

export function lockHash(lockText: string): string
export function hasWhatLockAsks(installedText: string, lockText: string, machine: Machine): boolean
export function packagesFor(lockText: string, machine: Machine): readonly string[]
