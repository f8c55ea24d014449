# The program is one bundle without node_modules: what is built here is all that runs.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# No package of ours needs a script at its installation, but esbuild has one that only checks itself.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts scripts
COPY src src
COPY rules rules
COPY tsconfig.json knowledge_graph.yaml ./
RUN node scripts/build.ts && rm dist/*.map

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="sre-orchestrator" \
      org.opencontainers.image.description="Names the root cause of a Kubernetes incident, with the evidence for it. Reads only." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    HOME=/tmp \
    SRE_ORCH_DATA_DIR=/var/lib/sre-orch
WORKDIR /opt/sre-orch
COPY package.json LICENSE knowledge_graph.yaml ./
COPY bin bin
COPY rules rules
COPY prompts prompts
COPY --from=build /build/dist dist
RUN ln -s /opt/sre-orch/bin/sre-orch.js /usr/local/bin/sre-orch \
    && install -d -o 1000 -g 1000 -m 0700 /var/lib/sre-orch
USER 1000:1000
EXPOSE 8080 8443
# Node is told to end by SIGTERM itself: no shell stands between.
ENTRYPOINT ["node", "/opt/sre-orch/bin/sre-orch.js"]
CMD ["serve", "--listen", "0.0.0.0:8080"]
