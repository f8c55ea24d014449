resource "kind_cluster" "lab" {
  name            = "sre-orch-lab"
  node_image      = "kindest/node:${var.kubernetes}"
  kubeconfig_path = "${path.module}/lab.kubeconfig"
  wait_for_ready  = true

  kind_config {
    kind        = "Cluster"
    api_version = "kind.x-k8s.io/v1alpha4"

    node {
      role = "control-plane"
    }
    node {
      role = "worker"
    }
    node {
      role = "worker"
    }
  }
}

# What Docker built on this machine is not in any registry.
resource "terraform_data" "image" {
  triggers_replace = [kind_cluster.lab.id, var.image]

  provisioner "local-exec" {
    command = "kind load docker-image ${var.image} --name ${kind_cluster.lab.name}"
  }
}

provider "helm" {
  kubernetes = {
    host                   = kind_cluster.lab.endpoint
    client_certificate     = kind_cluster.lab.client_certificate
    client_key             = kind_cluster.lab.client_key
    cluster_ca_certificate = kind_cluster.lab.cluster_ca_certificate
  }
}

provider "kubectl" {
  host                   = kind_cluster.lab.endpoint
  client_certificate     = kind_cluster.lab.client_certificate
  client_key             = kind_cluster.lab.client_key
  cluster_ca_certificate = kind_cluster.lab.cluster_ca_certificate
  load_config_file       = false
}
