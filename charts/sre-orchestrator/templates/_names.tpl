{{- define "sre.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "sre.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "sre.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "sre.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "sre.agentName" -}}{{ include "sre.fullname" . }}-agent{{- end -}}

{{- /* The name of what is not bound to a namespace: two releases of one name in two namespaces must not meet. */ -}}
{{- define "sre.clusterWideName" -}}{{ .Release.Namespace }}-{{ include "sre.agentName" . }}{{- end -}}

{{- define "sre.selector" -}}
app.kubernetes.io/name: {{ include "sre.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "sre.labels" -}}
{{ include "sre.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "sre.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "sre.keySecret" -}}{{ .Values.auth.existingSecret | default (printf "%s-key" (include "sre.fullname" .)) }}{{- end -}}
{{- define "sre.agentKeySecret" -}}{{ .Values.agent.existingSecret | default (printf "%s-key" (include "sre.agentName" .)) }}{{- end -}}
{{- define "sre.usesPostgres" -}}{{ if .Values.store.postgres.existingSecret }}true{{ end }}{{- end -}}
{{- define "sre.scheme" -}}{{ if .Values.tls.secretName }}https{{ else }}http{{ end }}{{- end -}}
{{- define "sre.manyReplicas" -}}{{ if and .Values.orchestrator.enabled (or .Values.orchestrator.autoscaling.enabled (gt (int .Values.orchestrator.replicas) 1)) }}true{{ end }}{{- end -}}
