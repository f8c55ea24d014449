import { logTool } from './cluster/log-tool.ts';
import { objectTools } from './cluster/object-tools.ts';
import { graphTools } from './graph-tools.ts';
import { metricTools } from './metric-tools.ts';
import { ruleTool } from './rule-tool.ts';
import { runbookTool } from './runbook-tool.ts';
import type { ToolSources } from './sources.ts';
import type { Tool } from './tool.ts';
import { topTool } from './top-tool.ts';

/** All tools that come with the engine. None of them writes. */
export function builtinTools(sources: ToolSources): Tool[] {
  return [
    ...objectTools(sources),
    logTool(sources),
    ...graphTools(sources),
    ruleTool(sources),
    topTool(sources),
    ...metricTools(sources),
    ...(sources.runbooks === undefined ? [] : [runbookTool(sources.runbooks)]),
  ];
}
