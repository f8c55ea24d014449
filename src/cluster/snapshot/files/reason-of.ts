const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder',
  ENOTDIR: 'it is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EDQUOT: 'the disk quota is used up',
  Z_BUF_ERROR: 'it ends in the middle',
  Z_DATA_ERROR: 'its compressed data is damaged',
};

/** Why a file operation failed, in words, without paths or stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.message.startsWith('Invalid tar header')) return 'it is no tar archive, or a damaged one';
  return REASONS[code] ?? error.message.split('\n', 1)[0] ?? error.message;
}
