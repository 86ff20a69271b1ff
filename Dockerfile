FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /app

# Before the sources, so that a change of them installs nothing anew.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

COPY bin bin
COPY src src
COPY drizzle drizzle
COPY templates templates
COPY runbooks runbooks
COPY scenarios scenarios
COPY manifest.yml LICENSE ./

# The data outlive the container; a sitrep.yml goes beside them and is named by SITREP_CONFIG=/data/sitrep.yml.
RUN mkdir /data && chown node:node /data
VOLUME /data
ENV DATABASE_URL=file:/data/sitrep.db

USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Not through npm, which would stand between the bot and SIGTERM.
CMD ["node", "bin/sitrep.js", "start"]
