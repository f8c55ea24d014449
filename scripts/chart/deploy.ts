// `npm run deploy:manifests`: writes deploy/ from the chart. Needs Helm.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { MANIFESTS, renderManifests } from './manifests.ts';

for (const name of Object.keys(MANIFESTS)) writeFileSync(resolve(import.meta.dirname, '../../deploy', name), await renderManifests(name));
