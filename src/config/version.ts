declare const SRE_ORCH_VERSION: string | undefined;

/** The version of package.json, put in by the build; `0.0.0-dev` when run from source. */
export const VERSION: string = typeof SRE_ORCH_VERSION === 'string' ? SRE_ORCH_VERSION : '0.0.0-dev';
