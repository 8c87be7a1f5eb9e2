# Palimpsest with a PostgreSQL elsewhere (compose.yaml has one). Build: docker build -t palimpsest .
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:20-bookworm-slim
# The data folder holds secrets.key and the backups; the database is another container's.
ENV HOST=0.0.0.0 PORT=4747 PALIMPSEST_DATA_DIR=/data PALIMPSEST_NO_OPEN=1
WORKDIR /app
COPY --from=build --chown=node:node /app /app
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 4747
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4747/api/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "scripts/serve.ts"]
