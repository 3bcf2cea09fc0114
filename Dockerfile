# Serves a model or runs the labs; docs/image.md says how.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY scripts scripts
COPY tsconfig.base.json tsconfig.build.json ./
COPY src src
RUN npm run -s build
COPY datasets datasets
COPY docker docker
RUN node docker/train-model.ts models/iris.json
# Lab 5 runs Vitest, which is therefore no development dependency here. The link is how a lab finds this package.
RUN npm pkg set --json "dependencies.vitest=$(npm pkg get devDependencies.vitest)" \
  && npm pkg delete devDependencies.vitest \
  && npm prune --omit=dev --ignore-scripts \
  && ln -s .. node_modules/labmill

FROM ${NODE_IMAGE} AS runtime
# Labs 2 and 4 work with git.
RUN apt-get update \
  && apt-get install -y --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/models models
COPY package.json LICENSE ./
COPY datasets datasets
COPY docker docker
COPY lab1 labs/lab1
COPY lab2 labs/lab2
COPY lab3 labs/lab3
COPY lab4 labs/lab4
COPY lab5 labs/lab5

# The home is where a read-only container can write: npx and Vitest, in lab 5, keep things there.
ENV HOME=/tmp \
  NODE_ENV=production \
  LABMILL_HOST=0.0.0.0 \
  LABMILL_PORT=8080 \
  LABMILL_MODEL=/app/models/iris.json

ARG REVISION=unknown
LABEL org.opencontainers.image.title="labmill" \
  org.opencontainers.image.description="A model behind HTTP, and the Labmill labs" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.revision="${REVISION}"

# The user "node", by its number: then Kubernetes can tell that it is not root.
USER 1000
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.LABMILL_PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1))"]
ENTRYPOINT ["node", "/app/docker/entrypoint.ts"]
