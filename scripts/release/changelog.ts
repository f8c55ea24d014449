/** What stands under one heading of CHANGELOG.md, and what it means for the version. */
export interface ChangelogSection {
  readonly version: string;
  readonly lines: readonly string[];
}

const HEADING = /^## (?<version>\S+)/;

/** The sections of CHANGELOG.md, newest first; what nobody released yet is called "Unreleased". */
export function sectionsOf(changelog: string): ChangelogSection[] {
  const sections: { version: string; lines: string[] }[] = [];
  for (const line of changelog.split('\n')) {
    const version = HEADING.exec(line)?.groups?.['version'];
    if (version !== undefined) sections.push({ version, lines: [] });
    else if (line.trim() !== '') sections.at(-1)?.lines.push(line);
  }
  return sections;
}

/**
 * The version after `current` by https://semver.org: what breaks someone raises the first number, a feature the second, all else the
 * third. Before 1.0.0 what breaks raises the second. Throws where nothing was written down, or a line has no mark.
 */
export function nextVersion(current: string, unreleased: readonly string[]): string {
  const marks = unreleased
    .filter((line) => line.startsWith('* '))
    .map((line) => /^\* \[(?<mark>CHANGE|FEATURE|ENHANCEMENT|BUGFIX)\] /.exec(line)?.groups?.['mark'] ?? line);
  const unmarked = marks.filter((mark) => mark.startsWith('* '));
  if (unmarked.length > 0) throw new Error(`without a mark in CHANGELOG.md:\n${unmarked.join('\n')}`);
  if (marks.length === 0) throw new Error('CHANGELOG.md has nothing under "Unreleased": there is nothing to release');
  const [major = 0, minor = 0, patch = 0] = current.split('.').map(Number);
  const breaks = marks.includes('CHANGE');
  if (breaks && major > 0) return `${major + 1}.0.0`;
  return breaks || marks.includes('FEATURE') ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** CHANGELOG.md with what was unreleased under `version`, and an empty "Unreleased" above it. */
export function released(changelog: string, version: string, day: string): string {
  return changelog.replace(/^## Unreleased$/m, `## Unreleased\n\n## ${version} / ${day}`);
}
