import type { BuildOptions } from 'esbuild'

export const entries: readonly string[]
export const dataFolders: readonly { readonly from: string; readonly to: string }[]
export function esbuildOptions(root: string, outDir: string, name: string): BuildOptions & { metafile: true }
