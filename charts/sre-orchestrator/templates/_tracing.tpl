{{- /* Where traces of a pod go, and as what; nothing where no collector is named. */ -}}
{{- define "sre.tracingEnv" -}}
{{- with .Values.tracing }}
{{- if .endpoint }}
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .endpoint | quote }}}
{{- with .existingSecret }}
- name: OTEL_EXPORTER_OTLP_HEADERS
  valueFrom:
    secretKeyRef: {name: {{ . }}, key: {{ $.Values.tracing.key }}}
{{- end }}
- {name: OTEL_TRACES_SAMPLER, value: {{ .sampler }}}
{{- if ne (toString .samplerArg) "" }}
- {name: OTEL_TRACES_SAMPLER_ARG, value: {{ .samplerArg | quote }}}
{{- end }}
- name: POD_NAME
  valueFrom:
    fieldRef: {fieldPath: metadata.name}
- {name: OTEL_RESOURCE_ATTRIBUTES, value: "k8s.namespace.name={{ $.Release.Namespace }},k8s.pod.name=$(POD_NAME)"}
{{- end }}
{{- end }}
{{- end -}}

{{- /* The way there, for a NetworkPolicy. */ -}}
{{- define "sre.tracingEgress" -}}
{{- with .Values.tracing.endpoint }}
{{- $url := urlParse . }}
{{- $port := regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) | default (eq $url.scheme "https" | ternary "443" "80") }}
- ports: [{port: {{ $port }}}]
  {{- with $.Values.tracing.collector }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}
