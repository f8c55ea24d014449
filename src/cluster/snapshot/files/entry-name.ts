export type EntryName = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string };

/** The relative path of an archive's entry, or why it is refused. Backslashes separate too: Windows would follow them. */
export function entryName(name: string): EntryName {
  if (name.includes('\0')) return { ok: false, reason: 'has a name that no file can have' };
  const parts = name.split(/[\\/]/);
  if (name.startsWith('/') || name.startsWith('\\') || /^[A-Za-z]:[\\/]/.test(name)) {
    return { ok: false, reason: 'is an absolute path (path traversal)' };
  }
  if (parts.includes('..')) return { ok: false, reason: 'leads out of the archive (path traversal)' };
  return { ok: true, path: parts.filter((part) => part !== '' && part !== '.').join('/') };
}

/** True when a link at `path` to `target` would lead out of the archive. */
export function linkEscapes(path: string, target: string): boolean {
  if (target.startsWith('/') || target.startsWith('\\') || /^[A-Za-z]:/.test(target)) return true;
  let depth = path.split('/').length - 1;
  for (const part of target.split(/[\\/]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}
