/** Variables that are heeded besides those of the settings, for whoever reads the documentation. */
export const OTHER_VARIABLES: Readonly<Record<string, string>> = {
  SRE_ORCH_CONFIG: 'the settings file (default: `$XDG_CONFIG_HOME/sre-orch/config.yaml`)',
  KUBECONFIG: 'kubeconfigs, joined as `PATH` is, where `--kubeconfig` is not given',
  XDG_CONFIG_HOME: 'folder of the settings file (default: `~/.config`)',
  XDG_DATA_HOME: 'folder of the stored investigations (default: `~/.local/share`)',
  HOME: 'where the two folders above and `.kube/config` are looked for',
  USERPROFILE: 'the same on Windows, for `.kube/config`',
  'HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY': 'the way to the API server, as kubectl takes it; in small letters, too',
  'KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT': 'set in a pod: the cluster it runs in is read where there is no kubeconfig',
  NO_COLOR: 'no colours (https://no-color.org)',
  COLORTERM: '`truecolor` or `24bit`: the terminal has all colours',
  TERM: '`dumb`: no colours, nothing is redrawn, no pager; with `256`: 256 colours',
  CI: 'set: nothing is redrawn, no pager, no browser',
  COLUMNS: 'width of lines where the answer goes to no terminal (default: 100)',
  'LC_ALL, LC_CTYPE, LANG': 'without UTF-8: only ASCII is written to a terminal',
};
