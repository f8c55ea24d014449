# One key of an admin, made here: Alertmanager and sre-orch read it in namespaces of their own.
resource "random_id" "key" {
  byte_length = 6
}

resource "random_password" "key" {
  length  = 43
  special = false
}

locals {
  key = "sreo_${random_id.key.hex}_${random_password.key.result}"
  holders = {
    monitoring         = "sre-orch"
    "sre-orchestrator" = "sre-orch-key"
  }
}

resource "kubectl_manifest" "namespace" {
  for_each = local.holders
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "Namespace"
    metadata   = { name = each.key }
  })
  depends_on = [kind_cluster.lab]
}

resource "kubectl_manifest" "key" {
  for_each         = local.holders
  sensitive_fields = ["stringData"]
  yaml_body = yamlencode({
    apiVersion = "v1"
    kind       = "Secret"
    metadata   = { name = each.value, namespace = each.key }
    stringData = { key = local.key }
  })
  depends_on = [kubectl_manifest.namespace]
}
