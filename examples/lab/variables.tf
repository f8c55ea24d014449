variable "kubernetes" {
  description = "Version of Kubernetes, as kind names its images."
  type        = string
  default     = "v1.34.0"
}

variable "image" {
  description = "Image of sre-orch that Docker has; it is loaded into the cluster."
  type        = string
}

variable "repository" {
  description = "Git repository that holds charts/sre-orchestrator, as Argo CD reaches it."
  type        = string
}

variable "revision" {
  description = "Branch, tag or commit of the repository."
  type        = string
  default     = "main"
}
