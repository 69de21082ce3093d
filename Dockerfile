# The handbook as an image: built with Node, served by nginx as an unprivileged user from read-only files.
# Bases are pinned by tag; a mirror can be named with --build-arg, an own address with SITE_URL.
ARG NODE_IMAGE=node:24-slim
ARG NGINX_IMAGE=nginxinc/nginx-unprivileged:1.29-alpine

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Behind a proxy that signs for itself: --secret id=ca,src=CERTIFICATES.pem
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=ca \
    if [ -s /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi \
 && npm ci --no-audit --no-fund
COPY . .
ARG SITE_URL=https://stapellauf.example
ARG BASE_PATH=/
RUN SITE_URL="${SITE_URL}" BASE_PATH="${BASE_PATH}" npm run build

FROM ${NGINX_IMAGE}
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY --from=build /app/dist /usr/share/nginx/html
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["wget", "-qO", "/dev/null", "http://127.0.0.1:8080/robots.txt"]
CMD ["nginx", "-g", "daemon off;"]
