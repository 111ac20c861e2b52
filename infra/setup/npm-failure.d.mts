export function npmFailure(logText: string): string
