resource "helm_release" "monitoring" {
  name             = "monitoring"
  namespace        = "monitoring"
  repository       = "https://prometheus-community.github.io/helm-charts"
  chart            = "kube-prometheus-stack"
  version          = "77.5.0"
  timeout          = 600

  values = [yamlencode({
    alertmanager = {
      config = yamldecode(file("${path.module}/../alertmanager/alertmanager.yaml"))
      alertmanagerSpec = {
        # Mounted under /etc/alertmanager/secrets/sre-orch, see key.tf.
        secrets = ["sre-orch"]
      }
    }
    # The rules of other projects' charts too, not only those of this release.
    prometheus = {
      prometheusSpec = {
        serviceMonitorSelectorNilUsesHelmValues = false
        ruleSelectorNilUsesHelmValues           = false
      }
    }
  })]
  depends_on = [kubectl_manifest.key]
}
