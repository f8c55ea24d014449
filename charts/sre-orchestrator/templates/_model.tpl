{{- define "sre.modelEnv" -}}
{{- $plain := .Values.insecureHosts }}
{{- if .Values.ollama.enabled }}
{{- $plain = append $plain (printf "%s-ollama.%s.svc" (include "sre.fullname" .) .Release.Namespace) }}
{{- end }}
{{- with $plain }}
- {name: SRE_ORCH_INSECURE_HTTP, value: {{ join "," . | quote }}}
{{- end }}
{{- if .Values.ollama.enabled }}
- {name: LLM_BASE_URL, value: "http://{{ include "sre.fullname" . }}-ollama.{{ .Release.Namespace }}.svc:11434/v1"}
- {name: LLM_MODEL, value: {{ .Values.ollama.model | quote }}}
- {name: LLM_CONTEXT_TOKENS, value: {{ .Values.ollama.contextTokens | int | quote }}}
{{- else if .Values.llm.baseUrl }}
- {name: LLM_BASE_URL, value: {{ .Values.llm.baseUrl | quote }}}
- {name: LLM_MODEL, value: {{ .Values.llm.model | quote }}}
{{- with .Values.llm.embeddingModel }}
- {name: LLM_EMBEDDING_MODEL, value: {{ . | quote }}}
{{- end }}
{{- with .Values.llm.existingSecret }}
- name: LLM_API_KEY
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: {{ $.Values.llm.key }}}
{{- end }}
{{- end }}
{{- if .Values.offline }}
- {name: SRE_ORCH_OFFLINE, value: "true"}
{{- end }}
{{- end -}}
