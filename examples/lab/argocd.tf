resource "helm_release" "argocd" {
  name             = "argocd"
  namespace        = "argocd"
  create_namespace = true
  repository       = "https://argoproj.github.io/argo-helm"
  chart            = "argo-cd"
  version          = "8.3.5"
  timeout          = 600
}

resource "kubectl_manifest" "sre_orchestrator" {
  yaml_body = templatefile("${path.module}/application.yaml", {
    repository = var.repository
    revision   = var.revision
    image      = split(":", var.image)[0]
    tag        = split(":", var.image)[1]
  })
  depends_on = [helm_release.argocd, helm_release.monitoring, kubectl_manifest.key, terraform_data.image]
}
